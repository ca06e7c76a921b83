import type { Scalar } from '../content/event';
import type { CorrelationRule } from '../sigma/model';
import type { Entry } from './entry';
import { EventList } from './event-list';
import { distinct } from './tuples';
import type { CorrelationMatch } from './types';

/** What the correlations that refer to one need of it: `fields` are what the values of its matches are. */
export class Feed {
  /** The fields that it does not group by, and so has from its own matches. */
  readonly carried: readonly string[];

  constructor(
    private readonly rule: CorrelationRule,
    readonly fields: readonly string[],
  ) {
    this.carried = fields.filter((field) => !rule.groupBy.includes(field));
  }

  /**
   * An alert as a match of its correlation. It happens at the alert's start, and counts as delivered when the alert becomes
   * visible. A field that the correlation does not group by has the values of the deciding window.
   */
  match(
    group: readonly Scalar[],
    alert: { start: number; visible: number },
    deciding: readonly Entry[],
    limit = Infinity,
  ): CorrelationMatch {
    const list = new EventList(limit, true);
    for (const entry of deciding) list.add(entry);
    const events = list.sorted();
    return {
      event: events.at(-1)!,
      time: alert.start,
      ingested: alert.visible,
      values: this.fields.map((field) => {
        const position = this.rule.groupBy.indexOf(field);
        return position < 0 ? valuesOf(deciding, this.carried.indexOf(field)) : group[position]!;
      }),
      events,
      ...(list.more > 0 ? { more: list.more } : {}),
    };
  }
}

function valuesOf(entries: readonly Entry[], column: number): Scalar | Scalar[] | null {
  const values: Scalar[] = [];
  for (const { carried } of entries) {
    const value = carried![column] ?? null;
    if (Array.isArray(value)) for (const each of value) values.push(each);
    else if (value !== null) values.push(value);
  }
  const all = distinct(values);
  return all.length > 1 ? all : (all[0] ?? null);
}
