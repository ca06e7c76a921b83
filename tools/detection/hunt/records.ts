import { scalarAt, type Event } from '@tollgate/sigma/values/event';
import { Failure } from '../../foundation/content/failure';
import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import { completer } from '../../telemetry/complete';
import type { Contract } from '../../telemetry/contract';
import { readTime } from '@tollgate/sigma/values/date-time';
import { fieldsNeeded, type HuntInput } from './groups';
import type { HuntQuery, HuntRun } from './types';

/** The time in which events can matter to a run, [from, to): its baseline, its window, and what `also` may follow. */
export function spanOf(query: HuntQuery, run: HuntRun): { from: number; to: number } {
  return { from: run.from - query.baselineMs, to: run.to + query.window.settleMs };
}

/**
 * Matches a query's selections in this process, against records that are given one by one. A record may be the vendor's
 * own, then its `@timestamp` and derived fields are computed here; or one that has them, as an index does.
 */
export class RecordMatcher {
  readonly inputs: HuntInput[];
  /** How many records were in the span. */
  private records = 0;
  private readonly matchers: { input: HuntInput; holds: (event: Event) => boolean }[];
  private readonly derive: (record: Event) => Event;
  private readonly fields: string[];

  constructor(
    query: HuntQuery,
    contract: Contract,
    private readonly span = { from: -Infinity, to: Infinity },
  ) {
    this.fields = fieldsNeeded(query);
    this.matchers = Object.entries(query.selections).map(([selection, plan]) => ({
      input: { selection, fields: this.fields, matches: [] },
      holds: compilePredicate(plan),
    }));
    this.inputs = this.matchers.map(({ input }) => input);
    this.derive = completer(contract);
  }

  /** Looks at one record. Returns its time. Throws a `Failure` (1) where it has none, or none in its source's format. */
  take(record: Event): number {
    const event = this.derive(record);
    const timestamp = scalarAt(event, '@timestamp');
    const time = readTime(timestamp);
    if (time === null)
      throw new Failure(1, `the record's @timestamp is ${JSON.stringify(timestamp)}, which is not a time`);
    if (!(time >= this.span.from && time < this.span.to)) return time;
    const number = this.records++;
    for (const { input, holds } of this.matchers) {
      if (!holds(event)) continue;
      const values = this.fields.map((field) => scalarAt(event, field));
      // A record at hand has been ingested: a file or an index is searched for what it holds now.
      input.matches.push({ event: number, time, ingested: time, values });
    }
    return time;
  }
}
