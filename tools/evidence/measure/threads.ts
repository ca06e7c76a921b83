import type { Worker } from 'node:worker_threads';
import { Failure } from '../../foundation/content/failure';
import { startThread } from '../../foundation/content/thread';
import type { UnitResult } from '../replay/unit';
import type { UnitSpec } from './plan';
import type { UnitShare } from './run';

/** What a thread that measures is started with. */
export interface Settings {
  datasets?: string | undefined;
  url?: string | undefined;
  allowRemoteWrite?: boolean | undefined;
}

/** What it is told, and what it answers. */
export type Order = { unit: UnitSpec; only?: readonly string[] };
export type Answer =
  | ({ kind: 'progress' } & UnitShare)
  | { kind: 'result'; result: UnitResult }
  | { kind: 'failure'; exitCode: 1 | 2 | 3; message: string; hint?: string };

/** What a unit of the largest world may take, MB. */
const HEAP_MB = 6144;

/** One thread that measures units, one after the other, in a memory of its own, which a large unit fills. */
export class Measurer {
  private readonly thread: Worker;
  /** The unit that is being measured. */
  private current: {
    unit: UnitSpec;
    onProgress: (progress: UnitShare) => void;
    resolve: (result: UnitResult) => void;
    reject: (error: unknown) => void;
  } | null = null;

  /** `module`: what the thread runs, of `folder`. */
  constructor(folder: string, module: string, { datasets, url, allowRemoteWrite }: Settings) {
    const workerData: Settings = { datasets, url, allowRemoteWrite };
    this.thread = startThread(folder, module, { workerData, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } });
    this.thread.on('message', (answer: Answer) => this.take(answer));
    this.thread.on('error', (error) => this.fail(error));
    this.thread.on('exit', () => this.fail(new Error('the thread has ended')));
  }

  /** Measures a unit, or `only` the rules and queries with these ids in it. Throws the thread's `Failure`, or one (3) where it died. */
  measure(unit: UnitSpec, onProgress: (progress: UnitShare) => void, only?: readonly string[]): Promise<UnitResult> {
    return new Promise((resolve, reject) => {
      this.current = { unit, onProgress, resolve, reject };
      this.thread.postMessage({ unit, ...(only && { only }) } satisfies Order);
    });
  }

  async close(): Promise<void> {
    await this.thread.terminate();
  }

  private take(answer: Answer): void {
    switch (answer.kind) {
      case 'progress':
        this.current?.onProgress(answer);
        return;
      case 'result':
        this.done()?.resolve(answer.result);
        return;
      case 'failure':
        this.done()?.reject(new Failure(answer.exitCode, answer.message, answer.hint));
    }
  }

  private fail(error: Error): void {
    const unit = this.done();
    if (unit === null) return;
    const { world, seed } = unit.unit;
    const hint = 'the largest world needs about 4 GB a thread; fewer --jobs need less. What is finished is kept';
    unit.reject(new Failure(3, `measuring ${world} with seed ${seed} failed: ${error.message}`, hint));
  }

  private done(): typeof this.current {
    const { current } = this;
    this.current = null;
    return current;
  }
}
