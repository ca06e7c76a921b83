import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../../foundation/content/failure';
import { NODE_START_MS } from '../../../foundation/content/waits';
import { askVersion } from './access';
import { lastLines, runCommand, type CommandResult } from './command';
import { newPassword } from './configuration';
import { ELASTICSEARCH_VERSION, type DistributionOptions } from './distribution';
import type { Folders } from './folders';
import { removeState, writeState, type NodeState } from './state';

const IMAGE = `docker.elastic.co/elasticsearch/elasticsearch:${ELASTICSEARCH_VERSION}`;
const PULL_LIMIT_MS = 60 * 60_000;
/** A node that is still starting on a busy machine is slow to answer; one that has not begun refuses at once. */
const ANSWER_LIMIT_MS = 30_000;

function docker(args: string[], env: NodeJS.ProcessEnv, timeoutMs = 5 * 60_000): Promise<CommandResult> {
  return runCommand('docker', args, { timeoutMs, env });
}

/** Whether a Docker daemon answers, within half a minute: one that hangs is none. */
export async function dockerAnswers(env: NodeJS.ProcessEnv): Promise<boolean> {
  return (await docker(['version', '--format', '{{.Server.Version}}'], env, 30_000)).code === 0;
}

/** One container for each state folder, found again by its name. */
function containerName(folders: Folders): string {
  return `tollgate-${createHash('sha256').update(folders.root).digest('hex').slice(0, 12)}`;
}

/**
 * Starts the official image, published on loopback only, and returns the node's state once it answers. The container
 * stays when the command ends. Throws a Failure (3) with Docker's or the node's last words where it doesn't come up.
 */
export async function startDockerNode(
  folders: Folders,
  { env, progress }: Pick<DistributionOptions, 'env' | 'progress'>,
): Promise<NodeState> {
  const container = containerName(folders);
  const state: NodeState = { way: 'docker', container, username: 'elastic', password: newPassword() };
  await docker(['rm', '--force', '--volumes', container], env);
  writeState(folders, state);

  const begin = Date.now();
  const tick = setInterval(
    () => progress.update('Starting Elasticsearch in Docker (seconds)', Math.round((Date.now() - begin) / 1000)),
    200,
  );
  try {
    const run = await docker(runArguments(container), { ...env, ELASTIC_PASSWORD: state.password }, PULL_LIMIT_MS);
    if (run.code !== 0) return await giveUp(run.stderr);
    const port = /^127\.0\.0\.1:(\d+)$/m.exec((await docker(['port', container, '9200/tcp'], env)).stdout)?.[1];
    if (port === undefined) return await giveUp('it publishes no port on 127.0.0.1');
    const access = { url: `http://127.0.0.1:${port}`, auth: { username: state.username, password: state.password } };
    for (const started = Date.now(); Date.now() - started < NODE_START_MS; await sleep(500)) {
      const version = await askVersion(access, ANSWER_LIMIT_MS).catch(() => undefined);
      if (version !== undefined) {
        Object.assign(state, { url: access.url, version });
        writeState(folders, state);
        return state;
      }
      if (!(await dockerNodeLives(state, env))) break;
    }
    const logs = await docker(['logs', '--tail', '20', container], env);
    return await giveUp(logs.stdout + logs.stderr);
  } finally {
    clearInterval(tick);
  }

  async function giveUp(words: string): Promise<never> {
    await stopDockerNode(folders, state, env);
    throw new Failure(
      3,
      `Elasticsearch did not start in Docker:\n${lastLines(words, 20)}`,
      'set TOLLGATE_NODE=java to use Java and Maven instead, or use --engine memory',
    );
  }
}

function runArguments(container: string): string[] {
  const settings = [
    'discovery.type=single-node',
    'xpack.security.enabled=true',
    'xpack.security.http.ssl.enabled=false',
    'cluster.routing.allocation.disk.watermark.low=1gb',
    'cluster.routing.allocation.disk.watermark.high=500mb',
    'cluster.routing.allocation.disk.watermark.flood_stage=250mb',
    'ES_JAVA_OPTS=-Xms1g -Xmx1g',
    // By its name alone: the value comes from the environment, so that no list of processes shows it.
    'ELASTIC_PASSWORD',
  ];
  return [
    'run',
    '--detach',
    ...['--name', container],
    ...['--publish', '127.0.0.1::9200'],
    ...['--memory', '2g'],
    ...settings.flatMap((setting) => ['--env', setting]),
    IMAGE,
  ];
}

/** Removes the container with its data. Resolves to whether it is gone. */
export async function stopDockerNode(
  folders: Folders,
  state: NodeState | undefined,
  env: NodeJS.ProcessEnv,
): Promise<boolean> {
  const container = state?.container ?? containerName(folders);
  await docker(['rm', '--force', '--volumes', container], env);
  const left = await docker(listing(container), env);
  if (left.code !== 0 || left.stdout.trim() !== '') return false;
  removeState(folders);
  return true;
}

export async function dockerNodeLives(state: NodeState, env: NodeJS.ProcessEnv): Promise<boolean> {
  const inspect = await docker(['inspect', '--format', '{{.State.Running}}', state.container ?? ''], env);
  return inspect.stdout.trim() === 'true';
}

/** Whether there is a container of these folders, be it that nothing is known of it any more. */
export async function dockerNodeExists(folders: Folders, env: NodeJS.ProcessEnv): Promise<boolean> {
  const found = await docker(listing(containerName(folders)), env, 5_000);
  return found.stdout.trim() !== '';
}

function listing(container: string): string[] {
  return ['ps', '--all', '--quiet', '--filter', `name=^${container}$`];
}
