import { join, relative, sep } from 'node:path';
import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { isMap } from '@tollgate/sigma/values/map';
import { schemaDiagnostics } from '../../foundation/content/schema';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { loadYaml } from '../../foundation/content/load-yaml';
import { type YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { loadAttackMapping } from '../../evidence/coverage/attack';
import { loadStacks } from '../../evidence/coverage/stacks';
import { planDiagnostics } from '../../evidence/measure/plan';
import { loadRules } from '../../detection/rules/load';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import { readRateCard } from '../../simulate/load';
import { loadShapes } from '../../telemetry/shape-load';
import { type Content } from './content';
import { fieldsCheck } from './fields';
import type { ContentKind } from './kinds';
import type { Layout } from './layout';
import type { Loaded } from './load';

/** Everything that is wrong with the files of a layout that are no part of its content: each is read as what it holds. */
export function otherDiagnostics(layout: Layout, loaded: Loaded): Diagnostic[] {
  return layout.others.flatMap(({ file, kind }) => {
    // The card of the datasets is read with them.
    if (kind === 'rate-card' && file === rateCardIn(layout)) return [];
    return kind === null ? [misplaced(file)] : ofKind(kind, file, loaded, layout);
  });
}

function rateCardIn({ datasets }: Layout): string {
  return join(datasets, 'rate-card.yml');
}

function misplaced(file: string): Diagnostic {
  return {
    file,
    line: 1,
    column: 1,
    severity: 'error',
    code: 'misplaced-file',
    message: 'nothing reads a file at this place, so nothing can be said of it',
    hint: 'datasets has worlds, benign, malicious, cases, baselines, rate-card.yml and mutants.yml; contracts are in schemas/telemetry, shapes in schemas/shapes',
  };
}

function ofKind(kind: ContentKind, file: string, { content, independent }: Loaded, { root }: Layout): Diagnostic[] {
  if (kind === 'baseline') return baselineDiagnostics(file, content);
  if (kind === 'shape') return loadShapes(file, content.contracts).diagnostics;
  if (kind === 'rate-card') {
    const found: Diagnostic[] = [];
    readRateCard(file, found);
    return found;
  }
  if (kind === 'stacks') return loadStacks(file, [...content.contracts.keys()], independent.worlds).diagnostics;
  if (kind === 'attack') {
    // It names the files of rules and queries from the root on.
    const named = (document: YamlDocument) => ({
      ...document,
      file: relative(root, document.file).split(sep).join('/'),
    });
    return loadAttackMapping(file, [...content.rules, ...content.queries].map(named)).diagnostics;
  }
  const { documents, diagnostics } = loadYaml(file);
  const check = (document: YamlDocument): Diagnostic[] =>
    kind === 'plan'
      ? planDiagnostics(
          document,
          independent.worlds.map(({ name }) => name),
        )
      : mutantsDiagnostics(document, content);
  return [...diagnostics, ...documents.flatMap(check)];
}

/** A baseline is Sigma that reads documented fields; it has none of what else a rule needs here. */
function baselineDiagnostics(file: string, content: Content): Diagnostic[] {
  const { documents } = loadYaml(file);
  const { rules, diagnostics } = loadRules([file]);
  const fields = fieldsCheck.run({ ...content, rules: documents, sigma: rules });
  return [...diagnostics, ...fields];
}

/** Whether each reason is about a rule or query; `tollgate mutate` says whether it is still needed. */
function mutantsDiagnostics(document: YamlDocument, content: Content): Diagnostic[] {
  const structure = schemaDiagnostics('mutants', document);
  if (structure.length > 0) return structure;
  const reporter = new Reporter(document);
  const ids = [...content.rules, ...content.queries].map(({ value }) => (isMap(value) ? String(value['id']) : ''));
  const { survivors } = document.value as { survivors: { rule: string }[] };
  for (const [index, { rule }] of survivors.entries())
    if (!ids.includes(rule))
      reporter.error(
        'unknown-rule',
        ['survivors', index, 'rule'],
        `there is no rule or query with the id ${rule}`,
        didYouMean(rule, ids),
      );
  return reporter.diagnostics;
}
