import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../content/failure';
import { leaving } from '../../content/leftovers';
import type { Progress } from '../../sigma/execution';
import { lastLines } from './command';
import { newPassword, USERNAME, writeConfiguration } from './configuration';
import { ELASTICSEARCH_VERSION, obtainDistribution } from './distribution';
import { reachable, runAs, type Folders } from './folders';
import type { Java } from './java';
import { endProcess, identify, isAlive, type ProcessIdentity } from './process';
import { removeState, writeState, type NodeState } from './state';

/** A node answers after about 12 s; a loaded machine gets time. */
const START_LIMIT_MS = 15 * 60_000;
/** A node closes its indices within a second or two. */
const STOP_PATIENCE_MS = 20_000;

/**
 * Starts a node from the Maven distribution and returns its state once it answers. It stays when the command ends.
 * Throws a Failure (3) with the node's last words where it doesn't come up. The caller holds the lock.
 */
export async function startJavaNode(
  folders: Folders,
  java: Java,
  env: NodeJS.ProcessEnv,
  progress: Progress,
): Promise<NodeState> {
  const distribution = await obtainDistribution(folders, env, progress);
  const as = runAs();
  if (!reachable(join(distribution, 'bin/elasticsearch'), as)) {
    throw new Failure(
      3,
      `Elasticsearch refuses to run as root, and the user ${as?.uid} that it runs as instead cannot reach ${distribution}`,
      'set TOLLGATE_CACHE to a folder that every user can pass into, such as /var/cache/tollgate',
    );
  }
  const state: NodeState = { way: 'java', username: USERNAME, password: newPassword() };
  writeConfiguration(folders, distribution, state.password, as);

  const log = join(folders.state, 'start.log');
  const output = openSync(log, 'w', 0o600);
  // The launcher stays until the node answers, then leaves it running alone (-d) and ends.
  const launcher = spawn(join(distribution, 'bin/elasticsearch'), ['-d', '-p', join(folders.node, 'logs/pid')], {
    ...as,
    detached: true,
    stdio: ['ignore', output, output],
    cwd: folders.node,
    env: {
      PATH: env['PATH'],
      ES_JAVA_HOME: java.home,
      ES_PATH_CONF: join(folders.node, 'config'),
      ES_TMPDIR: join(folders.node, 'tmp'),
    },
  });
  closeSync(output);
  let exit: number | 'killed' | 'failed' | undefined;
  launcher.on('error', () => (exit = 'failed'));
  launcher.on('exit', (code) => (exit = code ?? 'killed'));
  // Who interrupts the command doesn't want the node that it was starting. Of one that is killed the next finds what it started.
  const gone =
    launcher.pid === undefined ? () => undefined : leaving({ kind: 'process', pid: launcher.pid, group: true });
  state.process = identify(launcher.pid ?? 0);
  writeState(folders, state);

  const begin = Date.now();
  while (exit === undefined && Date.now() - begin < START_LIMIT_MS) {
    progress.update('Starting Elasticsearch (seconds)', Math.round((Date.now() - begin) / 1000));
    await sleep(200);
  }
  const node = exit === 0 ? writtenProcess(folders) : undefined;
  const port = /^127\.0\.0\.1:(\d+)$/m.exec(readOr(join(folders.node, 'logs/http.ports'), ''))?.[1];
  gone();
  if (node === undefined || port === undefined) {
    await stopJavaNode(folders, state);
    throw new Failure(
      3,
      `Elasticsearch did not start${exit === undefined ? ` within ${START_LIMIT_MS / 1000} s` : ''}; its last lines:\n` +
        lastLines(readOr(log, ''), 20),
      'the whole log is ' + log,
    );
  }
  state.process = node;
  state.url = `http://127.0.0.1:${port}`;
  state.version = ELASTICSEARCH_VERSION;
  writeState(folders, state);
  return state;
}

/** Ends the node's process and removes its data. Resolves to whether the process is gone. */
export async function stopJavaNode(folders: Folders, state: NodeState): Promise<boolean> {
  for (const process of processesOf(folders, state)) {
    if (!(await endProcess(process, STOP_PATIENCE_MS))) return false;
  }
  rmSync(folders.node, { recursive: true, force: true });
  removeState(folders);
  return true;
}

export function javaNodeLives(folders: Folders, state: NodeState): boolean {
  return processesOf(folders, state).some(isAlive);
}

/** The node's process. Of a start that was interrupted: the launcher, and the node that it started in its group. */
function processesOf(folders: Folders, state: NodeState): ProcessIdentity[] {
  const known = state.process === undefined ? [] : [state.process];
  const written = state.url === undefined ? writtenProcess(folders) : undefined;
  return written !== undefined && written.group === state.process?.group ? [...known, written] : known;
}

/** The process whose number the node wrote down when it started. */
function writtenProcess(folders: Folders): ProcessIdentity | undefined {
  return identify(Number(readOr(join(folders.node, 'logs/pid'), '0')));
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
}
