import type { Scalar } from '../../src/values/event';
import type { CorrelationRule } from '../../src/rules/model';
import type { BooleanTree } from '../../src/rules/plan';

/** An alert as the oracles tell it. */
export interface Episode {
  group: string;
  start: number;
  end: number;
  visible: number;
  value: number | bigint;
  events: number[];
}

/** A match of a detection, or of an inner correlation with the `events` of its window. */
export interface OracleMatch {
  event: number;
  time: number;
  ingested: number;
  values: (Scalar | Scalar[] | null)[];
  events?: number[];
}

/** A moment (a step, a bucket, a run) at which the condition holds, with what lies in its window. */
export interface Moment {
  group: string;
  time: number;
  visible: number;
  window: OracleMatch[];
}

export interface Told {
  alerts: Episode[];
  moments: Moment[];
}

export interface Row {
  rule: number;
  match: OracleMatch;
}

/**
 * A sliding correlation by brute force: every window is filtered anew out of all events, and whether the condition holds is
 * asked of every single millisecond. Shares no code with `tools/`. Fields of the inputs: the group's, then the condition's.
 */
export function oracle(rule: CorrelationRule, inputs: OracleInput[]): Told {
  return allOf([...groupsOf(rule, inputs)].map(([key, members]) => toldOf(rule, key, members)));
}

/** What several groups tell, in the order of time and group. */
export function allOf(groups: Told[]): Told {
  const alerts = groups.flatMap((group) => group.alerts);
  alerts.sort((a, b) => a.start - b.start || (a.group < b.group ? -1 : 1));
  return { alerts, moments: groups.flatMap(({ moments }) => moments) };
}

export interface OracleInput {
  rule: string;
  matches: OracleMatch[];
}

/** Group → its matches. */
export function groupsOf(rule: CorrelationRule, inputs: OracleInput[]): Map<string, Row[]> {
  const rows = inputs.flatMap((input) =>
    input.matches.map((match) => ({ rule: rule.rules.indexOf(input.rule), match })),
  );
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    for (const key of keysOf(row.match.values.slice(0, rule.groupBy.length)))
      groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

/** The events of some matches, ascending, each once. */
export function eventsOf(rows: Row[]): number[] {
  return [...new Set(rows.flatMap(({ match }) => match.events ?? [match.event]))].sort((a, b) => a - b);
}

function keysOf(values: (Scalar | Scalar[] | null)[]): string[] {
  return values.reduce<string[]>(
    (keys, value) => [
      ...new Set(keys.flatMap((key) => [value ?? []].flat().map((each) => `${key}/${JSON.stringify(String(each))}`))),
    ],
    [''],
  );
}

function toldOf(rule: CorrelationRule, group: string, rows: Row[]): Told {
  const times = rows.map(({ match }) => match.time);
  const hasNoValue = ['value_avg', 'value_percentile', 'value_median'].includes(rule.type);
  const silent = holds(rule, 0) && rule.condition.expression === undefined && !hasNoValue;
  const alerts: Episode[] = [];
  const moments: Moment[] = [];
  let falseFor = Infinity;
  let state = false;
  for (let t = Math.min(...times); t <= Math.max(...times); t++) {
    const window = rows.filter(({ match }) => match.time >= t - rule.timespanMs && match.time <= t);
    const arrival = times.includes(t);
    const value = measure(rule, window);
    if (arrival) state = value !== null && holds(rule, value);
    else if (!silent && !(value !== null && holds(rule, value))) state = false;
    if (arrival && state) {
      const visible = Math.max(...window.map(({ match }) => match.ingested));
      moments.push({ group, time: t, visible, window: window.map(({ match }) => match) });
      if (falseFor >= rule.timespanMs) alerts.push({ group, start: t, end: t, visible, value: value!, events: [] });
      alerts.at(-1)!.end = t;
    }
    falseFor = state ? 0 : falseFor + 1;
  }
  for (const alert of alerts) {
    const inside = rows.filter(({ match }) => match.time >= alert.start - rule.timespanMs && match.time <= alert.end);
    alert.events = eventsOf(inside);
  }
  return { alerts, moments };
}

export function holds({ condition: c }: CorrelationRule, value: number): boolean {
  return (
    !(c.gt !== undefined && value <= c.gt) &&
    !(c.gte !== undefined && value < c.gte) &&
    !(c.lt !== undefined && value >= c.lt) &&
    !(c.lte !== undefined && value > c.lte) &&
    !(c.eq !== undefined && value !== c.eq) &&
    c.neq !== value
  );
}

export function measure(rule: CorrelationRule, rows: Row[]): number | null {
  const sameness = ({ match }: Row) => (match.events ? match : match.event);
  const events = [...new Set(rows.map(sameness))].map(
    (same) => rows.filter((row) => sameness(row) === same).sort((a, b) => a.rule - b.rule)[0]!,
  );
  const fields = events.map(({ match }) => match.values.slice(rule.groupBy.length));
  const numbers = fields
    .flatMap((values) => [values[0] ?? []].flat())
    .map((value) => (typeof value === 'string' && value !== '' ? Number(value) : value))
    .filter((value): value is number => typeof value === 'number' && !Number.isNaN(value))
    .sort((a, b) => a - b);
  switch (rule.type) {
    case 'event_count':
      return events.length;
    case 'value_count':
      return new Set(fields.flatMap(keysOf)).size;
    case 'temporal':
      if (rows.length === 0 || !truth(rule.condition.expression, new Set(rows.map((row) => row.rule)))) return null;
      return new Set(rows.map((row) => row.rule)).size;
    case 'temporal_ordered':
      return longest(rows, -1, -Infinity, rule.rules.length);
    case 'value_sum':
      return numbers.length === 0 ? null : numbers.reduce((sum, each) => sum + each, 0);
    case 'value_avg':
      return numbers.length === 0 ? null : numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
    case 'value_median':
    case 'value_percentile': {
      if (numbers.length === 0) return null;
      const rank = ((numbers.length - 1) * (rule.type === 'value_median' ? 50 : rule.condition.percentile!)) / 100;
      const [below, above] = [numbers[Math.floor(rank)]!, numbers[Math.ceil(rank)]!];
      return below + (above - below) * (rank - Math.floor(rank));
    }
  }
}

/** The longest choice of events with rising rules and times that don't fall, by trying all. */
function longest(rows: Row[], after: number, from: number, rules: number): number {
  let best = 0;
  for (let next = after + 1; next < rules; next++) {
    const earliest = Math.min(
      ...rows.filter(({ rule, match }) => rule === next && match.time >= from).map(({ match }) => match.time),
    );
    if (earliest < Infinity) best = Math.max(best, 1 + longest(rows, next, earliest, rules));
  }
  return best;
}

function truth(tree: BooleanTree<number> | undefined, present: Set<number>): boolean {
  if (tree === undefined) return true;
  if (tree.op === 'test') return present.has(tree.test);
  if (tree.op === 'not') return !truth(tree.expr, present);
  return tree.op === 'and'
    ? tree.all.every((each) => truth(each, present))
    : tree.any.some((each) => truth(each, present));
}
