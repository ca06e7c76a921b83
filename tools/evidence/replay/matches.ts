import type { Match } from '@tollgate/sigma/correlate/match';
import type { MatchRequest } from '../../detection/engine/execution';
import type { Plan } from '@tollgate/sigma/rules/plan';
import type { LabelStore } from './labels';
import { Dictionary, MatchTable } from './match-table';
import { RowGroups, Tuples } from './row-groups';

/** For matches of events without labels: all are of one stream. */
export const UNLABELLED = { occurrenceOf: () => 0 };

/** The requests of one run. Equal detections on one source are asked once, with the union of their fields. */
export class RequestBook {
  readonly requests: MatchRequest[] = [];
  private readonly known = new Map<string, number>();

  /** Returns the number of the request that answers it. */
  add(source: string, plan: Plan, fields: string[]): number {
    const key = `${source} ${JSON.stringify(plan.expr)}`;
    let number = this.known.get(key);
    if (number === undefined) {
      number = this.requests.push({ source, plan, fields: [] }) - 1;
      this.known.set(key, number);
    }
    const request = this.requests[number]!;
    for (const field of fields) if (!request.fields.includes(field)) request.fields.push(field);
    return number;
  }
}

/** Which events a judgement looks at: ordinary traffic and these occurrences, from `from` to `to` (epoch ms, both included). */
export interface View {
  occurrences: number[];
  /** Only groups that this occurrence touches are of interest: the others are the same with and without it. */
  touching?: number;
  from: number;
  to: number;
}

/** All matches of a run, so that a branch is put together without a search. */
export class MatchStore {
  private readonly dictionary = new Dictionary();
  private readonly tuples = new Tuples();
  private readonly tables: MatchTable[];
  private readonly indexes = new Map<string, RowGroups | null>();

  /** Without matches; `add` brings them. */
  constructor(
    readonly requests: MatchRequest[],
    private readonly labels: Pick<LabelStore, 'occurrenceOf'>,
  ) {
    this.tables = requests.map(({ fields }) => new MatchTable(fields.length, this.dictionary));
  }

  /** Takes a match of a request; those of one request come in the order of (time, event). */
  add(request: number, match: Match): void {
    this.tables[request]!.push(match, this.labels.occurrenceOf(match.event));
  }

  table(request: number): MatchTable {
    return this.tables[request]!;
  }

  /** A request's matches that belong to one occurrence, 0 for ordinary traffic. */
  of(request: number, occurrence: number): Match[] {
    const table = this.tables[request]!;
    const found: Match[] = [];
    for (let row = 0; row < table.length; row++)
      if (table.occurrences[row] === occurrence) found.push(table.match(row));
    return found;
  }

  /** A request's matches in the view, in the order of (time, event). */
  select(request: number, view: View): Match[] {
    const table = this.tables[request]!;
    const end = table.firstAt(view.to + 1);
    const found: Match[] = [];
    for (let row = table.firstAt(view.from); row < end; row++)
      if (isIn(view, table.occurrences[row]!)) found.push(table.match(row));
    return found;
  }

  /** The same, of these groups of an index only. */
  selectGroups(request: number, index: RowGroups, groups: Iterable<number>, view: View): Match[] {
    const table = this.tables[request]!;
    const [first, end] = [table.firstAt(view.from), table.firstAt(view.to + 1)];
    const rows: number[] = [];
    for (const group of groups)
      for (const row of index.rowsOf(group))
        if (row >= first && row < end && isIn(view, table.occurrences[row]!)) rows.push(row);
    return Array.from(Uint32Array.from(rows).sort(), (row) => table.match(row));
  }

  /** The events of those of a request's rows that are in the view. */
  eventsOf(request: number, rows: Iterable<number>, view: View): number[] {
    const table = this.tables[request]!;
    const [first, end] = [table.firstAt(view.from), table.firstAt(view.to + 1)];
    const found: number[] = [];
    for (const row of rows)
      if (row >= first && row < end && isIn(view, table.occurrences[row]!)) found.push(table.events[row]!);
    return found;
  }

  /** A request's rows by the groups of some fields; null where there are no fields, or where one of them holds lists. */
  groupsBy(request: number, fields: string[]): RowGroups | null {
    const columns = fields.map((field) => this.requests[request]!.fields.indexOf(field));
    const key = `${request} ${columns.join(' ')}`;
    let index = this.indexes.get(key);
    if (index === undefined) {
      const table = this.tables[request]!;
      const isPlain = columns.length > 0 && columns.every((column) => column >= 0 && !table.hasList[column]);
      this.indexes.set(key, (index = isPlain ? new RowGroups(table, columns, this.tuples) : null));
    }
    return index;
  }
}

function isIn({ occurrences }: View, occurrence: number): boolean {
  return occurrence === 0 || occurrences.includes(occurrence);
}
