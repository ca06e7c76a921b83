import type { Client } from '@elastic/elasticsearch';
import { Failure } from '../content/failure';
import { asFailure } from './client';

/** A request's size at which it is sent. Larger ones are not faster, and every source fills one. */
const REQUEST_BYTES = 2 * 1024 * 1024;
/** Room for one more document, unless it is a large one. */
const SLACK = 64 * 1024;
/** While one request travels and the next is being made, the node works on another. */
const IN_FLIGHT = 3;
/** How many of the dropped documents a message names. */
const NAMED_DROPS = 3;

interface BulkAnswer {
  errors?: boolean;
  items?: { index?: { _id?: string; error?: { type?: string; reason?: string; caused_by?: { reason?: string } } } }[];
}

/** Documents on their way into one request, as bytes: long texts of many pieces are work for the garbage collector. */
class Body {
  documents = 0;
  private length = 0;
  private bytes = Buffer.allocUnsafe(REQUEST_BYTES + SLACK);

  get isFull(): boolean {
    return this.length >= REQUEST_BYTES;
  }

  add(text: string): void {
    // A UTF-16 unit is three bytes at most.
    const needed = this.length + 3 * text.length;
    if (needed > this.bytes.length) {
      const larger = Buffer.allocUnsafe(needed + SLACK);
      this.bytes.copy(larger, 0, 0, this.length);
      this.bytes = larger;
    }
    this.length += this.bytes.write(text, this.length);
    this.documents++;
  }

  take(): Buffer {
    return this.bytes.subarray(0, this.length);
  }
}

/**
 * Writes events into indices with bounded memory, and knows for each index how many were confirmed. Every document that
 * the node rejects is kept for the failure that `finish` throws.
 */
export class BulkWriter {
  private readonly buffers = new Map<string, Body>();
  private readonly flying = new Set<Promise<void>>();
  private failure: unknown;
  private dropped = 0;
  private readonly reasons: string[] = [];
  private sent = 0;
  private confirmed = 0;

  constructor(private readonly client: Client) {}

  /** Adds one event's document, as JSON text. A promise is to be awaited: it waits while enough requests are on their way. */
  add(index: string, n: number, document: string): Promise<void> | undefined {
    let body = this.buffers.get(index);
    if (!body) this.buffers.set(index, (body = new Body()));
    body.add(`{"index":{"_id":"${n}"}}\n${document}\n`);
    return body.isFull ? this.send(index) : undefined;
  }

  /** Sends the rest and waits for every answer. Throws a Failure (3) when any document was rejected or the node died. */
  async finish(): Promise<void> {
    for (const index of this.buffers.keys()) await this.send(index);
    await this.settle();
    this.check();
    if (this.dropped > 0) {
      throw new Failure(
        3,
        `Elasticsearch rejected ${this.dropped} of ${this.sent} documents; the first: ${this.reasons.join(' | ')}`,
        'a field that the contract lacks, or a value of another shape, is the usual reason',
      );
    }
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
    this.sent += body.documents;
    const request = this.post(index, body).finally(() => this.flying.delete(request));
    this.flying.add(request);
  }

  /** Never rejects: what goes wrong is thrown by the next call of `check`. */
  private async post(index: string, body: Body): Promise<void> {
    const { documents } = body;
    try {
      const answer = await this.client.transport.request<BulkAnswer>({
        method: 'POST',
        path: `/${index}/_bulk?filter_path=errors,items.*._id,items.*.error`,
        bulkBody: body.take(),
      });
      if (answer.items?.length !== documents) {
        throw new Failure(3, `Elasticsearch answered for ${answer.items?.length ?? 0} of ${documents} documents`);
      }
      const errors = answer.items.filter((item) => item.index?.error !== undefined);
      for (const { index: item } of errors.slice(0, NAMED_DROPS - this.reasons.length)) {
        const { error } = item ?? {};
        this.reasons.push(`event ${item?._id}: ${error?.type}: ${error?.caused_by?.reason ?? error?.reason}`);
      }
      this.dropped += errors.length;
      this.confirmed += documents - errors.length;
    } catch (error) {
      this.failure ??= error;
    }
  }

  private check(): void {
    if (this.failure === undefined) return;
    throw asFailure(this.failure, `indexing (${this.confirmed} of ${this.sent} sent documents were confirmed)`);
  }
}
