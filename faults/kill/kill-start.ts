import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { child, type Key } from '../../tools/simulate/random';
import { javaNodeProcesses } from '../../tools/detection/elasticsearch/node/java-node';
import type { Trial } from '../trial';
import { SMALL } from './commands';
import {
  DEADLINES,
  judgeInterrupted,
  judgeLeft,
  judgeSecrets,
  judgeWait,
  judgeWhole,
  SIGNALS,
  type Signal,
} from './judge';
import { endIn, missed, WAYS } from './kill-command';
import type { Lab } from './lab';
import { leftoversOf } from './leftovers';

/** A start of a node in one of its phases. */
interface Phase {
  phase: string;
  lasts: number;
  /** What is new in the phase, and is another thing each time; empty where it is not there. */
  mark: (lab: Lab) => string;
}

const UNPACKED: Phase = {
  phase: 'its node is unpacked',
  lasts: 3_000,
  mark: ({ folders }) => namesIn(folders.root, 'unpack-'),
};
const STARTED: Phase[] = [
  {
    phase: 'its node is configured',
    lasts: 5,
    // Its folder gets its name when all of it is there; until then it is one beside it.
    mark: ({ folders }) => namesIn(folders.root, 'node-') + (inodeOf(folders.node) ?? ''),
  },
  {
    phase: 'its node starts',
    lasts: 6_000,
    mark: (lab) => lab.state()?.process?.started ?? '',
  },
];

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}

function namesIn(folder: string, beginning: string): string {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.startsWith(beginning))
        .join()
    : '';
}

/**
 * Commands that are ended while they start a node, each on what the one before left, and one at the end that is not. The cache is
 * empty at first.
 */
export async function* killStarts(lab: Lab, key: Key, which: (n: number) => string): AsyncGenerator<Trial> {
  let n = 0;
  for (const phase of [UNPACKED, ...STARTED]) {
    if (phase === STARTED[0]) lab.takeDistribution();
    // SIGKILL last: the next phase begins on what it leaves.
    for (const by of [...SIGNALS].reverse()) yield killStart(lab, phase, by, child(key, phase.phase, n), which(n++));
  }
  const next = await lab.run(SMALL);
  const wrong = [
    ...judgeWhole(next, await lab.truth(SMALL), 'it'),
    ...judgeLeft(await leftoversOf(lab, lab.used, []), 'after it'),
    ...judgeSecrets([next], lab.secrets),
  ];
  yield { what: 'the next command after all of these', which: which(n), wrong };
}

async function killStart(lab: Lab, phase: Phase, by: Signal, key: Key, which: string): Promise<Trial> {
  const place = lab.place();
  const before = phase.mark(lab);
  const old = inodeOf(lab.folders.node);
  const started = lab.start(SMALL, place);
  const isThere = (): boolean => !['', before].includes(phase.mark(lab));
  const run = await endIn(started, started.until(isThere), phase.lasts, by, key);
  lab.state();
  const wrong: Trial['wrong'] = [];
  if (run === undefined) wrong.push(missed(started));
  else {
    wrong.push(
      ...(await judgeInterrupted(run, by, () => lab.truth(SMALL))),
      ...judgeWait(run.tookMs, DEADLINES.signal),
      ...judgeSecrets([run], lab.secrets),
    );
    if (by !== 'SIGKILL') {
      const nodes = javaNodeProcesses(lab.folders).map(({ pid }) => `the node, process ${pid}`);
      // The folder of a node that is dead anyway gets another name before it is removed, and is the next command's then.
      const left = (await leftoversOf(lab, [place], [started])).filter(
        (name) => old === undefined || inodeOf(join(lab.folders.root, name)) !== old,
      );
      wrong.push(...judgeLeft([...nodes, ...left], 'at its end'));
    }
  }
  return { what: `${WAYS[by].how} while ${phase.phase}`, which, wrong };
}
