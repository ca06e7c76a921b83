import { constants } from 'node:os';
import {
  BUSY_MS,
  CLEANING_MS,
  CLEAR_AWAY_MS,
  GRACE_MS,
  NODE_ANSWER_MS,
  REQUEST_MS,
} from '../../tools/foundation/content/waits';
import type { Trial } from '../trial';
import type { Run } from './lab';

type Found = Trial['wrong'];

/** The signals that a command is ended with; SIGKILL is the one that it can't take. */
export const SIGNALS = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const;
export type Signal = (typeof SIGNALS)[number];

/** To start the command and to end it, beside others. */
const ITSELF_MS = 5_000;

/** How long each end may take, in milliseconds. */
export const DEADLINES = {
  signal: GRACE_MS + CLEAR_AWAY_MS + ITSELF_MS,
  /** A node that is gone is noticed at once, and one that is about to end says that it is busy. */
  gone: BUSY_MS + ITSELF_MS,
  silent: REQUEST_MS + CLEANING_MS + CLEAR_AWAY_MS + ITSELF_MS,
  /** The node is asked by the one that has the lock and then by the next. */
  used: 2 * NODE_ANSWER_MS + 2 * ITSELF_MS,
};

/** What is wrong with the end of a command that a signal was sent to. It prints nothing that is not true, unless it had ended before. */
export async function judgeInterrupted(run: Run, by: Signal, truth: () => Promise<Run>): Promise<Found> {
  const { code, signal, stdout, stderr } = run;
  const isBy = by === 'SIGKILL' ? signal === by : code === 128 + constants.signals[by];
  if (!isBy) return isTruth(run, await truth()) ? [] : wrong(`it ended with ${shown(run)}`);
  const isQuiet = !/^error: |defect/m.test(stderr) && (stdout === '' || (await truth()).stdout.startsWith(stdout));
  return isQuiet ? [] : wrong(`it says ${shown(run)}`);
}

/** What is wrong with the end of a command whose node was lost under it: exit code 3 and a sentence, or the whole truth. */
export function judgeLost(run: Run, truth: Run): Found {
  if (isTruth(run, truth)) return [];
  const tells = run.code === 3 && run.stdout === '' && /^error: .*\w/m.test(run.stderr);
  return tells && !/defect/.test(run.stderr) ? [] : wrong(`it ended with ${shown(run)}`);
}

/** What is wrong with a command that nothing disturbs. */
export function judgeWhole(run: Run, truth: Run, what: string): Found {
  return isTruth(run, truth) ? [] : wrong(`${what} ended with ${shown(run)}`);
}

export function judgeWait(tookMs: number, deadlineMs: number): Found {
  const seen = `it ended after ${(tookMs / 1000).toFixed(1)} s of ${deadlineMs / 1000} s`;
  return tookMs > deadlineMs ? [{ wrong: 'wait', seen }] : [];
}

export function judgeLeft(left: string[], when: string): Found {
  return left.length === 0 ? [] : [{ wrong: 'leftover', seen: `${when}: ${left.join(', ')}` }];
}

export function judgeSecrets(runs: Run[], secrets: ReadonlySet<string>): Found {
  const printed = runs.map(({ stdout, stderr }) => stdout + stderr).join('');
  return [...secrets].some((secret) => printed.includes(secret))
    ? [{ wrong: 'secret', seen: 'the password of the node' }]
    : [];
}

/** A request that was held for about as long as is waited for its answer may have been given up. */
const NEARLY = 0.8;

/** What is wrong with the end of a command whose request was held for so long, and then answered; `isCleaning`: to delete its indices. */
export function judgeHeld(run: Run, truth: Run, heldMs: number, isCleaning: boolean): Found {
  return heldMs > NEARLY * (isCleaning ? CLEANING_MS : REQUEST_MS)
    ? judgeLost(run, truth)
    : judgeWhole(run, truth, 'it');
}

/** Whether a command told what an undisturbed one does. */
export function isTruth({ code, stdout }: Run, truth: Run): boolean {
  return code === truth.code && stdout === truth.stdout;
}

function wrong(seen: string): Found {
  return [{ wrong: 'answer', seen }];
}

const SHOWN = 300;

function shown({ code, signal, stdout, stderr }: Run): string {
  const end = code ?? signal;
  return `${end}: ${JSON.stringify((stdout + stderr).slice(0, SHOWN))}`;
}
