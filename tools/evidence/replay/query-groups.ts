import type { Scalar } from '@tollgate/sigma/values/event';
import {
  indexGroups,
  measuredFields,
  type HuntGroup,
  type GroupEvent,
  type GroupIndex,
  type HuntInput,
} from '../../detection/hunt/groups';
import type { HuntQuery } from '../../detection/hunt/types';
import type { MatchStore } from './matches';
import type { RowGroups } from './row-groups';

/** A selection of a query, and the request that answers it. */
export interface BookedSelection {
  selection: string;
  request: number;
}

/**
 * The groups of a query by occurrence, over the columns of the matches: a group's events are made when they are looked at,
 * since all of them at once would not fit for weeks of a large world. It gives what `indexGroups` does.
 */
export class QueryGroups {
  private readonly measured: string[];
  /** The events that were looked at last: twins and branches look at the same ones, one after the other. */
  private last: { part: Part; group: number; occurrence: number; events: GroupEvent[] }[] = [];

  constructor(
    private readonly query: HuntQuery,
    private readonly store: MatchStore,
    private readonly selections: BookedSelection[],
  ) {
    this.measured = measuredFields(query);
  }

  /** The groups that an occurrence has events in, 0 for ordinary traffic, with these alone. */
  of(occurrence: number): GroupIndex {
    const parts = this.selections.map(({ selection, request }) => {
      return { selection, request, index: this.store.groupsBy(request, this.query.groupBy) };
    });
    if (!parts.every((part): part is Part => part.index !== null))
      return indexGroups(this.query, this.inputs(occurrence));
    const groups = new Map<string, HuntGroup>();
    for (const part of parts)
      for (const [number, row] of part.index.firstRows(occurrence)) {
        const key = String(number);
        if (!groups.has(key)) groups.set(key, this.group(number, part, row, parts, occurrence));
      }
    const excluded = new Set<number>();
    for (const { request, index } of parts) {
      const { occurrences, events } = this.store.table(request);
      for (const row of index.without) if (occurrences[row] === occurrence) excluded.add(events[row]!);
    }
    return { groups, excluded: excluded.size };
  }

  /** The group with its values, which are those of any of its rows. */
  private group(number: number, { request }: Part, row: number, parts: Part[], occurrence: number): HuntGroup {
    const { fields } = this.store.requests[request]!;
    const { values } = this.store.table(request).match(row);
    const eventsIn = (part: Part) => this.events(part, number, occurrence);
    return {
      values: Object.fromEntries(this.query.groupBy.map((field) => [field, values[fields.indexOf(field)] as Scalar])),
      get events() {
        return parts.flatMap(eventsIn);
      },
    };
  }

  private events(part: Part, group: number, occurrence: number): GroupEvent[] {
    const known = this.last.find(
      (one) => one.part.selection === part.selection && one.group === group && one.occurrence === occurrence,
    );
    if (known) return known.events;
    const events = this.eventsOf(part, group, occurrence);
    this.last = [{ part, group, occurrence, events }, ...this.last].slice(0, 2 * this.selections.length);
    return events;
  }

  private eventsOf({ selection, request, index }: Part, group: number, occurrence: number): GroupEvent[] {
    const table = this.store.table(request);
    const columns = this.measured.map((field) => this.store.requests[request]!.fields.indexOf(field));
    const events: GroupEvent[] = [];
    for (const row of index.rowsOf(group))
      if (table.occurrences[row] === occurrence)
        events.push({
          selection,
          event: table.events[row]!,
          time: table.times[row]!,
          ingested: table.ingested[row]!,
          values: columns.map((column) => table.valueAt(row, column)),
        });
    return events;
  }

  private inputs(occurrence: number): HuntInput[] {
    return this.selections.map(({ selection, request }) => ({
      selection,
      fields: this.store.requests[request]!.fields,
      matches: this.store.of(request, occurrence),
    }));
  }
}

interface Part extends BookedSelection {
  index: RowGroups;
}
