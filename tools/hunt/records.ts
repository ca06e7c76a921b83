import { scalarAt, type Event } from '../content/event';
import { compilePredicate } from '../memory/predicate';
import { completer } from '../telemetry/complete';
import type { Contract } from '../telemetry/contract';
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
  /** How many records were in the span, and the time of the last of them. */
  records = 0;
  latest = -Infinity;
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

  /** Looks at one record. Throws a `Failure` (1) where it has no time in its source's format. */
  take(record: Event): void {
    const event = this.derive(record);
    const time = Date.parse(String(scalarAt(event, '@timestamp')));
    if (!(time >= this.span.from && time < this.span.to)) return;
    if (time > this.latest) this.latest = time;
    const number = this.records++;
    for (const { input, holds } of this.matchers) {
      if (!holds(event)) continue;
      const values = this.fields.map((field) => scalarAt(event, field));
      // A record at hand has been ingested: a file or an index is searched for what it holds now.
      input.matches.push({ event: number, time, ingested: time, values });
    }
  }
}
