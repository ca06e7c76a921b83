import { setTimeout as sleep } from 'node:timers/promises';
import type { Started } from '../../test/command/cli/started';
import { between, chance, type Key } from '../../tools/simulate/random';
import type { Trial } from '../trial';
import { SMALL } from './commands';
import type { Job } from './jobs';
import { DEADLINES, judgeInterrupted, judgeLeft, judgeSecrets, judgeWait, judgeWhole, type Signal } from './judge';
import { ended, type Lab, type Run } from './lab';
import { leftoversOf } from './leftovers';
import type { Release } from './watcher';

/** How a signal reaches a command, and how the table names it. */
export const WAYS: Record<Signal, { how: string; send: (started: Started) => void }> = {
  SIGKILL: { how: 'killed', send: (started) => started.kill('SIGKILL') },
  SIGTERM: { how: 'told to end', send: (started) => started.kill('SIGTERM') },
  SIGINT: { how: 'interrupted', send: (started) => started.killGroup('SIGINT') },
  SIGHUP: { how: 'its terminal closed', send: (started) => started.hangUp() },
};

/** One command that a signal ends in a phase, and the one after it on the same machine. */
export async function killCommand(lab: Lab, job: Job, by: Signal, key: Key, which: string): Promise<Trial> {
  const wrong: Trial['wrong'] = [];
  const place = lab.place();
  const truth = await lab.truth(SMALL);
  const { reached, after } = await job.arm(lab, place);
  const started = lab.start(job.args, place);
  const run = await endIn(started, reached(started), job.lasts, by, key);
  if (run === undefined) wrong.push(missed(started));
  else {
    wrong.push(
      ...(await judgeInterrupted(run, by, () => lab.truth(job.args))),
      ...judgeWait(run.tookMs, DEADLINES.signal),
    );
    if (after !== undefined) wrong.push(...(await after()));
    // What can be told to end leaves nothing at once, what can't until the next command.
    if (by !== 'SIGKILL') wrong.push(...judgeLeft(await leftoversOf(lab, [place], [started]), 'at its end'));
  }
  lab.forget();
  const next = await lab.run(SMALL, { ...place, folder: lab.place().folder });
  wrong.push(
    ...judgeWhole(next, truth, 'the next command'),
    ...judgeLeft(await leftoversOf(lab, [place], [started]), 'after the next command'),
    ...judgeSecrets([...(run ? [run] : []), next], lab.secrets),
  );
  return { what: `${WAYS[by].how} while ${job.phase}`, which, wrong };
}

/** A command that ended before it came to its phase. */
export function missed({ stdout, stderr }: Started): Trial['wrong'][number] {
  return { wrong: 'answer', seen: `it ended by itself: ${(stdout + stderr).slice(0, 300)}` };
}

/** Ends a command that comes to its phase, at a drawn moment; undefined where it never comes there. */
export async function endIn(
  started: Started,
  reached: Promise<Release | void>,
  lastsMs: number,
  by: Signal,
  key: Key,
): Promise<(Run & { tookMs: number }) | undefined> {
  let release: Release | void;
  try {
    release = await reached;
  } catch {
    return undefined;
  }
  // At half of what is held the node is at work when the signal comes; of the other half it never hears.
  if (release !== undefined && chance(key, 'goes on', 0.5)) release();
  await sleep(between(key, 'delay', 0, lastsMs));
  const sent = performance.now();
  WAYS[by].send(started);
  const run = await ended(started, 2 * DEADLINES.signal);
  return { ...run, tookMs: performance.now() - sent };
}
