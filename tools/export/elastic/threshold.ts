import type { CorrelationRule } from '@tollgate/sigma/rules/model';
import { kibanaDuration } from './duration';
import { luceneQuery } from './query';
import { ExportedFields, type Differences } from './fields';
import type { Base } from './rows';
import { indexPattern } from './names';
import type { TypeFields } from './rule';
import { thresholdSchedule, type Schedule } from './schedule';
import { NotExportable } from '../target';

/** Kibana allows three fields to group by in all of its versions that this export is for. */
const MAX_GROUP_FIELDS = 3;

/**
 * A count of one detection's matches as a threshold rule, where that means nearly the same: a threshold rule counts what
 * arrived in its lookback, whenever it happened, so the delay and the interval must be short beside the timespan.
 * Returns `null` where they are not, or where Lucene's syntax can't say the detection; ES|QL takes it then.
 */
export function thresholdFields(
  correlation: CorrelationRule,
  bases: Base[],
  least: number,
  differences: Differences,
): { specific: TypeFields; schedule: Schedule } | null {
  const [base, another] = bases;
  if (!base || another || Object.keys(correlation.aliases).length > 0) return null;
  if (correlation.groupBy.length > MAX_GROUP_FIELDS) return null;
  const schedule = thresholdSchedule(correlation.timespanMs, [base.contract]);
  if (!schedule) return null;
  const query = queryOrNull(base, differences);
  if (query === null) return null;
  differences.add(
    'finds more',
    `It counts what arrived within ${minutes(schedule.lookback)}, where the rule counts what happened within ${minutes(correlation.timespanMs)}: a burst that is slower by up to that much also alerts, and so may records that were held up and arrive together.`,
  );
  differences.add(
    'reports otherwise',
    'After an alert Kibana leaves the events up to it out of the next count of the same group.',
  );
  return {
    schedule,
    specific: {
      type: 'threshold',
      language: 'lucene',
      query,
      index: [indexPattern(base.contract)],
      threshold: { field: correlation.groupBy, value: least },
      alert_suppression: { duration: kibanaDuration(correlation.timespanMs) },
    },
  };
}

function queryOrNull({ rule, contract }: Base, differences: Differences): string | null {
  try {
    return luceneQuery(rule.plan.expr, new ExportedFields(contract), differences);
  } catch (error) {
    if (error instanceof NotExportable) return null;
    throw error;
  }
}

function minutes(ms: number): string {
  return `${Math.round(ms / 6000) / 10} minutes`;
}
