import { createHash } from 'node:crypto';
import { jsonOf } from '@tollgate/sigma/values/json';
import { isMap } from '@tollgate/sigma/values/map';
import type { HuntQuery } from '../../detection/hunt/types';
import { withoutUnits } from '../../detection/parameters/without-units';
import type { Rule } from '@tollgate/sigma/rules/model';

/** Identifies what a rule finds, with all that it refers to (`family`): its prose and its budget may change, and filters of a site make it another. */
export function ruleDigest(family: readonly Rule[]): string {
  return hash(
    family.map((rule) =>
      rule.kind === 'detection'
        ? [rule.id, rule.logsource, rule.plan.expr]
        : [rule.id, rule.type, rule.rules, rule.groupBy, rule.aliases, rule.timespanMs, rule.condition],
    ),
  );
}

/** The same of a query. */
export function queryDigest(query: HuntQuery): string {
  const { id, source, window, baselineMs, selections, groupBy, measures, derive, having, schedule } = query;
  const plans = Object.entries(selections).map(([name, { expr }]) => [name, expr]);
  const parameters = withoutUnits(query.parameters);
  return hash([id, source, window, baselineMs, parameters, plans, groupBy, measures, derive, having, schedule]);
}

function hash(value: unknown): string {
  return createHash('sha256')
    .update(jsonOf(sorted(value)))
    .digest('hex')
    .slice(0, 32);
}

/** Maps in the order of their keys: in which a file has them says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}
