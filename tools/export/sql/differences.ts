import { EXACT } from '../plan/curves';
import type { DetectorPlan, SlidingWindow } from '../plan/types';
import { columnOf } from './columns';

/** In which ways the SQL of a plan finds more or other than the engine in memory, in a dialect whose decimals have so many digits; whole sentences. */
export function differencesOf(plan: DetectorPlan, decimalDigits: number): string[] {
  if (plan.kind === 'events') return [];
  if (plan.kind === 'episodes')
    return addsDoubles(plan.window)
      ? [`Numbers that are not whole are added with ${decimalDigits} decimal places.`]
      : [];
  return plan.hunt.derived.some(({ op }) => op === 'look-up')
    ? [
        `A limit above ${EXACT}, and a rate of more than ${EXACT} events, lies between two points of a table and may be lower by a fraction, a limit by one; what the table does not reach, above 1,000,000, is taken far too low.`,
      ]
    : [];
}

function addsDoubles({ quantity: { kind }, members }: SlidingWindow): boolean {
  if (kind !== 'sum' && kind !== 'mean') return members.some(({ of }) => of.op !== 'source' && addsDoubles(of));
  return members.some(
    ({ of, values }) => of.op === 'source' && values.some((field) => columnOf(of.contract, field).type !== 'long'),
  );
}
