import { scalarAt, type Event } from '../content/event';
import { Failure } from '../content/failure';
import { ManyPlans } from '../memory/many';
import type { Block } from '../ndjson/blocks';
import { readBlock } from '../ndjson/read-block';
import { completer } from '../telemetry/complete';
import { timeOf } from './event-time';
import type { BlockResult, Job } from './job';

/** Runs a job's plans on blocks of lines. */
export class BlockMatcher {
  private readonly plans: ManyPlans;
  private readonly complete: (event: Event) => Event;

  constructor(private readonly job: Job) {
    this.plans = new ManyPlans(job.plans);
    this.complete = job.contract === null ? (event) => event : completer(job.contract);
  }

  match(block: Block): BlockResult {
    const result: BlockResult = { lines: 0, events: 0, found: [], bad: [], correlated: [], untimed: [] };
    const bad = (line: number, message: string) => result.bad.push({ line, message });
    const take = (line: number, event: Event) => {
      let whole: Event;
      try {
        whole = this.complete(event);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        bad(line, error.message);
        return;
      }
      this.take(line, whole, result);
    };
    result.lines = readBlock(block, take, bad);
    return result;
  }

  private take(line: number, event: Event, result: BlockResult): void {
    result.events++;
    let time: number | null | undefined;
    for (const plan of this.plans.matching(event)) {
      result.found.push(line, plan);
      const fields = this.job.needed[plan]!;
      if (fields === null) continue;
      if (time === undefined) {
        time = timeOf(event, this.job.timeFields);
        if (time === null) result.untimed.push(line);
      }
      if (time === null) continue;
      const values = fields.map((field) => scalarAt(event, field));
      result.correlated.push({ plan, match: { event: line, time, ingested: time, values } });
    }
  }
}
