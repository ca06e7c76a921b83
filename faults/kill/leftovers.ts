import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { javaNodeProcesses } from '../../tools/detection/elasticsearch/node/java-node';
import { identify, ps } from '../../tools/foundation/leftovers/process-identity';
import type { Started } from '../../test/command/cli/started';
import type { Lab, Place } from './lab';

/** What there is in a cache once all commands have ended and a node runs. */
const OF_A_CACHE = /^(?:elasticsearch-[\d.]+|node|state)$/;
const OF_A_STATE = /^(?:node\.json|start\.log|users|journals|lock)$/;

/** What commands of these places left, each thing by its name; what has been told once is not told again. */
export async function leftoversOf(lab: Lab, places: Place[], started: Started[]): Promise<string[]> {
  const left = (await allOf(lab, places, started)).filter((one) => !lab.told.has(one));
  for (const one of left) lab.told.add(one);
  return left;
}

async function allOf(lab: Lab, places: Place[], started: Started[]): Promise<string[]> {
  const indices = ((await lab.ask('/tollgate-*?filter_path=*.aliases')) ?? {}) as object;
  const nodes = javaNodeProcesses(lab.folders);
  return [
    ...Object.keys(indices).map((name) => `the index ${name}`),
    ...groupsThatRun(started).map((pid) => `a process of the group ${pid}`),
    ...nodes.slice(1).map(({ pid }) => `a second node, process ${pid}`),
    ...places.flatMap(leftIn),
    ...leftInCache(lab),
  ];
}

function leftIn({ folder, temporary }: Place): string[] {
  const made = namesIn(folder, true).filter((name) => basename(name).startsWith('.') || name.endsWith('.part'));
  return [...made, ...namesIn(temporary).map((name) => `TMPDIR/${name}`)];
}

function leftInCache({ folders: { root, state } }: Lab): string[] {
  // The files of commands are named by their processes.
  const dead = ['users', 'journals', 'lock'].flatMap((folder) =>
    namesIn(join(state, folder))
      .filter((name) => folder === 'lock' || identify(Number.parseInt(name)) === undefined)
      .map((name) => `state/${folder}/${name}`),
  );
  return [
    ...namesIn(root).filter((name) => !OF_A_CACHE.test(name)),
    ...namesIn(state)
      .filter((name) => !OF_A_STATE.test(name))
      .map((name) => `state/${name}`),
    ...dead,
  ];
}

/** A process that has ended may be listed still. */
function groupsThatRun(started: Started[]): number[] {
  const running = ps(['-A', '-o', 'pgid=,stat='])
    .split('\n')
    .flatMap((line) => {
      const [group, state] = line.trim().split(/\s+/);
      return /^[ZX]/.test(state ?? 'X') ? [] : [Number(group)];
    });
  return started.map(({ pid }) => pid).filter((pid) => running.includes(pid));
}

function namesIn(folder: string, recursive = false): string[] {
  return existsSync(folder) ? readdirSync(folder, { recursive, encoding: 'utf8' }) : [];
}
