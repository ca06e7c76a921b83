import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Found, Order, Shared } from './worker';

const COMPILER = join(__dirname, '../../bin/compiler.js');

/** No input takes near this much of a processor; one that does is a hang. A busy machine makes none. */
const HANG_CPU_SECONDS = 20;
const LOOK_EVERY_MS = 1000;
/** Nor near this much memory. */
const MAX_HEAP_MB = 512;
const MAX_INPUT_BYTES = 1024 * 1024;

/** Runs targets in a thread of its own, which is stopped when an input takes too long or too much memory. */
export class Guard {
  private readonly shared: Shared = {
    state: new Int32Array(new SharedArrayBuffer(8)),
    input: new Uint8Array(new SharedArrayBuffer(MAX_INPUT_BYTES)),
  };
  private worker: Worker | null = null;

  /** Checks `runs` inputs that `seed` determines. Returns what was found, with the input; `null` when nothing was. */
  run(target: string, seed: number, runs: number): Promise<Found | null> {
    const worker = (this.worker ??= this.start());
    return new Promise((resolve) => {
      let seen = -1;
      let since = 0;
      const timer = setInterval(() => {
        const { user, system } = process.cpuUsage();
        const now = (user + system) / 1e6;
        const input = Atomics.load(this.shared.state, 0);
        if (input !== seen) [seen, since] = [input, now];
        else if (now - since > HANG_CPU_SECONDS)
          stop(`an input takes more than ${HANG_CPU_SECONDS} seconds of a processor`);
      }, LOOK_EVERY_MS);
      const end = (found: Found | null): void => {
        clearInterval(timer);
        worker.off('message', end);
        worker.off('error', stop);
        resolve(found);
      };
      const stop = (error: unknown): void => {
        void worker.terminate();
        this.worker = null;
        const { state, input } = this.shared;
        end({ error: String(error), input: input.slice(0, Atomics.load(state, 1)) });
      };
      worker.on('message', end);
      worker.on('error', stop);
      worker.postMessage({ target, seed, runs } satisfies Order);
    });
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private start(): Worker {
    return new Worker(join(__dirname, 'worker.ts'), {
      workerData: this.shared,
      execArgv: ['-r', COMPILER],
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
  }
}
