import { correlateAll, fieldsOfDetections } from '@tollgate/sigma/correlate/chain';
import type { Match } from '@tollgate/sigma/correlate/match';
import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import type { DetectionRule, Rule } from '@tollgate/sigma/rules/model';
import type { Plan } from '@tollgate/sigma/rules/plan';
import { scalarAt, type Event } from '@tollgate/sigma/values/event';
import { huntAlerts } from '../../../tools/detection/hunt/alerts';
import { fieldsNeeded } from '../../../tools/detection/hunt/groups';
import type { HuntQuery } from '../../../tools/detection/hunt/types';
import type { Contract } from '../../../tools/telemetry/contract';
import { contractFor } from '../../../tools/telemetry/logsource';

/** An alert in memory: its group's values, when it began and when it could be seen, in epoch milliseconds. */
export interface True {
  group: string;
  start: number;
  visible: number;
}

/** The events of each source, and what matched of them so far. */
export class Truth {
  private readonly matched = new Map<Plan, Match[]>();

  constructor(
    private readonly rules: Rule[],
    private readonly contracts: ReadonlyMap<string, Contract>,
    private readonly events: ReadonlyMap<string, Event[]>,
  ) {}

  /** The alerts of every correlation. */
  correlations(): Map<string, True[]> {
    const inputs = [...fieldsOfDetections(this.rules)].map(([id, fields]) => {
      const base = this.rules.find((rule) => rule.id === id) as DetectionRule;
      const source = contractFor(base.logsource, this.contracts.values())!.id;
      return { rule: id, fields, matches: this.matches(source, base.plan, fields) };
    });
    const results = correlateAll(this.rules, inputs);
    return new Map(
      [...results].map(([id, { alerts }]) => [
        id,
        alerts.map(({ group, start, visible }) => ({ group: groupKey(Object.values(group)), start, visible })),
      ]),
    );
  }

  /** When the matches arrived that a rule counts, in order. */
  arrivals(rule: Rule): number[] {
    if (rule.kind === 'correlation')
      return rule.rules.flatMap((id) => this.arrivals(this.rules.find((one) => one.id === id)!)).sort((a, b) => a - b);
    const source = contractFor(rule.logsource, this.contracts.values())!.id;
    return this.matches(source, rule.plan, []).map(({ ingested }) => ingested);
  }

  /** The episodes of a query that is run from `start` to `end`. */
  query(query: HuntQuery, start: number, end: number): True[] {
    const fields = fieldsNeeded(query);
    const inputs = Object.entries(query.selections).map(([selection, plan]) => ({
      selection,
      fields,
      matches: this.matches(query.source, plan, fields),
    }));
    return huntAlerts(query, inputs, { start, end }).alerts.map(({ group, start: began, visible }) => ({
      group: groupKey(Object.values(group)),
      start: began,
      visible,
    }));
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

export function groupKey(values: readonly unknown[]): string {
  return JSON.stringify(values.map(String));
}
