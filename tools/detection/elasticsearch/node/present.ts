import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../../foundation/content/failure';
import { note } from '../../../foundation/content/note';
import type { Progress } from '../../engine/execution';
import { askVersion, type Access } from './access';
import type { Pins } from './distribution';
import { dockerNodeExists, dockerNodeLives, stopDockerNode } from './docker-node';
import { removeNotes } from '../kept/note';
import type { Folders } from './folders';
import { javaNodeLives, javaNodeProcesses, stopJavaNode } from './java-node';
import { isPaused } from '../../../foundation/leftovers/process-identity';
import { readState, removeState, stateFile, type NodeState } from './state';
import { forgetUsers, otherUsers } from './users';

/** A node that answers. */
export interface RunningNode {
  access: Access;
  version: string;
  way: 'url' | 'docker' | 'java';
}

export interface NodeOptions {
  env: NodeJS.ProcessEnv;
  progress: Progress;
  /** Gets a line for the user; by default it goes to standard error. */
  tell?: (line: string) => void;
  /** How long a node may take to answer before it counts as hanging. */
  patienceMs?: number;
  /** Of another distribution than the one that is named here. */
  pins?: Pins;
}

export type NodeStatus =
  /** No node was started, or it was stopped. */
  | { state: 'none' }
  | { state: 'running'; way: 'docker' | 'java'; url: string; version: string; pid?: number }
  /** It is there and does not answer: it starts, it was paused by a signal, or it hangs. */
  | { state: 'silent'; way: 'docker' | 'java'; pid?: number; paused: boolean }
  /** It ended without having been stopped. */
  | { state: 'dead'; way: 'docker' | 'java' }
  /** It is there, and its address and password are lost. */
  | { state: 'lost'; way: 'docker' | 'java'; pid?: number };

/** A node of which no whole state is left. */
type Lost = Extract<NodeStatus, { state: 'lost' }>;

/** What is true of the node of these folders now. */
export async function look(folders: Folders, env: NodeJS.ProcessEnv, patienceMs: number): Promise<NodeStatus> {
  const known = readState(folders);
  if (known.found !== 'whole') return (await findLost(folders, env)) ?? { state: 'none' };
  const state = known.value;
  const { way } = state;
  if (!(await lives(folders, state, env))) return { state: 'dead', way };
  const pid = state.process === undefined ? {} : { pid: state.process.pid };
  const node = await answering(state, patienceMs);
  if (node !== undefined) return { state: 'running', way, url: node.access.url, version: node.version, ...pid };
  return { state: 'silent', way, ...pid, paused: state.process !== undefined && isPaused(state.process) };
}

/** The node that runs; undefined where there is none, or none any more. */
export async function reuse(
  folders: Folders,
  options: NodeOptions,
  patienceMs: number,
): Promise<RunningNode | undefined> {
  const { env, progress } = options;
  const tell = tellOf(options);
  const known = readState(folders);
  if (known.found === 'whole') {
    const state = known.value;
    const node = await waitForAnswer(folders, state, env, patienceMs);
    if (node !== undefined) return node;
    if (await lives(folders, state, env)) {
      const what = `the local Elasticsearch (${nameOf(state)}) has not answered for ${patienceMs / 1000} s`;
      refuseWhileUsed(folders, what);
      tell(`${what}, and no other command uses it: it is replaced`);
    }
    const [other] = state.way === 'java' ? javaNodeProcesses(folders) : [];
    if (other !== undefined && other.pid !== state.process?.pid) {
      refuseWhileUsed(folders, `another Elasticsearch (process ${other.pid}) runs than the one that is known`);
    }
    progress.update('Clearing away a node that died', 0);
    await end(folders, state, env);
    return undefined;
  }
  if (known.found === 'damaged') tell(`${stateFile(folders)} is damaged: it is replaced`);
  const lost = await findLost(folders, env);
  if (lost === undefined) {
    removeState(folders);
    return undefined;
  }
  const what = `the address and password of the local Elasticsearch (${nameOf(lost)}) are lost`;
  refuseWhileUsed(folders, what);
  tell(`${what}: it is replaced`);
  await end(folders, lost, env);
  return undefined;
}

