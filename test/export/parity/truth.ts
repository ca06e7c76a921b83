import { correlateAll, fieldsOfDetections } from '@tollgate/sigma/correlate/chain';
import type { Match } from '@tollgate/sigma/correlate/match';
import type { Alert } from '@tollgate/sigma/correlate/types';
import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import type { DetectionRule, Rule } from '@tollgate/sigma/rules/model';
import type { Plan } from '@tollgate/sigma/rules/plan';
import { scalarAt, type Event } from '@tollgate/sigma/values/event';
import { huntAlerts } from '../../../tools/detection/hunt/alerts';
import { fieldsNeeded } from '../../../tools/detection/hunt/groups';
import type { HuntQuery } from '../../../tools/detection/hunt/types';
import type { Contract } from '../../../tools/telemetry/contract';
import { contractFor } from '../../../tools/telemetry/logsource';

/** An alert in memory: its group's values, when it began and ended and when it could be seen, in epoch milliseconds. */
export interface True {
  group: string;
  start: number;
  end: number;
  visible: number;
}

/** The events of each source, and what matched of them so far. */
export class Truth {
  private readonly matched = new Map<Plan, Match[]>();
  private correlated: Map<string, True[]> | null = null;

  constructor(
    private readonly rules: readonly Rule[],
    private readonly contracts: ReadonlyMap<string, Contract>,
    private readonly events: ReadonlyMap<string, Event[]>,
  ) {}

  /** The alerts of a correlation, and the events that a detection finds: each is an alert, whose time stands for its group. */
  rule(rule: Rule): readonly True[] {
    if (rule.kind === 'correlation') return (this.correlated ??= this.correlate()).get(rule.id)!;
    return this.matches(sourceOf(rule, this.contracts), rule.plan, []).map(({ time, ingested }) => ({
      group: String(time),
      start: time,
      end: time,
      visible: ingested,
    }));
  }

  private correlate(): Map<string, True[]> {
    const inputs = [...fieldsOfDetections(this.rules)].map(([id, fields]) => {
      const base = this.rules.find((rule) => rule.id === id) as DetectionRule;
      return { rule: id, fields, matches: this.matches(sourceOf(base, this.contracts), base.plan, fields) };
    });
    return new Map([...correlateAll(this.rules, inputs)].map(([id, { alerts }]) => [id, trueOf(alerts)]));
  }

  /** When the matches arrived that a rule counts, in order. */
  arrivals(rule: Rule): number[] {
    if (rule.kind === 'correlation')
      return rule.rules.flatMap((id) => this.arrivals(this.rules.find((one) => one.id === id)!)).sort((a, b) => a - b);
    return this.matches(sourceOf(rule, this.contracts), rule.plan, []).map(({ ingested }) => ingested);
  }

  /** The episodes of a query that is run from `start` to `end`. */
  query(query: HuntQuery, start: number, end: number): True[] {
    const fields = fieldsNeeded(query);
    const inputs = Object.entries(query.selections).map(([selection, plan]) => ({
      selection,
      fields,
      matches: this.matches(query.source, plan, fields),
    }));
    return trueOf(huntAlerts(query, inputs, { start, end }).alerts);
  }

  private matches(source: string, plan: Plan, fields: readonly string[]): Match[] {
    const known = this.matched.get(plan);
    if (known && fields.length === 0) return known;
    const holds = compilePredicate(plan);
    const found = (this.events.get(source) ?? []).flatMap((event, n) =>
      holds(event)
        ? [
            {
              event: n,
              time: Date.parse(event['@timestamp'] as string),
              ingested: Date.parse(scalarAt(event, 'event.ingested') as string),
              values: fields.map((field) => scalarAt(event, field)),
            },
          ]
        : [],
    );
    this.matched.set(plan, found);
    return found;
  }
}

function sourceOf(rule: DetectionRule, contracts: ReadonlyMap<string, Contract>): string {
  return contractFor(rule.logsource, contracts.values())!.id;
}

function trueOf(alerts: readonly Alert[]): True[] {
  return alerts.map(({ group, start, end, visible }) => ({
    group: groupKey(Object.values(group)),
    start,
    end,
    visible,
  }));
}

export function groupKey(values: readonly unknown[]): string {
  return JSON.stringify(values.map(String));
}
