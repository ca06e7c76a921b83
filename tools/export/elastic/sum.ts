import type { SlidingWindow } from '../plan/types';
import { NotExportable } from '../target';
import { refuseUpperBounds } from './bound';
import { columns, grouped } from './commands';
import { ExportedFields, type Differences } from '../lucene/fields';
import { valueNames, type Input } from './inputs';
import { PASSES, timesOf } from './newness';
import type { Schedule } from '../schedule';

/** Into how many steps a timespan is cut where windows can't be exact. */
const STEPS = 20;

/**
 * When a sum is at least (with `gt`: more than) a bound within the timespan, in windows that begin on a twentieth of it and are a twentieth longer, so that
 * each real window lies in one. Only values above zero are added, because a longer window could otherwise have the smaller sum. What is added to a
 * twentieth is summed before the windows are laid over it.
 */
export function esqlSum(
  window: SlidingWindow,
  inputs: readonly Input[],
  schedule: Schedule,
  differences: Differences,
): string[] {
  const { condition, timespanMs } = window;
  refuseUpperBounds(window);
  const [field] = inputs[0]!.values;
  const isNumber = inputs.every(
    ({ sources: [source], values: [name] }) =>
      name !== undefined && ['long', 'double'].includes(new ExportedFields(source!.contract).get(name).type),
  );
  if (field === undefined || !isNumber) throw new NotExportable('Only a field of numbers can be summed in ES|QL.');
  const by = columns(window.by);
  const [value] = columns(valueNames(inputs));
  const step = Math.ceil(timespanMs / STEPS);
  differences.add('Values below zero are not added. The sum is rounded to six decimals.');
  differences.add(
    `A window may be longer than the rule's: ${((STEPS + 1) * step) / 1000} s instead of ${timespanMs / 1000} s.`,
  );
  const bounds = [
    ...(condition.gte === undefined ? [] : [`total >= ${condition.gte}`]),
    ...(condition.gt === undefined ? [] : [`total > ${condition.gt}`]),
  ];
  return [
    `WHERE ${value} > 0`,
    timesOf(schedule),
    `EVAL slot = ts / ${step}`,
    grouped(`STATS part = SUM(${value}), earliest = MIN(ts), latest = MAX(ts)`, [...by, 'slot', 'old']),
    ...PASSES,
    `EVAL slide = [${Array.from({ length: STEPS + 1 }, (_, i) => i).join(', ')}]`,
    'MV_EXPAND slide',
    'EVAL slot = slot - slide',
    grouped('STATS total = ROUND(SUM(part), 6), burst_start = MIN(earliest), burst_end = MAX(latest)', [
      ...by,
      'pass',
      'slot',
    ]),
    `WHERE ${bounds.join(' AND ')}`,
    `EVAL met = burst_end, until = burst_start + ${timespanMs}`,
  ];
}