/** Throws a `Failure` (3) where another command uses the node. */
function refuseWhileUsed(folders: Folders, what: string): void {
  const users = otherUsers(folders).map(({ pid }) => pid);
  if (users.length === 0) return;
  throw new Failure(
    3,
    `${what}, and process ${users.join(', ')} uses it`,
    'wait until that has ended, or end the node for it too with `tollgate es stop`, then run the command again',
  );
}

function lives(folders: Folders, state: NodeState, env: NodeJS.ProcessEnv): boolean | Promise<boolean> {
  return state.way === 'java' ? javaNodeLives(folders, state) : dockerNodeLives(state, env);
}

/** A node of these folders of which no whole state is left. */
async function findLost(folders: Folders, env: NodeJS.ProcessEnv): Promise<Lost | undefined> {
  const [process] = javaNodeProcesses(folders);
  if (process !== undefined) return { state: 'lost', way: 'java', pid: process.pid };
  const isContainer = env['TOLLGATE_NODE'] !== 'java' && (await dockerNodeExists(folders, env));
  return isContainer ? { state: 'lost', way: 'docker' } : undefined;
}

/** The node, if it lives and answers within the time. */
async function waitForAnswer(
  folders: Folders,
  state: NodeState,
  env: NodeJS.ProcessEnv,
  patienceMs: number,
): Promise<RunningNode | undefined> {
  // One that is about to end refuses at once, and one that starts as well.
  for (const end = Date.now() + patienceMs; await lives(folders, state, env); await sleep(100)) {
    const node = await answering(state, Math.max(1, end - Date.now()));
    if (node !== undefined || state.url === undefined || Date.now() >= end) return node;
  }
  return undefined;
}

/** The node, if it answers within the time to what is known of it. */
export async function answering(state: NodeState, timeoutMs: number): Promise<RunningNode | undefined> {
  if (state.url === undefined) return undefined;
  const access: Access = { url: state.url, auth: { username: state.username, password: state.password } };
  const version = await askVersion(access, timeoutMs).catch(() => undefined);
  return version === undefined ? undefined : { access, version, way: state.way };
}

/** Ends the node and removes its data, and what is known of it. Resolves to whether there was one. The caller holds the lock. */
export async function clearAway(folders: Folders, options: NodeOptions): Promise<boolean> {
  const { env } = options;
  const known = readState(folders);
  if (known.found === 'damaged') tellOf(options)(`${stateFile(folders)} is damaged: it is removed`);
  const found = known.found === 'whole' ? known.value : await findLost(folders, env);
  if (found !== undefined) await end(folders, found, env);
  else removeState(folders);
  return found !== undefined;
}

async function end(folders: Folders, found: NodeState | Lost, env: NodeJS.ProcessEnv): Promise<void> {
  const state = 'state' in found ? undefined : found;
  const left =
    found.way === 'java'
      ? (await stopJavaNode(folders, state)).map(({ pid }) => `process ${pid}`)
      : (await stopDockerNode(folders, state, env))
        ? []
        : [nameOf(found)];
  if (left.length > 0) {
    throw new Failure(3, `the node (${left.join(', ')}) could not be ended`, 'end it by hand, then try again');
  }
  forgetUsers(folders);
  removeNotes(folders);
}

function nameOf(found: NodeState | Lost): string {
  if (found.way === 'docker') return 'a container';
  const process = 'state' in found ? undefined : found.process;
  const pid = 'state' in found ? found.pid : process?.pid;
  return `process ${pid}${process !== undefined && isPaused(process) ? ', which is paused' : ''}`;
}

/** Where the lines for the user go. */
export function tellOf({ tell }: Pick<NodeOptions, 'tell'>): (line: string) => void {
  return tell ?? note;
}
