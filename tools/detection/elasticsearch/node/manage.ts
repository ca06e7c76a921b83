import { Failure } from '../../../foundation/content/failure';
import { NODE_ANSWER_MS, OTHER_DOWNLOAD_MS, OTHER_START_MS, OTHER_STOP_MS } from '../../../foundation/content/waits';
import { asEnvironment } from './environment';
import { dockerAnswers, startDockerNode } from './docker-node';
import { cachedDistribution, ELASTICSEARCH_VERSION, hasMaven } from './distribution';
import { foldersOf, makeFolders, runAs, type Folders } from './folders';
import { findJava, OLDEST_JAVA } from './java';
import { startJavaNode } from './java-node';
import { withLock } from './lock';
import {
  answering,
  clearAway,
  look,
  reuse,
  tellOf,
  type NodeOptions,
  type NodeStatus,
  type RunningNode,
} from './present';
import type { NodeState } from './state';
import { otherUsers, registerUser } from './users';

export type { NodeOptions, NodeStatus, RunningNode } from './present';

/** What is true of this user's node now. Throws a `Failure` (3) where that can't be read. */
export async function nodeStatus(env: NodeJS.ProcessEnv, patienceMs = 5_000): Promise<NodeStatus> {
  const folders = foldersOf(env);
  return asEnvironment(folders, () => look(folders, env, patienceMs));
}

/**
 * This user's node: the one that runs, or else one that is started now (and stays running), replacing one that died, or that hangs
 * while nobody uses it. This process counts as using it until it ends. Throws a `Failure` (3) that names the ways to a node where
 * there is none, or says why it didn't start, or who uses the one that hangs.
 */
export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const folders = foldersOf(options.env);
  const limitMs = cachedDistribution(folders) === undefined ? OTHER_DOWNLOAD_MS : OTHER_START_MS;
  return locked(folders, options, 'starting Elasticsearch', limitMs, async () => {
    const patienceMs = options.patienceMs ?? NODE_ANSWER_MS;
    const node = (await reuse(folders, options, patienceMs)) ?? (await startNew(folders, options, patienceMs));
    registerUser(folders);
    return node;
  });
}

/** Ends this user's node and removes its data, whoever uses it. Resolves to whether there was one. */
export async function stopNode(options: NodeOptions): Promise<boolean> {
  const folders = foldersOf(options.env);
  return locked(folders, options, 'stopping Elasticsearch', OTHER_STOP_MS, () => clearAway(folders, options));
}

/** What a store of datasets in this user's node needs of it. */
export function keptPlace(options: NodeOptions): {
  folders: Folders;
  locked: <T>(action: () => Promise<T>) => Promise<T>;
  isShared: () => boolean;
  began: number;
} {
  const folders = foldersOf(options.env);
  return {
    folders,
    locked: (action) => locked(folders, options, 'keeping a dataset', OTHER_STOP_MS, action),
    isShared: () => otherUsers(folders).length > 0,
    began: Date.now() - process.uptime() * 1000,
  };
}

function locked<T>(
  folders: Folders,
  options: NodeOptions,
  doing: string,
  limitMs: number,
  action: () => Promise<T>,
): Promise<T> {
  const tell = tellOf(options);
  // A short wait is not worth a line.
  let next = Date.now() + 2_000;
  const onWait = (forWhom: string): void => {
    options.progress.update(`Waiting for ${forWhom}`, 0);
    if (Date.now() < next) return;
    next = Date.now() + 30_000;
    tell(`waiting for ${forWhom}`);
  };
  const onDamage = (path: string): void => tell(`${path} is damaged: it is removed`);
  return asEnvironment(folders, () => {
    makeFolders(folders);
    return withLock(folders.state, { doing, limitMs, patienceMs: OTHER_DOWNLOAD_MS, onWait, onDamage }, action);
  });
}

async function startNew(folders: Folders, options: NodeOptions, patienceMs: number): Promise<RunningNode> {
  const node = await answering(await launch(folders, options), patienceMs);
  if (node !== undefined) return node;
  throw new Failure(3, 'Elasticsearch started and does not answer', 'see `tollgate es status`');
}

async function launch(folders: Folders, options: NodeOptions): Promise<NodeState> {
  const { env } = options;
  const only = env['TOLLGATE_NODE'];
  if (only !== 'java' && (await dockerAnswers(env))) return startDockerNode(folders, options);
  const java = only === 'docker' ? undefined : await findJava(env, runAs());
  if (java !== undefined && (cachedDistribution(folders) !== undefined || (await hasMaven(env)))) {
    return startJavaNode(folders, java, { ...options, tell: tellOf(options) });
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
