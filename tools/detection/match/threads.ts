import type { Worker } from 'node:worker_threads';
import { Failure } from '../../foundation/content/failure';
import { startThread } from '../../foundation/threads/start-thread';
import type { ReadingBlock } from '../reading/open';
import type { Reading } from '../reading/reading';
import { BlockMatcher } from './block-matcher';
import type { BlockResult, Job } from './job';
import type { ThreadRequest } from './worker';

/** Blocks that may wait for a thread or for being taken, for each thread: a bound on memory. */
const WAITING = 4;

/** Young objects hardly outlive their event: in a small space they stay in the processor's cache. */
const LIMITS = { maxYoungGenerationSizeMb: 8 };

/**
 * Threads that match blocks of lines. They are started at once, so that they load while the rules are being read; then give
 * them the job, and the blocks.
 */
export class Threads {
  private readonly threads: Thread[];

  /** `count` 0: everything is done in this thread. */
  constructor(count: number) {
    this.threads = Array.from({ length: count }, () => new Thread());
  }

  /** The results of the blocks in their order. Throws what a thread throws. */
  async *match(job: Job, blocks: AsyncIterable<ReadingBlock>): AsyncGenerator<BlockResult> {
    if (this.threads.length === 0) {
      const matcher = new BlockMatcher(job);
      for await (const block of blocks) yield matcher.match(block.bytes, block.reading);
      return;
    }
    for (const thread of this.threads) thread.begin(job);
    const results: Promise<BlockResult>[] = [];
    let next = 0;
    for await (const block of blocks) {
      results.push(this.threads[next]!.match(block));
      next = (next + 1) % this.threads.length;
      if (results.length >= this.threads.length * WAITING) yield await results.shift()!;
    }
    for (const result of results) yield await result;
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.close()));
  }
}

/** One thread. It answers in the order in which it was asked. */
class Thread {
  private readonly worker: Worker;
  private readonly asked: { resolve: (result: BlockResult) => void; reject: (error: unknown) => void }[] = [];
  private failed: unknown = null;
  private reading: Reading | null = null;

  constructor() {
    this.worker = startThread(__dirname, 'worker', { resourceLimits: LIMITS });
    this.worker.on('message', (result: BlockResult) => this.asked.shift()!.resolve(result));
    this.worker.on('error', (error) => this.fail(error));
    this.worker.on('exit', (code) => this.fail(new Failure(3, `a thread ended with code ${code}`)));
  }

  begin(job: Job): void {
    this.ask({ job });
  }

  match({ bytes, reading }: ReadingBlock): Promise<BlockResult> {
    if (reading !== this.reading) this.ask({ reading });
    this.reading = reading;
    const result = new Promise<BlockResult>((resolve, reject) => {
      if (this.failed !== null) reject(this.failed as Error);
      else this.asked.push({ resolve, reject });
    });
    // It is awaited later, in the order of the blocks; until then a rejection is not unhandled.
    result.catch(() => undefined);
    const buffer = bytes.buffer as ArrayBuffer;
    this.ask({ bytes: buffer, offset: bytes.byteOffset, length: bytes.length }, [buffer]);
    return result;
  }

  close(): Promise<number> {
    return this.worker.terminate();
  }

  private ask(request: ThreadRequest, transfer: ArrayBuffer[] = []): void {
    this.worker.postMessage(request, transfer);
  }

  private fail(error: unknown): void {
    this.failed ??= error;
    for (const { reject } of this.asked.splice(0)) reject(this.failed);
  }
}
