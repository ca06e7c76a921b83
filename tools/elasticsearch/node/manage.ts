import { Failure } from '../../content/failure';
import type { Progress } from '../../sigma/execution';
import { askVersion, type Access } from './access';
import { dockerAnswers, dockerNodeLives, startDockerNode, stopDockerNode } from './docker-node';
import { cachedDistribution, ELASTICSEARCH_VERSION, hasMaven } from './distribution';
import { foldersOf, makeFolders, runAs, type Folders } from './folders';
import { findJava, OLDEST_JAVA } from './java';
import { javaNodeLives, startJavaNode, stopJavaNode } from './java-node';
import { withLock } from './lock';
import { readState, type NodeState } from './state';

/** A node that answers. */
export interface RunningNode {
  access: Access;
  version: string;
  way: 'url' | 'docker' | 'java';
}

export interface NodeOptions {
  env: NodeJS.ProcessEnv;
  progress: Progress;
}

export type NodeStatus =
  /** No node was started, or it was stopped. */
  | { state: 'none' }
  | { state: 'running'; way: 'docker' | 'java'; url: string; version: string; pid?: number }
  /** It is there and does not answer: it starts, or it hangs. */
  | { state: 'silent'; way: 'docker' | 'java'; pid?: number }
  /** It ended without having been stopped. */
  | { state: 'dead'; way: 'docker' | 'java' };

/** Another command may be downloading the distribution. */
const LOCK_PATIENCE_MS = 90 * 60_000;

/** A node that does not answer for so long hangs; on a busy machine one that is well may need a while. */
const ANSWER_LIMIT_MS = 60_000;

/** What is true of this user's node now. */
export async function nodeStatus(env: NodeJS.ProcessEnv): Promise<NodeStatus> {
  const folders = foldersOf(env);
  const state = readState(folders);
  if (state === undefined) return { state: 'none' };
  const { way } = state;
  if (!(await lives(folders, state, env))) return { state: 'dead', way };
  const pid = state.process === undefined ? {} : { pid: state.process.pid };
  const node = await answering(state);
  if (node === undefined) return { state: 'silent', way, ...pid };
  return { state: 'running', way, url: node.access.url, version: node.version, ...pid };
}

/**
 * This user's node: the one that runs, or else one that is started now (and stays running), replacing one that died or
 * no longer answers. Throws a Failure (3) that names the ways to a node where there is none, or why it didn't start.
 */
export function startNode(options: NodeOptions): Promise<RunningNode> {
  const { env, progress } = options;
  const folders = foldersOf(env);
  return locked(folders, progress, async () => {
    const state = readState(folders);
    if (state !== undefined) {
      const running = (await lives(folders, state, env)) ? await answering(state) : undefined;
      if (running !== undefined) return running;
      progress.update('Clearing away a node that died', 0);
      await end(folders, state, env);
    }
    const started = await startNew(folders, env, progress);
    const node = await answering(started);
    if (node === undefined)
      throw new Failure(3, 'Elasticsearch started and does not answer', 'see `tollgate es status`');
    return node;
  });
}

/** Ends this user's node and removes its data. Resolves to whether there was one. */
export function stopNode(options: NodeOptions): Promise<boolean> {
  const folders = foldersOf(options.env);
  return locked(folders, options.progress, async () => {
    const state = readState(folders);
    if (state !== undefined) await end(folders, state, options.env);
    return state !== undefined;
  });
}

function locked<T>(folders: Folders, progress: Progress, action: () => Promise<T>): Promise<T> {
  makeFolders(folders);
  let waits = 0;
  const onWait = (): void => progress.update('Waiting for another command that starts or stops the node', ++waits);
  return withLock(folders.state, LOCK_PATIENCE_MS, onWait, action);
}

async function startNew(folders: Folders, env: NodeJS.ProcessEnv, progress: Progress): Promise<NodeState> {
  const only = env['TOLLGATE_NODE'];
  if (only !== 'java' && (await dockerAnswers(env))) return startDockerNode(folders, env, progress);
  const java = only === 'docker' ? undefined : await findJava(env, runAs());
  if (java !== undefined && (cachedDistribution(folders) !== undefined || (await hasMaven(env)))) {
    return startJavaNode(folders, java, env, progress);
  }
  const docker = only === 'java' ? 'TOLLGATE_NODE leaves Docker out' : 'no Docker daemon answers';
  const missing = java === undefined ? `no Java ${OLDEST_JAVA} or newer was found` : 'no Maven (mvn) is on the path';
  throw new Failure(
    3,
    `no Elasticsearch: no address was given, ${docker}, and ${only === 'docker' ? 'TOLLGATE_NODE leaves Java out' : missing}`,
    `do one of these: give a cluster with --url or ELASTICSEARCH_URL; start Docker; install Java ${OLDEST_JAVA} or newer ` +
      `and Maven, which then get Elasticsearch ${ELASTICSEARCH_VERSION}. Without any of them --engine memory still works`,
  );
}

function lives(folders: Folders, state: NodeState, env: NodeJS.ProcessEnv): boolean | Promise<boolean> {
  return state.way === 'java' ? javaNodeLives(folders, state) : dockerNodeLives(state, env);
}

async function answering(state: NodeState): Promise<RunningNode | undefined> {
  if (state.url === undefined) return undefined;
  const access: Access = { url: state.url, auth: { username: state.username, password: state.password } };
  const version = await askVersion(access, ANSWER_LIMIT_MS).catch(() => undefined);
  return version === undefined ? undefined : { access, version, way: state.way };
}

async function end(folders: Folders, state: NodeState, env: NodeJS.ProcessEnv): Promise<void> {
  const gone = state.way === 'java' ? await stopJavaNode(folders, state) : await stopDockerNode(folders, state, env);
  if (gone) return;
  const what = state.way === 'java' ? `process ${state.process?.pid}` : `container ${state.container}`;
  throw new Failure(3, `the node (${what}) could not be ended`, 'end it by hand, then try again');
}
