import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manyEvents, writeManyMatches } from '../../test/command/cli/many-matches';
import type { Started } from '../../test/command/cli/started';
import type { Trial } from '../trial';
import { HUNTED, SMALL } from './commands';
import { judgeWhole } from './judge';
import { ROOT, type Lab, type Place } from './lab';
import type { Release } from './watcher';

/** How a command that has been started is known to have come to the phase. */
interface Armed {
  /** Resolves when it is there, to what lets it go on if it is held there. */
  reached(started: Started): Promise<Release | void>;
  /** What is to be done, and was wrong, after it has ended. */
  after?(): Promise<Trial['wrong']>;
}

/** A command in one of its phases. */
export interface Job {
  /** As in `killed while it indexes`. */
  phase: string;
  args: string[];
  /** The longest that is waited in the phase, in milliseconds; about as long as it lasts, or it is held. */
  lasts: number;
  /** Prepares what is to be seen, before the command starts. */
  arm(lab: Lab, place: Place): Promise<Armed>;
}

/** A command that is known by what it asks of the node for the `nth` time, and is held there. */
function asking(phase: string, args: string[], pattern: RegExp, nth = 1): Job {
  return {
    phase,
    args,
    lasts: 30,
    async arm(lab) {
      const watcher = await lab.watch();
      return {
        async reached(started) {
          for (let seen = 1; ; seen++) {
            const release = await orEnded(started, watcher.next(pattern));
            if (seen === nth) return release;
            release();
          }
        },
      };
    },
  };
}

/** A command that is known by what is in its folders. */
function showing(phase: string, args: string[], lasts: number, shows: (place: Place) => boolean): Job {
  return {
    phase,
    args,
    lasts,
    arm: (_, place) => Promise.resolve({ reached: (started) => started.until(() => shows(place)) }),
  };
}

/** Throws where a command ends before it comes to its phase. */
export async function orEnded<T>(started: Started, what: Promise<T>): Promise<T> {
  const ended = started.end.then(() => {
    throw new Error(`it ended before: ${started.stdout}${started.stderr}`);
  });
  return Promise.race([what, ended]);
}

/** What a small replay, or a hunt, asks of the node. Commands can be held in all of these at once, in this order. */
export const ASKING: Job[] = [
  asking('it makes an index', SMALL, /^PUT \/tollgate-/),
  asking('it indexes', SMALL, /\/_bulk/),
  asking('it counts what is indexed', SMALL, /\/_count/),
  asking('it searches', SMALL, /\/tollgate-[^/]*\/_search/),
  asking('it deletes', SMALL, /^DELETE \/tollgate-/),
  asking('it hunts', HUNTED.args, HUNTED.searches),
  // The others would wait for it.
  asking('it holds the lock', SMALL, /^GET \/$/),
];

/** A replay that goes on for long, in the middle of many requests. */
const LARGE = ['replay', SMALL[1]!, '--world', 'national-bank', '--days', '1', '--scenario', 'single-address-burst'];
export const INDEXING = [2, 4, 6].map((nth) => asking('it indexes much', LARGE, /\/_bulk/, nth));

/** What commands do without a node. `stock` is a folder for what they read. */
export function alone(stock: string): Job[] {
  mkdirSync(stock);
  const matching = writeManyMatches(stock);
  const plan = join(stock, 'plan.yml');
  writeFileSync(plan, 'units:\n  - {world: regional-shop, seeds: 101-300, days: 1, detectors: short}\n');
  return [
    showing(
      'it generates a dataset',
      ['generate', '--world', 'national-bank', '--days', '30', '--out', 'out'],
      2_000,
      ({ folder }) => readdirSync(folder).some((name) => name.startsWith('.out-')),
    ),
    showing('it sorts matches', matching, 400, ({ temporary }) =>
      readdirSync(temporary).some((name) => name.startsWith('tollgate-match-')),
    ),
    measuring(['measure', '--plan', plan, '--jobs', '2', '--out', 'out']),
    spooling(['compile', '--rules', join(stock, 'rule.yml'), '--run', '-']),
    reporting([...SMALL, '--engine', 'memory', '--out', 'out']),
    waiting(),
  ];
}

/** It keeps what is measured beside its content, so that this must be its own. */
function measuring(args: string[]): Job {
  return {
    phase: 'it measures',
    args,
    lasts: 1_500,
    arm(_, { folder }) {
      for (const part of ['datasets', 'rules', 'queries', 'filters', 'schemas'])
        cpSync(join(ROOT, part), join(folder, part), { recursive: true });
      const units = join(folder, 'measurement', 'units.ndjson');
      const isMeasured = (): boolean => existsSync(units) && readFileSync(units).includes('\n');
      return Promise.resolve({ reached: (started) => started.until(isMeasured) });
    },
  };
}

/** It reads events for as long as there may be more. */
function spooling(args: string[]): Job {
  return {
    phase: 'it spools',
    args,
    lasts: 300,
    arm: () => Promise.resolve({ reached: (started) => started.give(manyEvents(100_000)) }),
  };
}

/** Its report is written within milliseconds, so that the system has to tell. */
function reporting(args: string[]): Job {
  return {
    phase: 'it writes a report',
    args,
    lasts: 15,
    arm(_, { folder }) {
      const out = join(folder, 'out');
      mkdirSync(out);
      const written = new Promise<void>((resolve) => {
        const watching = watch(out, { persistent: false }, (_, name) => {
          if (!name?.endsWith('.part')) return;
          watching.close();
          resolve();
        });
      });
      return Promise.resolve({ reached: (started) => orEnded(started, written) });
    },
  };
}

/** Another command, which goes on afterwards, has the lock. */
function waiting(): Job {
  return {
    phase: 'it waits for the lock',
    args: SMALL,
    lasts: 500,
    async arm(lab) {
      const truth = await lab.truth(SMALL);
      const watcher = await lab.watch();
      const held = watcher.next(/^GET \/$/);
      const holder = lab.run(SMALL);
      const release = await held;
      const lock = join(lab.folders.state, 'lock');
      return {
        reached: (started) => started.until(() => existsSync(lock) && readdirSync(lock).length > 1),
        async after() {
          release();
          return judgeWhole(await holder, truth, 'the one that had the lock');
        },
      };
    },
  };
}
