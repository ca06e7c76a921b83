import type { CorrelationRule } from '@tollgate/sigma/rules/model';
import { refuseUpperBounds, wantsAll } from './bound';
import { answer, columns, ENDS, grouped, pipe, Windows } from './commands';
import { esqlCondition, quote } from './expression';
import { ExportedFields, type Differences } from './fields';
import { indexPattern } from './names';
import { readMatches, type Base } from './rows';
import type { Schedule } from './schedule';
import { NotExportable } from '../target';

/** One event is one row, with what Kibana needs to link its alert to it. */
export function esqlDetection({ rule, contract }: Base, differences: Differences): string {
  return pipe([
    `FROM ${indexPattern(contract)} METADATA _id, _index, _version`,
    `WHERE ${esqlCondition(rule.plan.expr, new ExportedFields(contract), differences)}`,
  ]);
}

/**
 * At least `least` matches of a group within the timespan, exactly: the group's times in order are laid beside themselves,
 * shifted by `least - 1`, so that each pair is the first and last time of as many neighbours.
 *
 * The times are cut off after `limit`, where no window can be lost any more: by the pigeonhole principle as many times in
 * the range that a run can see hold a window that is full.
 */
export function esqlEventCount(
  correlation: CorrelationRule,
  bases: Base[],
  least: number,
  { lookback, delay }: Schedule,
  differences: Differences,
): string {
  const { timespanMs } = correlation;
  const by = columns(correlation.groupBy);
  const limit = Math.ceil((lookback + delay) / timespanMs) * (least - 1) + 1;
  const newest = 'MV_COUNT(times)';
  const early = `MV_SLICE(times, 0, ${newest} - ${least})`;
  const late = `MV_SLICE(times, ${least - 1}, ${newest} - 1)`;
  return pipe([
    ...readMatches(correlation, bases, [], false, differences),
    grouped(`STATS times = TOP(TO_LONG(@timestamp), ${limit}, "asc"), matched_events = COUNT(*)`, by),
    `WHERE matched_events >= ${least}`,
    `EVAL span = MV_ZIP(TO_STRING(${early}), TO_STRING(${late}), " ")`,
    'MV_EXPAND span',
    'EVAL burst_start = TO_LONG(MV_FIRST(SPLIT(span, " "))), burst_end = TO_LONG(MV_LAST(SPLIT(span, " ")))',
    `WHERE burst_end - burst_start <= ${timespanMs}`,
    ...answer('matched_events', by),
  ]);
}

/**
 * At least `least` different values (or, with `counted: 'rules'`, different rules) within the timespan. Counted exactly in
 * each window, in two steps: `COUNT_DISTINCT` is an estimate.
 */
export function esqlDistinct(
  correlation: CorrelationRule,
  bases: Base[],
  counted: string[] | 'rules',
  least: number,
  differences: Differences,
): string {
  const by = columns(correlation.groupBy);
  const values = counted === 'rules' ? ['rule'] : columns(counted);
  return pipe([
    ...readMatches(correlation, bases, counted === 'rules' ? [] : counted, true, differences),
    ...windows(correlation, differences),
    grouped('STATS burst_start = MIN(@timestamp), burst_end = MAX(@timestamp)', [...by, 'slot', ...values]),
    grouped(`STATS distinct_values = COUNT(*), ${ENDS}`, [...by, 'slot']),
    `WHERE distinct_values >= ${least}`,
    ...answer('distinct_values', by),
  ]);
}

/**
 * A sum of at least (with `gt`: more than) a bound within the timespan. Only values above zero are added, because a longer
 * window could otherwise have the smaller sum.
 */
export function esqlSum(correlation: CorrelationRule, bases: Base[], differences: Differences): string {
  const { condition, groupBy } = correlation;
  refuseUpperBounds(correlation);
  const [field] = condition.field ?? [];
  if (
    field === undefined ||
    bases.some(({ contract }) => !['long', 'double'].includes(new ExportedFields(contract).get(field).type))
  ) {
    throw new NotExportable('Only a field of numbers can be summed in ES|QL.');
  }
  const by = columns(groupBy);
  const [value] = columns([field]);
  differences.add('finds more', 'Values below zero are not added. The sum is rounded to six decimals.');
  const bounds = [
    ...(condition.gte === undefined ? [] : [`total >= ${condition.gte}`]),
    ...(condition.gt === undefined ? [] : [`total > ${condition.gt}`]),
  ];
  return pipe([
    ...readMatches(correlation, bases, [field], false, differences),
    `WHERE ${value} > 0`,
    ...windows(correlation, differences),
    grouped(`STATS total = ROUND(SUM(${value}), 6), burst_start = MIN(@timestamp), burst_end = MAX(@timestamp)`, [
      ...by,
      'slot',
    ]),
    `WHERE ${bounds.join(' AND ')}`,
    ...answer('total', by),
  ]);
}

/** All rules of a group in the written order within the timespan, equal times allowed. */
export function esqlOrdered(correlation: CorrelationRule, bases: Base[], differences: Differences): string {
  wantsAll(correlation);
  const by = columns(correlation.groupBy);
  return pipe([
    ...readMatches(correlation, bases, [], true, differences),
    'EVAL burst_start = @timestamp, burst_end = @timestamp',
    ...windows(correlation, differences),
    ...inOrder(
      bases.map(({ rule }) => rule.id),
      by,
      differences,
    ),
    ...answer('matched_events', by),
  ]);
}

/** Keeps the windows in which each rule begins no later than the next one ends. */
export function inOrder(rules: string[], by: readonly string[], differences: Differences): string[] {
  if (rules.length > 2) {
    differences.add('finds more', 'Of three or more rules, only neighbours are compared in order.');
  }
  const times = rules.flatMap((rule, i) => [
    ...(i < rules.length - 1 ? [`begin_${i + 1} = MIN(burst_start) WHERE rule == ${quote(rule)}`] : []),
    ...(i > 0 ? [`end_${i + 1} = MAX(burst_end) WHERE rule == ${quote(rule)}`] : []),
  ]);
  const order = rules.slice(1).map((_, i) => `begin_${i + 1} <= end_${i + 2}`);
  return [
    grouped(`STATS ${times.join(', ')}, matched_events = COUNT(*), ${ENDS}`, [...by, 'slot']),
    `WHERE ${order.join(' AND ')}`,
  ];
}

function windows({ timespanMs }: CorrelationRule, differences: Differences): string[] {
  const made = new Windows(timespanMs);
  differences.add('finds more', windowDifference(made, timespanMs));
  return made.commands('@timestamp');
}

/** What it means that windows are longer than the rule's. */
export function windowDifference(windows: Windows, timespan: number): string {
  return `A window may be longer than the rule's: what lies within ${windows.length / 1000} s counts together, where the rule says ${timespan / 1000} s.`;
}
