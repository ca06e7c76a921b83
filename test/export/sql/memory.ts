import { correlateAll, fieldsOfDetections } from '@tollgate/sigma/correlate/chain';
import type { Alert, CorrelationInput } from '@tollgate/sigma/correlate/types';
import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import type { DetectionRule, Rule } from '@tollgate/sigma/rules/model';
import { scalarAt, type Event } from '@tollgate/sigma/values/event';
import { fieldsNeeded, type HuntInput } from '../../../tools/detection/hunt/groups';
import type { HuntQuery } from '../../../tools/detection/hunt/types';
import type { Contract } from '../../../tools/telemetry/contract';
import { deriver } from '../../../tools/telemetry/derive';
import { contractFor } from '../../../tools/telemetry/logsource';
import type { Delivered } from './warehouse';

/** An event as the engine in memory sees it. */
export interface Held {
  n: number;
  source: string;
  event: Event;
  time: number;
  ingested: number;
}

/** What the engine in memory makes of records, by the contracts' own derivations. */
export function held(delivered: readonly Delivered[], contracts: ReadonlyMap<string, Contract>): Held[] {
  const derivers = new Map([...contracts].map(([id, contract]) => [id, deriver(contract)]));
  return delivered.map(({ source, record, ingested }, n) => {
    const event = derivers.get(source)!(record, ingested);
    return { n, source, event, time: Date.parse(event['@timestamp'] as string), ingested };
  });
}

/** The events that a detection matches. */
export function matched(
  rule: DetectionRule,
  events: readonly Held[],
  contracts: ReadonlyMap<string, Contract>,
): Held[] {
  const source = contractFor(rule.logsource, contracts.values())?.id;
  const holds = compilePredicate(rule.plan);
  return events.filter((one) => one.source === source && holds(one.event));
}

/** The alerts of every correlation. */
export function alertsOf(
  rules: readonly Rule[],
  events: readonly Held[],
  contracts: ReadonlyMap<string, Contract>,
): Map<string, Alert[]> {
  const fields = fieldsOfDetections(rules);
  const inputs = rules.flatMap((rule): CorrelationInput[] => {
    const needed = fields.get(rule.id);
    if (rule.kind !== 'detection' || needed === undefined) return [];
    const matches = matched(rule, events, contracts).map(({ n, time, ingested, event }) => ({
      event: n,
      time,
      ingested,
      values: needed.map((field) => scalarAt(event, field)),
    }));
    return [{ rule: rule.id, fields: needed, matches }];
  });
  return new Map([...correlateAll(rules, inputs)].map(([id, { alerts }]) => [id, alerts]));
}

/** What the selections of a query match. */
export function huntInputs(query: HuntQuery, events: readonly Held[]): HuntInput[] {
  const fields = fieldsNeeded(query);
  return Object.entries(query.selections).map(([selection, plan]) => {
    const holds = compilePredicate(plan);
    const matches = events
      .filter(({ source, event }) => source === query.source && holds(event))
      .map(({ n, time, ingested, event }) => ({
        event: n,
        time,
        ingested,
        values: fields.map((field) => scalarAt(event, field)),
      }));
    return { selection, fields, matches };
  });
}
