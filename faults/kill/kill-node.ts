import { setTimeout as sleep } from 'node:timers/promises';
import { between, chance, type Key } from '../../tools/simulate/random';
import type { Trial } from '../trial';
import { fillHunted, SMALL } from './commands';
import type { Job } from './jobs';
import { DEADLINES, isTruth, judgeHeld, judgeLeft, judgeLost, judgeSecrets, judgeWait, judgeWhole } from './judge';
import { ended, type Lab, type Place, type Run } from './lab';
import { missed } from './kill-command';
import { leftoversOf } from './leftovers';
import type { Started } from '../../test/command/cli/started';
import type { Release } from './watcher';

/** What happens to a node under commands that use it. */
export interface Fault {
  /** As in `node killed while it indexes`. */
  how: string;
  signal: NodeJS.Signals;
  /** Paused only for a while, in milliseconds: at least, at most. */
  until?: [number, number];
  deadline: number;
}

export const FAULTS: Record<'killed' | 'ended' | 'paused' | 'resumed', Fault> = {
  killed: { how: 'node killed', signal: 'SIGKILL', deadline: DEADLINES.gone },
  ended: { how: 'node ended', signal: 'SIGTERM', deadline: DEADLINES.gone },
  paused: { how: 'node paused', signal: 'SIGSTOP', deadline: DEADLINES.silent },
  resumed: { how: 'node paused for a while', signal: 'SIGSTOP', until: [500, 15_000], deadline: DEADLINES.silent },
};

/** A command that is held in its phase. */
interface Held {
  job: Job;
  place: Place;
  started: Started;
  /** Since when, in milliseconds. */
  since: number;
  release: Release | void;
}

/**
 * One fault of the node under commands of several phases at once, one that comes while it is paused, and the next command, which
 * replaces the node.
 */
export async function* faultNode(lab: Lab, fault: Fault, jobs: Job[], key: Key, which: string): AsyncGenerator<Trial> {
  const truths = new Map<Job, Run>();
  await fillHunted(lab);
  for (const job of jobs) truths.set(job, await lab.truth(job.args));
  const held: Held[] = [];
  for (const job of jobs) {
    const one = await hold(lab, job);
    if ('wrong' in one) yield { what: `${fault.how} while ${job.phase}`, which, wrong: [one] };
    else held.push(one);
  }
  // Before the fault the node gets some of the requests, after it the others.
  const early = new Set(held.filter((_, n) => chance(key, 'early', 0.5, n)));
  for (const { release } of early) release?.();
  await sleep(between(key, 'delay', 0, 30));
  const pid = lab.state()!.process!.pid;
  process.kill(pid, fault.signal);
  const since = performance.now();
  for (const one of held) if (!early.has(one)) one.release?.();
  const runs = held.map(async ({ started }) => ({ run: await ended(started), tookMs: performance.now() - since }));
  const late = fault === FAULTS.paused ? comeLate(lab, truths.get(jobs[0]!)!) : undefined;
  if (fault.until !== undefined) {
    await sleep(between(key, 'pause', ...fault.until));
    process.kill(pid, 'SIGCONT');
  }
  const goesOn = performance.now();
  const all = await Promise.all(runs);
  const lateRun = await late;
  lab.forget();
  const next = await lab.run(SMALL);
  const places = held.map(({ place }) => place);
  const left = await leftoversOf(
    lab,
    places,
    held.map(({ started }) => started),
  );
  for (const [n, { run, tookMs }] of all.entries()) {
    const { job } = held[n]!;
    const truth = truths.get(job)!;
    const heldMs = goesOn - held[n]!.since;
    const answer =
      fault.until === undefined ? judgeLost(run, truth) : judgeHeld(run, truth, heldMs, job.phase === 'it deletes');
    // One that replaced the node takes as long as that does.
    const wait = fault.until === undefined && isTruth(run, truth) ? [] : judgeWait(tookMs, fault.deadline);
    const wrong = [...answer, ...wait, ...judgeSecrets([run], lab.secrets)];
    yield { what: `${fault.how} while ${job.phase}`, which, wrong };
  }
  if (lateRun !== undefined) yield { what: `${fault.how}, and a command comes`, which, wrong: lateRun };
  const whole = judgeWhole(next, await lab.truth(SMALL), 'it');
  const wrong = [...whole, ...judgeLeft(left, 'after it'), ...judgeSecrets([next], lab.secrets)];
  yield { what: `${fault.how}, and the next command`, which, wrong };
}

/** Brings a command to its phase. */
async function hold(lab: Lab, job: Job): Promise<Held | Trial['wrong'][number]> {
  const place = lab.place();
  const { reached } = await job.arm(lab, place);
  const started = lab.start(job.args, place);
  try {
    return { job, place, started, release: await reached(started), since: performance.now() };
  } catch {
    return missed(started);
  }
}

/** A command that comes while the node is paused and others use it says so. */
async function comeLate(lab: Lab, truth: Run): Promise<Trial['wrong']> {
  const begin = performance.now();
  const run = await lab.run(SMALL);
  return [
    ...judgeLost(run, truth),
    ...judgeWait(performance.now() - begin, DEADLINES.used),
    ...judgeSecrets([run], lab.secrets),
  ];
}
