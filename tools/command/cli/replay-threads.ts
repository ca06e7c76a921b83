import { availableParallelism } from 'node:os';
import { JobThread } from '../../foundation/threads/job-thread';
import { sideBySide } from '../../foundation/threads/side-by-side';
import type { Progress } from '../../detection/engine/execution';
import type { MeasuredContent } from '../../evidence/measure/unit';
import type { UnitResult } from '../../evidence/replay/unit';
import type { World } from '../../simulate/world';
import { sum } from '../../foundation/statistics/sum';
import { HEAP_MB } from './limits';
import { secondsFor } from './measure-units';
import type { ReplayJob, ReplaySettings } from './replay-worker';

/** A thread loads the content first, which takes two seconds (ours, measured): with less work than this it is not worth it. */
const WORTH_A_THREAD = 6;

/** Worlds at once unless more are asked for: each takes memory, and they share one Elasticsearch. */
const MOST_THREADS = 4;

/** In how many threads to replay worlds of these weights, in sends, with so many rules and queries: as many as were asked for, else as many as pay. */
export function threadsFor(weights: number[], detectors: number, asked?: number): number {
  if (asked !== undefined) return Math.min(asked, weights.length);
  const pay = Math.floor(secondsFor(sum(weights), detectors) / WORTH_A_THREAD);
  return Math.max(1, Math.min(pay, weights.length, MOST_THREADS, availableParallelism()));
}

type What = Pick<MeasuredContent, 'rules' | 'queries'> &
  Omit<ReplaySettings, 'ids'> & { weights: number[]; progress: Progress };

/**
 * Replays worlds, so many at once in threads, with what the command has found in the content. The node that they use runs already.
 * Throws what `runUnit` throws.
 */
export async function inThreads(worlds: World[], what: What, jobs: number): Promise<UnitResult[]> {
  const { rules, queries, weights, progress } = what;
  const settings = settingsOf(
    what,
    [...rules, ...queries].map(({ id }) => id),
  );
  const threads = Array.from(
    { length: jobs },
    () =>
      new JobThread<ReplayJob, UnitResult>({
        folder: __dirname,
        module: 'replay-worker',
        settings,
        resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
        died: (world) => ({ doing: `replaying ${world}`, hint: 'fewer --jobs need less memory' }),
      }),
  );
  const weightOf = new Map(worlds.map(({ name }, index) => [name, weights[index]!]));
  try {
    return await sideBySide<ReplayJob, UnitResult>({
      jobs: [...weightOf.keys()],
      weightOf: (world) => weightOf.get(world)!,
      workers: threads.map((thread) => (world, onProgress) => thread.run(world, onProgress)),
      eventsOf: ({ events }) => events.expected,
      tell: ({ done, events, share }) =>
        progress.update(`${done} of ${worlds.length} worlds`, events, undefined, share),
    });
  } finally {
    await Promise.all(threads.map((thread) => thread.close()));
  }
}

/** What crosses to a thread, which takes plain values alone. */
function settingsOf(what: What, ids: string[]): ReplaySettings {
  const { layout, placeholders, param, engine, window, pictured, seed, days, scenario } = what;
  const { url, allowRemoteWrite, keep } = what;
  return {
    layout,
    placeholders,
    param,
    ids,
    engine,
    window,
    pictured,
    seed,
    days,
    scenario,
    url,
    allowRemoteWrite,
    keep,
  };
}
