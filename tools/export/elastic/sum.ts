import type { CorrelationRule } from '@tollgate/sigma/rules/model';
import { NotExportable } from '../target';
import { refuseUpperBounds } from './bound';
import { columns, grouped, pipe } from './commands';
import { ExportedFields, type Differences } from './fields';
import { TIMES } from './holds';
import { passOf, untold } from './newness';
import { readMatches, type Base } from './rows';
import type { Schedule } from './schedule';

/** Into how many steps a timespan is cut where windows can't be exact. */
const STEPS = 20;

/**
 * A sum of at least (with `gt`: more than) a bound within the timespan, in windows that begin on a twentieth of it and are a twentieth longer, so that
 * each real window lies in one. Only values above zero are added, because a longer window could otherwise have the smaller sum.
 */
export function esqlSum(
  correlation: CorrelationRule,
  bases: Base[],
  schedule: Schedule,
  differences: Differences,
): string {
  const { condition, groupBy, timespanMs } = correlation;
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
  const step = Math.ceil(timespanMs / STEPS);
  differences.add('Values below zero are not added. The sum is rounded to six decimals.');
  differences.add(
    `A window may be longer than the rule's: ${((STEPS + 1) * step) / 1000} s instead of ${timespanMs / 1000} s.`,
  );
  const bounds = [
    ...(condition.gte === undefined ? [] : [`total >= ${condition.gte}`]),
    ...(condition.gt === undefined ? [] : [`total > ${condition.gt}`]),
  ];
  return pipe([
    ...readMatches(correlation, bases, [field], false, differences),
    `WHERE ${value} > 0`,
    TIMES,
    ...passOf('seen', schedule),
    `EVAL slide = [${Array.from({ length: STEPS + 1 }, (_, i) => i).join(', ')}]`,
    'MV_EXPAND slide',
    `EVAL slot = ts / ${step} - slide`,
    grouped(`STATS total = ROUND(SUM(${value}), 6), burst_start = MIN(ts), burst_end = MAX(ts)`, [
      ...by,
      'pass',
      'slot',
    ]),
    `WHERE ${bounds.join(' AND ')}`,
    `EVAL met = burst_end, until = burst_start + ${timespanMs}`,
    ...untold(by, timespanMs),
  ]);
}
