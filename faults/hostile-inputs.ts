import { availableParallelism } from 'node:os';
import { contents } from './hostile/contents';
import { environments } from './hostile/environments';
import { events } from './hostile/events';
import { inTurn, type Job } from './hostile/job';
import { names } from './hostile/names';
import { options } from './hostile/options';
import { parsers } from './hostile/parsers';
import { patterns } from './hostile/patterns';
import { records } from './hostile/records';
import type { Trials } from './trial';

/** What is given to the command, by kind; each makes its jobs from the seed. */
const GROUPS: ((seed: number) => Iterable<Job>)[] = [contents, patterns, events, names, records, options, environments];

/** Inputs that somebody made to harm: each has its answer in time, leaves nothing behind and lets nothing out. */
export const hostileInputs: Trials = async function* ({ seed, folder, say, wants }) {
  const jobs = GROUPS.flatMap((group) => [...group(seed)]).filter(({ what }) => wants(what));
  for await (const trial of inTurn(jobs, folder, Math.min(2, availableParallelism()))) {
    say(trial.what);
    yield trial;
  }
  for await (const trial of parsers(seed)) {
    say(trial.what);
    if (wants(trial.what)) yield trial;
  }
};
