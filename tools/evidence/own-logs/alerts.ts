import type { Scalar } from '@tollgate/sigma/values/event';
import type { Alert } from '@tollgate/sigma/correlate/types';
import type { MatchStore } from '../replay/matches';
import type { KnownIncident } from './incidents';
import type { MatchedEvents } from './matched-events';
import type { OwnAlert, SeenEvent } from './result';

/** Events of an alert that are shown. */
const SHOWN = 3;

/** Shows the alerts of one detector, whose detections are these requests. */
export class AlertViews {
  constructor(
    private readonly store: MatchStore,
    private readonly requests: readonly number[],
    private readonly events: MatchedEvents,
    private readonly incidents: readonly KnownIncident[],
  ) {}

  of(alert: Alert): OwnAlert {
    const ordered = [...alert.events].sort((a, b) => this.events.timeOf(a) - this.events.timeOf(b) || a - b);
    return {
      group: alert.group,
      start: iso(alert.start),
      end: iso(alert.end),
      visible: iso(alert.visible),
      value: alert.value,
      events: alert.events.length + (alert.more ?? 0),
      first: ordered.slice(0, SHOWN).map((event) => this.seen(event)),
      incidents: this.incidentsOf(alert),
    };
  }

  /** Positions of the incidents in which an alert has events. */
  incidentsOf({ events }: Pick<Alert, 'events'>): number[] {
    const found = new Set<number>();
    for (const event of events) {
      const time = this.events.timeOf(event);
      for (const [position, { start, end }] of this.incidents.entries())
        if (time >= start && time < end) found.add(position);
      if (found.size === this.incidents.length) break;
    }
    return [...found].sort((a, b) => a - b);
  }

  private seen(event: number): SeenEvent {
    const time = this.events.timeOf(event);
    const values: Record<string, Scalar | Scalar[]> = {};
    for (const request of this.requests) {
      const table = this.store.table(request);
      for (let row = table.firstAt(time); row < table.length && table.times[row] === time; row++) {
        if (table.events[row] !== event) continue;
        for (const [column, field] of this.store.requests[request]!.fields.entries()) {
          const value = table.valueAt(row, column);
          if (value !== null) values[field] = value;
        }
        break;
      }
    }
    return { time: iso(time), place: this.events.placeOf(event), values };
  }
}

/** A time as reports have it. */
export function iso(time: number): string {
  return new Date(time).toISOString();
}
