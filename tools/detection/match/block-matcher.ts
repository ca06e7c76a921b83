import { scalarAt, type Event } from '@tollgate/sigma/values/event';
import { ManyPlans } from '@tollgate/sigma/memory/many';
import { BESIDE, ENVELOPE_KEYS } from '../../foundation/ndjson/envelope';
import { readBlock } from '../../foundation/ndjson/read-block';
import { readEvent } from '../../foundation/ndjson/read-event';
import { readerOf, type EventReader } from '../../foundation/ndjson/scanner';
import { ofAsset } from '../../telemetry/asset';
import { BlockReader } from '../reading/block-reader';
import type { Reading } from '../reading/reading';
import { emptyTally } from '../reading/summary';
import { TIME_FIELDS, timeOf } from '@tollgate/sigma/values/event-time';
import type { BlockResult, Job } from './job';

const OWN_TIME = ['@timestamp'];

/** Runs a job's plans on the bytes of blocks of lines. */
export class BlockMatcher {
  private readonly plans: ManyPlans;
  private readonly read: EventReader;
  private readonly readsAll: boolean;
  private reader: BlockReader | null = null;

  constructor(private readonly job: Job) {
    this.plans = new ManyPlans(job.plans);
    const fields = this.plans.cluesOn;
    this.readsAll = fields === null;
    this.read = fields === null ? readEvent : readerOf([...fields, ...ENVELOPE_KEYS]);
  }

  match(bytes: Buffer, reading: Reading): BlockResult {
    return reading.contracts === null ? this.matchLines(bytes, reading) : this.matchRecords(bytes, reading);
  }

  /** Of events that are taken as they come, few are read as a whole. */
  private matchLines(bytes: Buffer, { layout, assetId }: Reading): BlockResult {
    const result = emptyResult();
    const timeFields = this.job.timeFields ?? TIME_FIELDS;
    const take = (some: Event, number: number, _: number, start: number, end: number) => {
      result.tally.records++;
      const candidates = this.plans.candidates(ofAsset(some, assetId));
      if (candidates.length === 0) return;
      const event = this.readsAll ? some : readEvent(bytes, start, end)!;
      if (layout.kind === 'json') delete event[BESIDE];
      this.take(ofAsset(event, assetId), number, candidates, timeFields, result);
    };
    result.numbers = readBlock(bytes, this.read, {
      take,
      bad: (line, message, reason) => bad(result, line, message, reason),
    });
    return result;
  }

  private matchRecords(bytes: Buffer, reading: Reading): BlockResult {
    if (this.reader?.reading !== reading) this.reader = new BlockReader(reading);
    const result = emptyResult();
    const timeFields = this.job.timeFields ?? (reading.contracts?.length === 0 ? TIME_FIELDS : OWN_TIME);
    const { numbers, tally } = this.reader.read(bytes, {
      take: (record, delivered, number) => {
        for (const event of record?.events ?? [delivered])
          this.take(event, number, this.plans.candidates(event), timeFields, result);
      },
      bad: (line, message, reason) => bad(result, line, message, reason),
    });
    return { ...result, numbers, tally };
  }

  private take(
    event: Event,
    number: number,
    candidates: readonly number[],
    timeFields: readonly string[],
    result: BlockResult,
  ): void {
    const found = this.plans.among(candidates, event);
    for (const plan of found) result.found.push(number, plan);
    if (!found.some((plan) => this.job.needed[plan] !== null)) return;
    const time = timeOf(event, timeFields);
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

function emptyResult(): BlockResult {
  return { numbers: 0, tally: emptyTally(), found: [], bad: [], correlated: [], untimed: [] };
}

function bad(result: BlockResult, line: number, message: string, reason: string | undefined): void {
  result.bad.push({ line, message, ...(reason !== undefined && { reason }) });
}
