import type { CorrelationRule } from '@tollgate/sigma/rules/model';
import { NotExportable } from '../target';
import { lowerBound, wantsAll } from './bound';
import { columns, joined, pipe } from './commands';
import { esqlCondition, quote } from './expression';
import { ALERT_ASSET, ExportedFields, type Differences } from './fields';
import { candidates, follows, holds, TIMES } from './holds';
import { indexPattern } from './names';
import { untold } from './newness';
import { readMatches, type Base } from './rows';
import type { Schedule } from './schedule';

/** One event is one row, with what Kibana needs to link its alert to it. */
export function esqlDetection({ rule, contract }: Base, differences: Differences): string {
  return pipe([
    `FROM ${indexPattern(contract)} METADATA _id, _index, _version`,
    `WHERE ${esqlCondition(rule.plan.expr, new ExportedFields(contract), differences)}`,
    `EVAL ${ALERT_ASSET} = ${columns([contract.roles.asset])[0]!}`,
  ]);
}

/** At least so many events, different values or different rules within the timespan: exact, and told once. */
export function esqlCount(
  correlation: CorrelationRule,
  bases: Base[],
  schedule: Schedule,
  differences: Differences,
): string {
  const by = columns(correlation.groupBy);
  const least = lowerBound(correlation);
  const fields = correlation.type === 'value_count' ? (correlation.condition.field ?? []) : [];
  return pipe([
    ...readMatches(correlation, bases, fields, correlation.type !== 'event_count', differences),
    ...listsApart(fields, bases),
    `EVAL counted = ${countedColumn(correlation, bases)}`,
    TIMES,
    ...candidates(by, least, schedule),
    ...holds(by, least, correlation.timespanMs),
    ...untold(by, correlation.timespanMs),
  ]);
}

/** What a correlation counts, as one text. Two indices may have the same id. */
export function countedColumn({ type, condition }: CorrelationRule, bases: readonly Base[]): string {
  if (type === 'value_count') return joined(columns(condition.field ?? []));
  if (type === 'temporal') return 'rule';
  return new Set(bases.map(({ contract }) => contract)).size > 1 ? 'CONCAT(_index, " ", _id)' : '_id';
}

/** Each value of a list that is counted is a value of its own. */
export function listsApart(fields: readonly string[], bases: readonly Base[]): string[] {
  const isList = (field: string): boolean => bases.some(({ contract }) => new ExportedFields(contract).get(field).list);
  return columns(fields.filter(isList)).map((column) => `MV_EXPAND ${column}`);
}

/** Two rules of a group in the written order within the timespan, equal times allowed. */
export function esqlOrdered(
  correlation: CorrelationRule,
  bases: Base[],
  schedule: Schedule,
  differences: Differences,
): string {
  refuseMoreThanTwo(correlation);
  const by = columns(correlation.groupBy);
  return pipe([
    ...readMatches(correlation, bases, [], true, differences),
    'EVAL counted = rule',
    TIMES,
    ...candidates(by, 2, schedule),
    `EVAL kind = CASE(counted == ${quote(bases[0]!.rule.id)}, 1, 2)`,
    ...follows(by, correlation.timespanMs),
    ...untold(by, correlation.timespanMs),
  ]);
}

/** Of more rules in order, what lies between would have to be remembered. */
export function refuseMoreThanTwo(correlation: CorrelationRule): void {
  wantsAll(correlation);
  if (correlation.rules.length !== 2) {
    throw new NotExportable('A temporal_ordered correlation of more than two rules is not written for Elastic.');
  }
}
