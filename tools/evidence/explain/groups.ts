import { correlateAll } from '@tollgate/sigma/correlate/chain';
import { fieldOf, groupKey, groupRecord, RuleMatches } from '@tollgate/sigma/correlate/source';
import type { CorrelationInput } from '@tollgate/sigma/correlate/types';
import type { CorrelationRule } from '@tollgate/sigma/rules/model';
import type { Scalar } from '@tollgate/sigma/values/event';
import type { Numeric } from '@tollgate/sigma/values/scalar';
import type { GroupReach } from './result';

/** Long enough for all events of any log to be in one window. */
const FOREVER_MS = 1000 * 365 * 86_400_000;

/**
 * What each group of a correlation of detections reached, the highest first: the correlation itself, run on the matches of that group
 * alone. `inputs` are in the order of the rules. An event that is left out since it has too many values is in no group.
 */
export function reachOfGroups(rule: CorrelationRule, inputs: CorrelationInput[]): GroupReach[] {
  const groups = new Map<string, { values: Scalar[]; inputs: CorrelationInput[] }>();
  for (const [place, input] of inputs.entries()) {
    const source = new RuleMatches(rule, input.rule, input.fields, []);
    const columns = rule.groupBy.map((name) => input.fields.indexOf(fieldOf(rule, name, input.rule)));
    for (const match of input.matches) {
      if (source.isCrowded(match)) continue;
      for (const values of source.groups(match)) {
        const key = groupKey(values);
        let group = groups.get(key);
        if (!group) groups.set(key, (group = { values, inputs: inputs.map((one) => ({ ...one, matches: [] })) }));
        const own = columns.reduce((all, column, at) => all.with(column, values[at]!), match.values);
        group.inputs[place]!.matches.push({ ...match, values: own });
      }
    }
  }
  const everlasting = { ...rule, timespanMs: FOREVER_MS };
  const reaches = [...groups.values()].map(({ values, inputs: own }) => ({
    group: groupRecord(rule, values),
    matches: own.map(({ matches }) => matches.length),
    reached: peakOf(rule, own),
    together: peakOf(everlasting, own),
  }));
  const matchesOf = ({ matches }: GroupReach) => matches.reduce((sum, count) => sum + count, 0);
  return reaches.sort((a, b) => compare(b.reached, a.reached) || matchesOf(b) - matchesOf(a));
}

function peakOf(rule: CorrelationRule, inputs: CorrelationInput[]): number | null {
  return correlateAll([rule], inputs).get(rule.id)!.peak;
}

/** Null is the least. */
function compare(a: Numeric | null, b: Numeric | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How much a value is below the least that satisfies a condition: 0 where it is that which must be passed. Null where it is not below. */
export function shortOf({ condition }: CorrelationRule, reached: Numeric | null): Numeric | null {
  const bound = condition.gte ?? condition.eq ?? condition.gt;
  if (bound === undefined || reached === null) return null;
  const isBelow = condition.gte === undefined && condition.eq === undefined ? reached <= bound : reached < bound;
  return isBelow ? Number(bound) - Number(reached) : null;
}
