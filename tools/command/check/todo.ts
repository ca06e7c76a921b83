import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { positionAt } from '@tollgate/sigma/yaml/position';
import { findYaml, yamlAt } from '../../foundation/content/find';
import { readSource } from '../../foundation/content/source';
import type { Layout } from './layout';

/**
 * What is left to write, where `tollgate new` or an author put the word TODO: a warning, and an error in a file with a rule or query
 * that claims to be more than experimental.
 */
export function todoDiagnostics(layout: Layout): Diagnostic[] {
  return [...filesOf(layout)].flatMap((file) => {
    const text = readSource(file).text ?? '';
    const severity = /^status: (?:test|stable)\b/m.test(text) ? 'error' : 'warning';
    const found = [...text.matchAll(/\bTODO\b[^"\r\n]*/g)];
    return found.map(({ 0: rest, index }) => ({
      file,
      ...positionAt(text, index),
      severity,
      code: 'todo',
      message: `left to write: ${rest.replace(/^TODO\W*/, '') || 'it does not say what'}`,
      hint: 'write it, and delete the word TODO',
    }));
  });
}

function filesOf({ selected, rules, queries, filters, cases, worlds, scenarios, telemetry, datasets }: Layout) {
  const all = [rules, queries, filters, cases, worlds, scenarios, findYaml([telemetry].flat()), yamlAt(datasets)];
  return selected ?? new Set(all.flat());
}
