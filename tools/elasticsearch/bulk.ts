import type { Client } from '@elastic/elasticsearch';
import { Failure } from '../content/failure';
import { asFailure } from './client';

/** A request's size at which it is sent. Larger ones are not faster, and every source fills one. */
const REQUEST_BYTES = 2 * 1024 * 1024;
/** While one request travels, the node works on another. */
const IN_FLIGHT = 2;
/** How many of the dropped documents a message names. */
const NAMED_DROPS = 3;

interface BulkAnswer {
  errors?: boolean;
  items?: { index?: { _id?: string; error?: { type?: string; reason?: string; caused_by?: { reason?: string } } } }[];
}

/**
 * Writes events into indices with bounded memory, and knows for each index how many were confirmed. Every document that
 * the node rejects is kept for the failure that `finish` throws.
 */
export class BulkWriter {
  private readonly buffers = new Map<string, string[]>();
  private readonly sizes = new Map<string, number>();
  private readonly flying = new Set<Promise<void>>();
  private failure: unknown;
  private dropped = 0;
  private readonly reasons: string[] = [];
  private sent = 0;
  private confirmed = 0;

  constructor(private readonly client: Client) {}

  /** Adds one event's document, as JSON text. Waits while enough requests are on their way. */
  async add(index: string, n: number, document: string): Promise<void> {
    const lines = `{"index":{"_id":"${n}"}}\n${document}\n`;
    const buffer = this.buffers.get(index) ?? [];
    buffer.push(lines);
    this.buffers.set(index, buffer);
    const size = (this.sizes.get(index) ?? 0) + lines.length;
    this.sizes.set(index, size);
    if (size >= REQUEST_BYTES) await this.send(index);
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
    const lines = this.buffers.get(index) ?? [];
    this.buffers.set(index, []);
    this.sizes.set(index, 0);
    if (lines.length === 0) return;
    while (this.flying.size >= IN_FLIGHT) await Promise.race(this.flying);
    this.check();
    this.sent += lines.length;
    const request = this.post(index, lines).finally(() => this.flying.delete(request));
    this.flying.add(request);
  }

  /** Never rejects: what goes wrong is thrown by the next call of `check`. */
  private async post(index: string, lines: string[]): Promise<void> {
    try {
      const answer = await this.client.transport.request<BulkAnswer>({
        method: 'POST',
        path: `/${index}/_bulk?filter_path=errors,items.*._id,items.*.error`,
        bulkBody: lines.join(''),
      });
      if (answer.items?.length !== lines.length) {
        throw new Failure(3, `Elasticsearch answered for ${answer.items?.length ?? 0} of ${lines.length} documents`);
      }
      const errors = answer.items.filter((item) => item.index?.error !== undefined);
      for (const { index: item } of errors.slice(0, NAMED_DROPS - this.reasons.length)) {
        const { error } = item ?? {};
        this.reasons.push(`event ${item?._id}: ${error?.type}: ${error?.caused_by?.reason ?? error?.reason}`);
      }
      this.dropped += errors.length;
      this.confirmed += lines.length - errors.length;
    } catch (error) {
      this.failure ??= error;
    }
  }

  private check(): void {
    if (this.failure === undefined) return;
    throw asFailure(this.failure, `indexing (${this.confirmed} of ${this.sent} sent documents were confirmed)`);
  }
}
