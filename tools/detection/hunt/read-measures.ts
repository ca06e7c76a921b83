import { isMap } from '@tollgate/sigma/values/map';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { type Reporter } from '@tollgate/sigma/rules/reporter';
import type { FieldChecker } from './contract-fields';
import type { HuntQuery, Measure } from './types';

const HOWS = ['count', 'distinct', 'sum', 'avg', 'min', 'max', 'percentile', 'gap'] as const;

interface Context {
  selections: HuntQuery['selections'];
  baseline: boolean;
  checkField: FieldChecker;
}

/**
 * Reads `measures`: `{count: <selection>}`, `{distinct: <field>, of: <selection>, also: <selection>}`, `{sum|avg|min|max: <field>,
 * of: …}`, `{percentile: <field>, at: <percent>, of: …}`, `{gap: <selection>, at: <percent>}`, each with `over: baseline` where it isn't the window's.
 */
export function readMeasures(value: unknown, context: Context, reporter: Reporter): Record<string, Measure> {
  const measures: Record<string, Measure> = {};
  if (!isMap(value)) return measures;
  for (const [name, entry] of Object.entries(value)) {
    const measure = isMap(entry) ? readMeasure(name, entry, context, reporter) : null;
    if (measure) measures[name] = measure;
  }
  const read = new Set(Object.values(measures).flatMap(({ of, also }) => [of, also]));
  for (const selection of Object.keys(context.selections)) {
    if (read.has(selection) || Object.keys(measures).length < Object.keys(value).length) continue;
    const at = ['detection', selection];
    reporter.error(
      'unused-selection',
      at,
      `no measure is taken over '${selection}'`,
      'add one, or remove the selection',
      'key',
    );
  }
  return measures;
}

function readMeasure(
  name: string,
  entry: Record<string, unknown>,
  context: Context,
  reporter: Reporter,
): Measure | null {
  const path = ['measures', name];
  const hows = HOWS.filter((how) => Object.hasOwn(entry, how));
  const how = hows[0];
  if (!how || hows.length > 1) {
    const message = how ? `'${name}' has both ${hows.join(' and ')}` : `'${name}' does not say what it measures`;
    reporter.error('wrong-measure', path, message, `give it one of ${HOWS.join(', ')}`, 'key');
    return null;
  }
  const allowed = KEYS[how];
  for (const key of Object.keys(entry)) {
    if (allowed.includes(key) || !ALL_KEYS.has(key)) continue; // The schema reports keys that no measure has.
    const hint = `a ${how} takes ${allowed.join(', ')}`;
    reporter.error('wrong-measure', [...path, key], `'${key}' does not belong to a ${how}`, hint, 'key');
  }
  const over = entry['over'] === 'baseline' ? 'baseline' : 'window';
  if (over === 'baseline' && !context.baseline) {
    reporter.error(
      'no-baseline',
      [...path, 'over'],
      `'${name}' is over a baseline that the query lacks`,
      'add baseline: {length: 14d}',
    );
  }
  const of = selection(entry, how === 'count' || how === 'gap' ? how : 'of', path, context, reporter);
  if (of === null) return null;
  if (how === 'count') return { how, of, over };
  if (how === 'gap') {
    const percentile = readPercentile(name, entry, path, reporter);
    return percentile === null ? null : { how, of, over, percentile };
  }
  const field = readField(name, how, entry, context, reporter);
  const also = Object.hasOwn(entry, 'also') ? selection(entry, 'also', path, context, reporter) : undefined;
  if (field === null || also === null) return null;
  if (how !== 'percentile') return { how, field, of, ...(also !== undefined && { also }), over };
  const percentile = readPercentile(name, entry, path, reporter);
  return percentile === null ? null : { how, field, of, over, percentile };
}

function readPercentile(
  name: string,
  entry: Record<string, unknown>,
  path: string[],
  reporter: Reporter,
): number | null {
  const percentile = entry['at'];
  if (typeof percentile === 'number' && percentile > 0 && percentile <= 100) return percentile;
  reporter.error(
    'wrong-measure',
    path,
    `'${name}' does not say which percentile`,
    'add at: 95, above 0 and at most 100',
  );
  return null;
}

const KEYS: Record<(typeof HOWS)[number], string[]> = {
  count: ['count', 'over'],
  distinct: ['distinct', 'of', 'also', 'over'],
  sum: ['sum', 'of', 'over'],
  avg: ['avg', 'of', 'over'],
  min: ['min', 'of', 'over'],
  max: ['max', 'of', 'over'],
  percentile: ['percentile', 'at', 'of', 'over'],
  gap: ['gap', 'at', 'over'],
};
const ALL_KEYS = new Set(Object.values(KEYS).flat());

function selection(
  entry: Record<string, unknown>,
  key: string,
  path: string[],
  context: Context,
  reporter: Reporter,
): string | null {
  const name = entry[key];
  const known = Object.keys(context.selections);
  if (name === undefined) {
    const hint = `add ${key}: ${known[0] ?? '<selection>'}`;
    reporter.error('wrong-measure', path, `'${path.at(-1)}' does not say over which selection`, hint, 'key');
    return null;
  }
  if (typeof name !== 'string') return null;
  if (known.includes(name)) return name;
  reporter.error('unknown-selection', [...path, key], `there is no selection '${name}'`, didYouMean(name, known));
  return null;
}

function readField(
  name: string,
  how: Exclude<Measure['how'], 'count' | 'gap'>,
  entry: Record<string, unknown>,
  context: Context,
  reporter: Reporter,
): string | null {
  const field = entry[how];
  const path = ['measures', name, how];
  if (typeof field !== 'string') return null;
  const known = context.checkField(field, path);
  if (how !== 'distinct' && known && known.type !== 'long' && known.type !== 'double') {
    reporter.error(
      'wrong-measure',
      path,
      `a ${how} needs numbers, and '${field}' is ${known.type}`,
      'measure a number',
    );
  }
  return field;
}
