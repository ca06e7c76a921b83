import { parentPort, type ResourceLimits, type Worker } from 'node:worker_threads';
import { Failure } from '../content/failure';
import { startThread } from './start-thread';

/** How far a job is: events that have passed, and the part of its work that is done, from 0 to 1. */
export interface JobShare {
  events: number;
  share: number;
}

/** Does one job, and says how far it is now and then. */
export type DoJob<Job, Result> = (job: Job, onProgress: (progress: JobShare) => void) => Promise<Result>;

type Answer<Result> =
  | ({ kind: 'progress' } & JobShare)
  | { kind: 'result'; result: Result }
  | { kind: 'failure'; exitCode: 1 | 2 | 3; message: string; hint?: string };

/** What a thread runs, what it is started with, and what is said of a job during which it died. */
export interface JobThreadOptions<Job> {
  /** The folder and the module's name without its ending; it calls `answerJobs`. */
  folder: string;
  module: string;
  settings: unknown;
  resourceLimits?: ResourceLimits;
  /** Such as `measuring island-app with seed 101`, and what to do. */
  died: (job: Job) => { doing: string; hint: string };
}

/** A thread that does jobs, one after the other, in a memory of its own. Jobs, results and settings are copied, so they are plain values. */
export class JobThread<Job, Result> {
  private readonly thread: Worker;
  private current: {
    job: Job;
    onProgress: (progress: JobShare) => void;
    resolve: (result: Result) => void;
    reject: (error: unknown) => void;
  } | null = null;

  constructor(private readonly options: JobThreadOptions<Job>) {
    const { folder, module, settings, resourceLimits } = options;
    this.thread = startThread(folder, module, { workerData: settings, ...(resourceLimits && { resourceLimits }) });
    this.thread.on('message', (answer: Answer<Result>) => this.take(answer));
    this.thread.on('error', (error) => this.fail(error));
    this.thread.on('exit', () => this.fail(new Error('the thread has ended')));
  }

  /** Does a job. Rejects with the thread's `Failure`, or one (3) where it died. */
  run(job: Job, onProgress: (progress: JobShare) => void): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.current = { job, onProgress, resolve, reject };
      this.thread.postMessage(job);
    });
  }

  async close(): Promise<void> {
    await this.thread.terminate();
  }

  private take(answer: Answer<Result>): void {
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
    const current = this.done();
    if (current === null) return;
    const { doing, hint } = this.options.died(current.job);
    current.reject(new Failure(3, `${doing} failed: ${error.message}`, hint));
  }

  private done(): typeof this.current {
    const { current } = this;
    this.current = null;
    return current;
  }
}

/** In such a thread: does each job that comes, and answers. */
export function answerJobs<Job, Result>(doJob: DoJob<Job, Result>): void {
  const answer = (what: Answer<Result>): void => parentPort!.postMessage(what);
  const fail = (error: unknown): void => {
    const stack = error instanceof Error ? error.stack! : String(error);
    const { exitCode, message, hint } = error instanceof Failure ? error : new Failure(3, stack);
    answer({ kind: 'failure', exitCode, message, ...(hint !== undefined && { hint }) });
  };
  parentPort!.on('message', (job: Job) => {
    doJob(job, ({ events, share }) => answer({ kind: 'progress', events, share }))
      .then((result) => answer({ kind: 'result', result }))
      .catch(fail);
  });
}
