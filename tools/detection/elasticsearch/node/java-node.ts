import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../../foundation/content/failure';
import { NODE_START_MS } from '../../../foundation/content/waits';
import { leaving } from '../../../foundation/leftovers/registry';
import { lastLines } from './command';
import { newPassword, USERNAME, writeConfiguration } from './configuration';
import { discardNode } from './discard';
import { ELASTICSEARCH_VERSION, obtainDistribution, type DistributionOptions } from './distribution';
import { reachable, runAs, type Folders } from './folders';
import type { Java } from './java';
import { listensOn } from './listens';
import { identify, isAlive, type ProcessIdentity } from '../../../foundation/leftovers/process-identity';
import { endProcess, javaProcesses } from './process';
import { readPlainFile, removeRecord } from './record';
import { removeState, writeState, type NodeState } from './state';

/** A node closes its indices within a second or two. */
const STOP_PATIENCE_MS = 20_000;

/**
 * Starts a node from the Maven distribution and returns its state once it answers. It stays when the command ends.
 * Throws a Failure (3) with the node's last words where it doesn't come up. The caller holds the lock.
 */
export async function startJavaNode(folders: Folders, java: Java, options: DistributionOptions): Promise<NodeState> {
  const distribution = await obtainDistribution(folders, options);
  const as = runAs();
  if (!reachable(join(distribution, 'bin/elasticsearch'), as)) {
    throw new Failure(
      3,
      `Elasticsearch refuses to run as root, and the user ${as?.uid} that it runs as instead cannot reach ${distribution}`,
      'set TOLLGATE_CACHE to a folder that every user can pass into, such as /var/cache/tollgate',
    );
  }
  const state: NodeState = { way: 'java', username: USERNAME, password: newPassword() };
  await discardNode(folders, as);
  writeConfiguration(folders, distribution, state.password, as);
  try {
    return await launch(folders, state, distribution, java, options);
  } catch (error) {
    // Nobody is told of a log in which a node that was never begun has said nothing.
    if (!(error instanceof Failure)) removeRecord(logOf(folders));
    await stopJavaNode(folders, state);
    throw error;
  }
}

function logOf(folders: Folders): string {
  return join(folders.state, 'start.log');
}

async function launch(
  folders: Folders,
  state: NodeState,
  distribution: string,
  java: Java,
  { env, progress }: DistributionOptions,
): Promise<NodeState> {
  const log = logOf(folders);
  removeRecord(log);
  const output = openSync(log, 'wx', 0o600);
  // The launcher stays until the node answers, then leaves it running alone (-d) and ends. It begins only once it is known what the
  // command would leave: where this thread ends before, its standard input does too.
  const launcher = spawn('/bin/sh', ['-c', 'read -r go && exec "$0" -d', join(distribution, 'bin/elasticsearch')], {
    ...runAs(),
    detached: true,
    stdio: ['pipe', output, output],
    cwd: folders.node,
    env: {
      PATH: env['PATH'],
      ES_JAVA_HOME: java.home,
      ES_PATH_CONF: configOf(folders),
      ES_TMPDIR: temporaryOf(folders),
    },
  });
  closeSync(output);
  let exit: number | 'killed' | 'failed' | undefined;
  launcher.on('error', () => (exit = 'failed'));
  launcher.on('exit', (code) => (exit = code ?? 'killed'));
  // Who interrupts the command doesn't want the node that it was starting. Of one that is killed the next finds what it started.
  const gone =
    launcher.pid === undefined
      ? () => undefined
      : leaving({ kind: 'process', pid: launcher.pid, group: true }, { inJournal: false });
  const process = identify(launcher.pid ?? 0);
  if (process !== undefined) state.process = process;
  writeState(folders, state);
  launcher.stdin?.on('error', () => undefined).end('go\n');

  const begin = Date.now();
  while (exit === undefined && Date.now() - begin < NODE_START_MS) {
    progress.update('Starting Elasticsearch (seconds)', Math.round((Date.now() - begin) / 1000));
    await sleep(200);
  }
  gone();
  // The launcher has gone: what runs in the node's folder is the node.
  const node = exit === 0 ? javaNodeProcesses(folders)[0] : undefined;
  const port = node && portOf(folders, node);
  if (node === undefined || port === undefined) {
    const said = readFileSync(log, 'utf8');
    if (/no space left on device/i.test(said)) {
      const hint = `make room there, or set TOLLGATE_CACHE to another folder; the whole log is ${log}`;
      throw new Failure(3, `Elasticsearch did not start in ${folders.node}: no space left on device`, hint);
    }
    throw new Failure(
      3,
      `Elasticsearch did not start${exit === undefined ? ` within ${NODE_START_MS / 1000} s` : ''}; its last lines:\n` +
        lastLines(said, 20),
      'the whole log is ' + log,
    );
  }
  Object.assign(state, { process: node, url: `http://127.0.0.1:${port}`, version: ELASTICSEARCH_VERSION });
  writeState(folders, state);
  return state;
}

/** Ends the node's processes and removes its data. Resolves to those that could not be ended; then all stays as it is. */
export async function stopJavaNode(folders: Folders, state: NodeState | undefined): Promise<ProcessIdentity[]> {
  // A launcher may start the node between the look and its end.
  for (let round = 0; round < 3; round++) {
    const processes = processesOf(folders, state);
    if (processes.length === 0) break;
    await Promise.all(processes.map((process) => endProcess(process, STOP_PATIENCE_MS)));
  }
  const left = processesOf(folders, state);
  if (left.length > 0) return left;
  await discardNode(folders, runAs());
  removeState(folders);
  return [];
}

export function javaNodeLives(folders: Folders, state: NodeState): boolean {
  return state.url !== undefined && state.process !== undefined
    ? isAlive(state.process)
    : processesOf(folders, state).length > 0;
}

/** What of a node lives: the process that is known, and what else runs in its folder, such as a node whose launcher was killed. */
function processesOf(folders: Folders, state: NodeState | undefined): ProcessIdentity[] {
  const found = javaNodeProcesses(folders);
  const known = state?.process;
  const isNew = known !== undefined && isAlive(known) && !found.some(({ pid }) => pid === known.pid);
  return isNew ? [known, ...found] : found;
}

/** The processes that run in the node's folder as its user, as the system tells: whatever is written in there is the node's word. */
export function javaNodeProcesses(folders: Folders): ProcessIdentity[] {
  const uid = runAs()?.uid ?? process.getuid?.();
  if (uid === undefined) return [];
  return javaProcesses(uid, `-Djava.io.tmpdir=${temporaryOf(folders)}`, `ES_PATH_CONF=${configOf(folders)}`);
}

function configOf(folders: Folders): string {
  return join(folders.node, 'config');
}

function temporaryOf(folders: Folders): string {
  return join(folders.node, 'tmp');
}

/** The port for HTTP that the node wrote down, if the process listens on it. */
function portOf(folders: Folders, node: ProcessIdentity): number | undefined {
  const written = /^127\.0\.0\.1:(\d{1,5})$/m.exec(readPlainFile(join(folders.node, 'logs/http.ports')) ?? '')?.[1];
  const port = Number(written);
  return written !== undefined && listensOn(node.pid, port) ? port : undefined;
}
