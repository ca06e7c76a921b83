import { spawn, type SpawnOptions } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');
const SHIM = join(ROOT, 'bin', 'tollgate.js');

/** Nothing that is asked here takes a tenth of it, unless the machine is as busy. */
export const DEADLINE_MS = 60_000;

/** What stands where a password or a key does, and must be printed nowhere. */
export const CANARY = 'canary5e1dq';

/** A command to run. */
export interface Asked {
  args: string[];
  cwd?: string;
  /** Standard input; by default there is none. */
  input?: Buffer | string;
  /** Beside what every command gets; `undefined` takes a variable away. */
  env?: Record<string, string | undefined>;
  stdio?: SpawnOptions['stdio'];
  /** May be left in TMPDIR, HOME or the cache, since the trial put it there. */
  own?: RegExp;
}

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** Whether it had to be ended. */
  isOver: boolean;
  /** What it left behind in TMPDIR, HOME and its cache, and new in its own folder. */
  left: string[];
}

/** The folders of one command, made for it and removed behind it. */
export interface Folders {
  tmp: string;
  home: string;
  cache: string;
  work: string;
}

/** Makes the folders in which a command runs, in this one. */
export function makeFolders(folder: string): Folders {
  const root = mkdtempSync(join(folder, 'run-'));
  const made = {
    tmp: join(root, 'tmp'),
    home: join(root, 'home'),
    cache: join(root, 'cache'),
    work: join(root, 'work'),
  };
  for (const one of Object.values(made)) mkdirSync(one);
  return made;
}

export function removeFolders({ tmp, home }: Folders): void {
  chmodSync(join(tmp, '..'), 0o700);
  if (readdirSync(join(tmp, '..')).includes('home')) chmodSync(home, 0o700);
  rmSync(join(tmp, '..'), { recursive: true, force: true });
}

/** Runs the built command with its folders and with secrets in its environment. */
export async function run(asked: Asked, folders: Folders): Promise<Ended> {
  const { args, cwd = folders.work, input, env = {}, stdio = ['pipe', 'pipe', 'pipe'], own } = asked;
  const before = new Set(everything(folders, cwd));
  const child = spawn(process.execPath, [SHIM, ...args], {
    cwd,
    stdio,
    env: Object.fromEntries(
      Object.entries({ ...variables(folders), ...env }).filter(([, value]) => value !== undefined),
    ),
  });
  const printed: { stdout: Buffer[]; stderr: Buffer[] } = { stdout: [], stderr: [] };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream]?.on('data', (bytes: Buffer) => printed[stream].push(bytes));
  // Who does not read its input closes it.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input ?? '');
  let isOver = false;
  const timer = setTimeout(() => (isOver = child.kill('SIGKILL')), DEADLINE_MS);
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve([code, signal]));
  });
  clearTimeout(timer);
  const left = everything(folders, cwd).filter((path) => !before.has(path) && own?.test(path) !== true);
  const text = (stream: 'stdout' | 'stderr') => Buffer.concat(printed[stream]).toString('utf8');
  return { code, signal, stdout: text('stdout'), stderr: text('stderr'), isOver, left };
}

function variables({ tmp, home, cache }: Folders): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    TMPDIR: tmp,
    HOME: home,
    TOLLGATE_CACHE: cache,
    // Nobody listens there.
    ELASTICSEARCH_URL: `http://reader:${CANARY}@127.0.0.1:1`,
    ELASTICSEARCH_PASSWORD: CANARY,
    ELASTICSEARCH_API_KEY: `${CANARY}==`,
  };
}

function everything({ tmp, home, cache }: Folders, cwd: string): string[] {
  return [...new Set([tmp, home, cache, cwd])].flatMap(below);
}

function below(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
  } catch {
    return []; // It is gone, or closed, as the trial has it.
  }
}
