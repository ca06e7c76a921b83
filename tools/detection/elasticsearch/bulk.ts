import type { Client } from '@elastic/elasticsearch';
import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../../foundation/content/failure';
import { JsonBytes } from '../../foundation/ndjson/json-bytes';
import type { SourcedEvent } from '../engine/execution';
import { bulkAnswer, bulkItems, type BulkItem } from './answers';
import { Backoff } from './backoff';
import { asFailure } from './client';
import { addDocument, type Beside } from './own';
import { type Oddity } from '@tollgate/sigma-elasticsearch/oddity';
import { meansNoRoom, noRoom } from './room';

/** A request's size at which it is sent. Larger ones are not faster, and every source fills one. */
const REQUEST_BYTES = 2 * 1024 * 1024;
/** Room for one more document, unless it is a large one. */
const SLACK = 64 * 1024;
/** While one request travels and the next is being made, the node works on another. */
const IN_FLIGHT = 3;
/** How long the node may wait for a shard that it can write to. */
const START = '10s';
/** How many of the dropped documents a message names. */
const NAMED_DROPS = 3;

/** Documents on their way into one request, as bytes: texts are work for the garbage collector. */
interface Body {
  json: JsonBytes;
  /** Where the lines of each document end. */
  ends: number[];
}

/** Appends the two lines of an event in a request. Returns what is odd about it. */
export function addLines(json: JsonBytes, item: SourcedEvent, beside: Beside): Oddity[] {
  json.ascii(`{"index":{"_id":"${item.n}"}}\n`);
  const odd = addDocument(json, item, beside);
  json.ascii('\n');
  return odd;
}

/**
 * Writes events into indices with bounded memory. The first document that the node rejects ends it: the next call throws a
 * `Failure` (3). Those for which it is too busy are sent again.
 */
export class BulkWriter {
  private readonly buffers = new Map<string, Body>();
  private readonly flying = new Set<Promise<void>>();
  private failure: unknown;
  private sent = 0;
  private confirmed = 0;

  constructor(private readonly client: Client) {}

  /** Adds an event's document, and returns what is odd about it. */
  add(index: string, item: SourcedEvent, beside: Beside): Oddity[] {
    let body = this.buffers.get(index);
    if (!body) this.buffers.set(index, (body = { json: new JsonBytes(REQUEST_BYTES + SLACK), ends: [] }));
    const odd = addLines(body.json, item, beside);
    body.ends.push(body.json.length);
    return odd;
  }

  /** Sends what there is for an index once it fills a request. A promise is to be awaited: it waits while enough requests are on their way. */
  sendFull(index: string): Promise<void> | undefined {
    return this.buffers.get(index)!.json.length >= REQUEST_BYTES ? this.send(index) : undefined;
  }

  /** Sends the rest and waits for every answer. Throws a Failure (3) when any document was rejected or the node died. */
  async finish(): Promise<void> {
    for (const index of this.buffers.keys()) await this.send(index);
    await this.settle();
    this.check();
  }

  /** Waits for every request that is on its way, whatever comes of it. */
  async settle(): Promise<void> {
    await Promise.all(this.flying);
  }

  private async send(index: string): Promise<void> {
    const body = this.buffers.get(index);
    this.buffers.delete(index);
    if (!body) return;
    while (this.flying.size >= IN_FLIGHT) await Promise.race(this.flying);
    this.check();
    this.sent += body.ends.length;
    const request = this.post(index, body).finally(() => this.flying.delete(request));
    this.flying.add(request);
  }

  /** Never rejects: what goes wrong is thrown by the next call of `check`. */
  private async post(index: string, { json, ends }: Body): Promise<void> {
    const path = `/${index}/_bulk?timeout=${START}&filter_path=`;
    const ask = (bulkBody: Buffer, fields: string): Promise<unknown> =>
      this.client.transport.request({ method: 'POST', path: path + fields, bulkBody });
    try {
      const { errors } = bulkAnswer(await ask(json.bytes.subarray(0, json.length), 'errors'));
      // An answer for each document is work for both sides, so it is asked for only after an error: the same documents again, under the same ids.
      const backoff = new Backoff();
      let left = errors ? ends.map((end, i) => json.bytes.subarray(ends[i - 1] ?? 0, end)) : [];
      this.confirmed += ends.length - left.length;
      while (left.length > 0) {
        const items = bulkItems(
          await ask(Buffer.concat(left), 'items.*._id,items.*.status,items.*.error'),
          left.length,
        );
        const again = left.filter((_, i) => items[i]!.isBusy);
        const rejected = items.filter(({ reason, isBusy }) => reason !== null && !isBusy);
        this.confirmed += left.length - again.length - rejected.length;
        if (rejected.length > 0) throw await this.rejection(index, rejected);
        const pause = again.length > 0 ? backoff.next() : 0;
        if (pause === null)
          throw await this.rejection(
            index,
            items.filter(({ isBusy }) => isBusy),
          );
        left = again;
        await wait(pause);
      }
    } catch (error) {
      this.failure ??= error;
    }
  }

  private async rejection(index: string, rejected: BulkItem[]): Promise<Failure> {
    const reasons = rejected.slice(0, NAMED_DROPS).map(({ id, reason }) => `event ${id}: ${reason}`);
    if (rejected.some(({ reason }) => meansNoRoom(reason!))) return noRoom(this.client, index);
    return new Failure(
      3,
      `Elasticsearch rejected ${rejected.length} of ${this.sent} documents; the first: ${reasons.join(' | ')}`,
      'a field that the contract lacks, or a value of another shape, is the usual reason',
    );
  }

  private check(): void {
    if (this.failure === undefined) return;
    throw asFailure(this.failure, `indexing (${this.confirmed} of ${this.sent} sent documents were confirmed)`);
  }
}
