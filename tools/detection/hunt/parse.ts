import { byPosition, type Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { isMap } from '@tollgate/sigma/values/map';
import { schemaDiagnostics } from '../../foundation/content/schema';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import type { Contract } from '../../telemetry/contract';
import { checkerFor } from './contract-fields';
import { parseDuration } from './duration';
import { readFormulas } from './read-formulas';
import { readMeasures } from './read-measures';
import { readSelections } from './read-selections';
import { checkPivot } from './pivot';
import type { HuntQuery } from './types';

/** How many entries a list or map of a query may have: more than any has a use for, and a bound on what one costs. */
const MOST = { 'group-by': 4, measures: 20, derive: 20, parameters: 20, sort: 8 } as const;

/** Shortest schedule: no log is searched more often. */
const SHORTEST_SCHEDULE_MS = 60_000;

export interface ParsedQueries {
  /** The queries without errors. */
  queries: HuntQuery[];
  /** Every error of every document, by position. */
  diagnostics: Diagnostic[];
}

/**
 * Parses hunting queries, one a document: its structure by `schemas/query.schema.json`, its detection as Sigma, its names, fields and
 * formulas here. `contracts` are the telemetry contracts by id.
 */
export function parseQueries(documents: YamlDocument[], contracts: ReadonlyMap<string, Contract>): ParsedQueries {
  const queries: HuntQuery[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const document of documents) {
    const structure = schemaDiagnostics('query', document);
    const reporter = new Reporter(document);
    const query = isMap(document.value) ? readQuery(document.value, document.file, contracts, reporter) : null;
    diagnostics.push(...structure, ...reporter.diagnostics);
    if (query && structure.length === 0 && !reporter.failed) queries.push(query);
  }
  return { queries, diagnostics: diagnostics.sort(byPosition) };
}

/** Reads what has the right shape and reports what is wrong in it; the schema reports the rest, and then the result is not used. */
function readQuery(
  value: Record<string, unknown>,
  file: string,
  contracts: ReadonlyMap<string, Contract>,
  reporter: Reporter,
): HuntQuery | null {
  for (const [key, most] of Object.entries(MOST)) {
    const size = isMap(value[key]) || Array.isArray(value[key]) ? Object.keys(value[key] as object).length : 0;
    if (size > most)
      reporter.error('too-large', [key], `'${key}' has ${size} entries, more than ${most}`, 'split the query');
  }
  if (reporter.diagnostics.length > 0) return null;
  const checkField = checkerFor(value['source'], contracts, reporter);
  const selections = readSelections(value['detection'], checkField, reporter);
  const scope = map(value['scope']);
  for (const key of ['asset', 'identity']) if (typeof scope[key] === 'string') checkField(scope[key], ['scope', key]);
  const groupBy = strings(value['group-by']);
  groupBy.forEach((field, index) => {
    const known = checkField(field, ['group-by', index]);
    const wrong = known?.list ? 'a list, which would put an event into several groups' : known?.type;
    if (!known || (!known.list && known.type !== 'date' && known.type !== 'double')) return;
    const hint = 'group by a field with one value out of few';
    reporter.error('wrong-group', ['group-by', index], `'${field}' is ${wrong}`, hint);
  });
  const baselineMs = duration(map(value['baseline']), 'baseline', 'length', reporter) ?? 0;
  const measures = readMeasures(
    value['measures'],
    { selections: selections.plans, baseline: isMap(value['baseline']), checkField },
    reporter,
  );
  const parameters = readParameters(map(value['parameters']), reporter);
  const formulas = readFormulas(value, Object.keys(map(value['measures'])), Object.keys(parameters), reporter);
  checkPivot(
    map(value['pivot']),
    [...groupBy, ...Object.values(scope).filter((name) => typeof name === 'string')],
    reporter,
  );
  const schedule = readSchedule(value['schedule'], reporter);
  return {
    ...(value as Pick<
      HuntQuery,
      'id' | 'title' | 'status' | 'level' | 'description' | 'references' | 'tags' | 'source'
    >),
    file,
    scope: scope as HuntQuery['scope'],
    window: readWindow(map(value['window']), reporter),
    baselineMs,
    parameters,
    selections: selections.plans,
    plan: selections.union,
    groupBy,
    measures,
    derive: formulas.derive,
    having: formulas.having,
    sort: formulas.sort,
    ...(schedule && { schedule }),
    pivot: value['pivot'] as HuntQuery['pivot'],
    ...(value['tollgate'] !== undefined && { tollgate: value['tollgate'] as HuntQuery['tollgate'] }),
  };
}

function readWindow(window: Record<string, unknown>, reporter: Reporter): HuntQuery['window'] {
  const defaultMs = duration(window, 'window', 'default', reporter) ?? 0;
  const maxMs = duration(window, 'window', 'max', reporter) ?? 0;
  const settleMs = duration(window, 'window', 'settle', reporter, 0) ?? 0;
  if (defaultMs > maxMs && maxMs > 0) {
    const hint = 'raise max, or lower default';
    reporter.error(
      'wrong-value',
      ['window', 'default'],
      'the default window is longer than the longest one, max',
      hint,
    );
  }
  return { defaultMs, maxMs, settleMs };
}

function readSchedule(schedule: unknown, reporter: Reporter): HuntQuery['schedule'] | null {
  if (!isMap(schedule)) return null;
  const everyMs = duration(schedule, 'schedule', 'every', reporter, SHORTEST_SCHEDULE_MS);
  const delayMs = duration(schedule, 'schedule', 'delay', reporter, 0);
  return everyMs === null || delayMs === null ? null : { everyMs, delayMs };
}

/** A duration at least `least` long. The schema reports what is no duration at all. */
function duration(
  at: Record<string, unknown>,
  parent: string,
  key: string,
  reporter: Reporter,
  least = 1000,
): number | null {
  const text = at[key];
  if (typeof text !== 'string' || !/^\d+[smhdw]$/.test(text)) return null;
  const length = parseDuration(text);
  if (length === null) reporter.error('wrong-value', [parent, key], `'${text}' is longer than two years`, 'shorten it');
  else if (length < least) {
    reporter.error('wrong-value', [parent, key], `'${text}' is too short`, `it must be at least ${least / 1000}s`);
  }
  return length;
}

function readParameters(parameters: Record<string, unknown>, reporter: Reporter): HuntQuery['parameters'] {
  for (const [name, parameter] of Object.entries(parameters)) {
    const { type, default: value, range } = map(parameter);
    const at = ['parameters', name, 'default'];
    if (type === 'integer' && typeof value === 'number' && !Number.isSafeInteger(value)) {
      reporter.error('wrong-value', at, `the default of the integer '${name}' is ${value}`, 'write a whole number');
    }
    const [low, high] = Array.isArray(range) ? (range as unknown[]) : [];
    if (
      typeof value === 'number' &&
      typeof low === 'number' &&
      typeof high === 'number' &&
      !(low <= value && value <= high)
    ) {
      reporter.error('wrong-value', at, `the default of '${name}', ${value}, is not in its range`, 'widen the range');
    }
  }
  return parameters as HuntQuery['parameters'];
}

function map(value: unknown): Record<string, unknown> {
  return isMap(value) ? value : {};
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
