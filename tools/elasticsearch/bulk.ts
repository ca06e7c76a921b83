import type { Client } from '@elastic/elasticsearch';
import { Failure } from '../content/failure';
import { JsonBytes } from '../ndjson/json-bytes';
import type { SourcedEvent } from '../sigma/execution';
import { asFailure } from './client';
import { addDocument, type Beside, type Oddity } from './own';

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

/** Documents on their way into one request, as bytes: texts are work for the garbage collector. */
interface Body {
  json: JsonBytes;
  documents: number;
}

/** Appends the two lines of an event in a request. Returns what is odd about it. */
export function addLines(json: JsonBytes, item: SourcedEvent, beside: Beside): Oddity[] {
  json.ascii(`{"index":{"_id":"${item.n}"}}\n`);
  const odd = addDocument(json, item, beside);
  json.ascii('\n');
  return odd;
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

  /** Adds an event's document, and returns what is odd about it. */
  add(index: string, item: SourcedEvent, beside: Beside): Oddity[] {
    let body = this.buffers.get(index);
    if (!body) this.buffers.set(index, (body = { json: new JsonBytes(REQUEST_BYTES + SLACK), documents: 0 }));
    const odd = addLines(body.json, item, beside);
    body.documents++;
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
  private async post(index: string, { json, documents }: Body): Promise<void> {
    const bulkBody = json.bytes.subarray(0, json.length);
    const ask = (fields: string): Promise<BulkAnswer> =>
      this.client.transport.request({
        method: 'POST',
        path: `/${index}/_bulk?timeout=10m&filter_path=${fields}`,
        bulkBody,
      });
    try {
      const { errors } = await ask('errors');
      if (errors === false) {
        this.confirmed += documents;
        return;
      }
      // An answer for each document is work for both sides, so it is asked for only here: the same documents again, under the same ids.
      const { items } = await ask('items.*._id,items.*.error');
      if (items?.length !== documents) {
        throw new Failure(3, `Elasticsearch answered for ${items?.length ?? 0} of ${documents} documents`);
      }
      const rejected = items.filter((item) => item.index?.error !== undefined);
      for (const { index: item } of rejected.slice(0, NAMED_DROPS - this.reasons.length)) {
        const { error } = item ?? {};
        this.reasons.push(`event ${item?._id}: ${error?.type}: ${error?.caused_by?.reason ?? error?.reason}`);
      }
      this.dropped += rejected.length;
      this.confirmed += documents - rejected.length;
    } catch (error) {
      this.failure ??= error;
    }
  }

  private check(): void {
    if (this.failure === undefined) return;
    throw asFailure(this.failure, `indexing (${this.confirmed} of ${this.sent} sent documents were confirmed)`);
  }
}
