import { join } from 'node:path';
import { child, rootKey, type Key } from '../tools/simulate/random';
import { fillHunted } from './kill/commands';
import { alone, ASKING, INDEXING } from './kill/jobs';
import { SIGNALS } from './kill/judge';
import { killCommand, WAYS } from './kill/kill-command';
import { FAULTS, faultNode } from './kill/kill-node';
import { killStarts } from './kill/kill-start';
import { Lab } from './kill/lab';
import { sideBySide } from './kill/side-by-side';
import type { Bench, Trial, Trials } from './trial';

/** Commands that are killed, and nodes that are killed under them, on two caches side by side: a node mostly has to be waited for. */
export const kills: Trials = async function* (bench) {
  const key = rootKey(bench.seed, 'kills');
  const labs = [new Lab(join(bench.folder, 'commands')), new Lab(join(bench.folder, 'nodes'))] as const;
  try {
    yield* sideBySide(commands(labs[0], child(key, 'commands'), bench), nodes(labs[1], child(key, 'nodes'), bench));
  } finally {
    await Promise.all(labs.map((lab) => lab.stop()));
  }
};

/** Each command in each of its phases by each signal, and again by the one that it can't take. */
async function* commands(lab: Lab, key: Key, { folder, seed, say, wants }: Bench): AsyncGenerator<Trial> {
  lab.takeDistribution();
  say('starting a node');
  await lab.run(['es', 'start']);
  await fillHunted(lab);
  let n = 0;
  for (const job of [...ASKING, ...alone(join(folder, 'stock')), ...INDEXING]) {
    for (const by of [...SIGNALS, 'SIGKILL'] as const) {
      const number = n++;
      if (!wants(`${WAYS[by].how} while ${job.phase}`)) continue;
      say(job.phase);
      yield killCommand(lab, job, by, child(key, job.phase, number), `--only kills --seed ${seed}, command ${number}`);
    }
  }
}

const ROUNDS = ['killed', 'resumed', 'ended', 'killed', 'paused', 'ended', 'resumed', 'killed'] as const;

/** Starts that are ended, then a node under commands that comes to harm again and again. */
async function* nodes(lab: Lab, key: Key, { seed, wants }: Bench): AsyncGenerator<Trial> {
  if (wants('start')) yield* killStarts(lab, child(key, 'starts'), (n) => `--only kills --seed ${seed}, start ${n}`);
  else {
    lab.takeDistribution();
    await lab.run(['es', 'start']);
  }
  for (const [n, name] of ROUNDS.entries())
    if (wants(FAULTS[name].how))
      yield* faultNode(lab, FAULTS[name], ASKING, child(key, name, n), `--only kills --seed ${seed}, node ${n}`);
}
