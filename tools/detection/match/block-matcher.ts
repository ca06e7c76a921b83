import { scalarAt, type Event } from '@tollgate/sigma/values/event';
import { Failure } from '../../foundation/content/failure';
import { ManyPlans } from '@tollgate/sigma/memory/many';
import { ENVELOPE_KEYS } from '../../foundation/ndjson/envelope';
import { readBlock } from '../../foundation/ndjson/read-block';
import { readEvent } from '../../foundation/ndjson/read-event';
import { readerOf, type EventReader } from '../../foundation/ndjson/scanner';
import { completer } from '../../telemetry/complete';
import { timeOf } from '@tollgate/sigma/values/event-time';
import type { BlockResult, Job } from './job';

/** Runs a job's plans on the bytes of blocks of lines. */
export class BlockMatcher {
  private readonly plans: ManyPlans;
  private readonly read: EventReader;
  private readonly readsAll: boolean;
  private readonly complete: (event: Event) => Event;

  constructor(private readonly job: Job) {
    this.plans = new ManyPlans(job.plans);
    const fields = job.contract === null ? this.plans.cluesOn : null;
    this.readsAll = fields === null;
    this.read = fields === null ? readEvent : readerOf([...fields, ...ENVELOPE_KEYS]);
    this.complete = job.contract === null ? (event) => event : completer(job.contract);
  }

  match(bytes: Buffer): BlockResult {
    const result: BlockResult = { numbers: 0, events: 0, found: [], bad: [], correlated: [], untimed: [] };
    const bad = (line: number, message: string) => result.bad.push({ line, message });
    const take = (some: Event, number: number, line: number, start: number, end: number) => {
      result.events++;
      try {
        const completed = this.complete(some);
        const candidates = this.plans.candidates(completed);
        if (candidates.length === 0) return;
        // Few events come so far; the others were not read as a whole.
        const event = this.readsAll ? completed : readEvent(bytes, start, end)!;
        const found = this.plans.among(candidates, event);
        for (const plan of found) result.found.push(number, plan);
        this.correlate(number, found, event, result);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        result.events--;
        bad(line, error.message);
      }
    };
    result.numbers = readBlock(bytes, this.read, { take, bad });
    return result;
  }

  private correlate(number: number, found: readonly number[], event: Event, result: BlockResult): void {
    if (!found.some((plan) => this.job.needed[plan] !== null)) return;
    const time = timeOf(event, this.job.timeFields);
    if (time === null) {
      result.untimed.push(number);
      return;
    }
    for (const plan of found) {
      const fields = this.job.needed[plan]!;
      if (fields === null) continue;
      const values = fields.map((field) => scalarAt(event, field));
      result.correlated.push({ plan, match: { event: number, time, ingested: time, values } });
    }
  }
}
