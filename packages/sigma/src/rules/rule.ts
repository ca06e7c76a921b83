import { isMap } from '../values/map';
import type { YamlDocument } from '../yaml/yaml';
import { readAttributes, readLogsource } from './attributes';
import { parseCondition } from './condition';
import { lowerSelection } from './detection';
import { allOf, planOf } from './expr';
import { MAX_CONDITIONS, MAX_SELECTIONS, MAX_TESTS } from './limits';
import type { DetectionRule } from './model';
import type { Expr, Plan } from './plan';
import { type Path, type Reporter } from './reporter';
import type { Placeholders } from './transform';

/** Reads a detection rule. Returns `null` after an error. */
export function readRule(document: YamlDocument, placeholders: Placeholders, reporter: Reporter): DetectionRule | null {
  const map = document.value as Record<string, unknown>;
  const base = readAttributes(document, reporter);
  const logsource = readLogsource(map, reporter);
  const plan = readDetection(map['detection'], ['detection'], [], placeholders, reporter);
  if (reporter.failed || plan === null) return null;
  return Object.assign(base, { kind: 'detection', logsource, plan } as const);
}

/**
 * Reads a section of selections with a `condition` (a rule's detection, a filter, a query's detection) as one plan; the keys
 * in `others` are no selections. Returns `null` after an error, and reports all errors.
 */
export function readDetection(
  section: unknown,
  path: Path,
  others: readonly string[],
  placeholders: Placeholders,
  reporter: Reporter,
): Plan | null {
  if (!isMap(section)) {
    reporter.error('invalid-detection', path, `'${path.at(-1)!}' must be a map`, 'give it selections and a condition');
    return null;
  }
  const condition = section['condition'];
  const conditions = Array.isArray(condition) ? (condition as unknown[]) : [condition];
  for (const [what, number, most] of [
    ['selections', Object.keys(section).length, MAX_SELECTIONS],
    ['conditions', conditions.length, MAX_CONDITIONS],
  ] as const) {
    if (number <= most) continue;
    reporter.error('too-large', path, `more than ${most} ${what}`, 'split the rule');
    return null;
  }
  const selections = readSelections(section, path, others, placeholders, reporter);
  const used = new Set<string>();
  const parts = conditions.map((text, index): Expr | null => {
    const at = [...path, 'condition', ...(Array.isArray(condition) ? [index] : [])];
    if (typeof text === 'string' && text.trim() !== '') return parseCondition(text, selections, used, at, reporter);
    const message = text === undefined ? 'there is no condition' : 'a condition must be a text';
    reporter.error('invalid-condition', at, message, 'add `condition:` with the names of the selections');
    return null;
  });
  if (parts.length === 0)
    reporter.error('invalid-condition', [...path, 'condition'], 'the list of conditions is empty', 'add one');
  const whole = parts.filter((part) => part !== null);
  if (whole.length < parts.length || parts.length === 0) return null;
  for (const name of selections.keys()) {
    if (used.has(name) || name.startsWith('_')) continue;
    reporter.warning(
      'unused-selection',
      [...path, name],
      `no condition uses the selection '${name}'`,
      'use it, or remove it',
      'key',
    );
  }
  const plan = planOf(allOf('or', whole), reporter.budget);
  if (plan === null)
    reporter.error('too-large', [...path, 'condition'], `more than ${MAX_TESTS} tests`, 'split the rule');
  return plan;
}

/** The selections of a section by name; `null` for each that has an error. */
export function readSelections(
  section: Record<string, unknown>,
  path: Path,
  others: readonly string[],
  placeholders: Placeholders,
  reporter: Reporter,
): Map<string, Expr | null> {
  const selections = new Map<string, Expr | null>();
  for (const [name, value] of Object.entries(section)) {
    if (name === 'condition' || others.includes(name)) continue;
    if (name === 'timeframe') {
      reporter.error(
        'unsupported-timeframe',
        [...path, name],
        "'timeframe' is obsolete",
        'write a correlation rule with a timespan',
        'key',
      );
      continue;
    }
    selections.set(name, lowerSelection(value, [...path, name], placeholders, reporter));
  }
  return selections;
}
