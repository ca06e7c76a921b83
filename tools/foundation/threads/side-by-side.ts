import type { DoJob, JobShare } from './job-thread';

/** How far jobs are that are done side by side. */
export interface JobsProgress {
  /** Jobs that are done. */
  done: number;
  /** Of all jobs, those under way included. */
  events: number;
  seconds: number;
  /** The part of the work that is done, from 0 to 1. */
  share: number;
}

export interface SideBySide<Job, Result> {
  jobs: Job[];
  /** About how much work a job is, in any unit. */
  weightOf: (job: Job) => number;
  /** As many jobs are under way at once as there are of these. */
  workers: DoJob<Job, Result>[];
  /** The events of a finished job. */
  eventsOf: (result: Result) => number;
  /** Hears of each result at once. What it throws ends the run as a failed job does. */
  finished?: (job: Job, result: Result) => void;
  tell: (progress: JobsProgress) => void;
}

/**
 * Does jobs side by side, the largest first so that none is alone at the end. Resolves to their results, in the order of the jobs. After
 * the first failure no job is begun; those under way are waited for, and the failure is thrown.
 */
export async function sideBySide<Job, Result>(options: SideBySide<Job, Result>): Promise<Result[]> {
  const { jobs, weightOf, workers, eventsOf, finished, tell } = options;
  const results = new Map<Job, Result>();
  const underWay = new Map<Job, JobShare>();
  const work = jobs.reduce((sum, job) => sum + weightOf(job), 0);
  const began = performance.now();
  let [doneEvents, doneWork] = [0, 0];
  const report = (): void => {
    let [events, workDone] = [doneEvents, doneWork];
    for (const [job, progress] of underWay) {
      events += progress.events;
      workDone += progress.share * weightOf(job);
    }
    const seconds = (performance.now() - began) / 1000;
    tell({ done: results.size, events, seconds, share: work > 0 ? workDone / work : 1 });
  };
  let failed = false;
  const waiting = [...jobs].sort((a, b) => weightOf(b) - weightOf(a)).values();
  const follow = async (worker: DoJob<Job, Result>): Promise<void> => {
    for (const job of waiting) {
      try {
        const result = await worker(job, (progress) => {
          underWay.set(job, progress);
          report();
        });
        underWay.delete(job);
        finished?.(job, result);
        results.set(job, result);
        doneEvents += eventsOf(result);
        doneWork += weightOf(job);
        report();
      } catch (error) {
        failed = true;
        throw error;
      }
      if (failed) return;
    }
  };
  for (const ended of await Promise.allSettled(workers.map(follow)))
    if (ended.status === 'rejected') throw ended.reason;
  return jobs.map((job) => results.get(job)!);
}
