import { spawn } from 'node:child_process';
import { join } from 'node:path';

const SHIM = join(__dirname, '..', 'bin', 'tollgate.js');

/** How a command ended. */
export interface Ended {
  /** `null` where a signal ended it, be it ours since it took too long. */
  code: number | null;
  stdout: string;
  stderr: string;
  milliseconds: number;
}

export interface Around {
  cwd: string;
  env?: NodeJS.ProcessEnv;
  /** It is killed when it has taken so long, in milliseconds. */
  limit: number;
  /** Where its outputs go instead of into what is returned; descriptors. */
  stdout?: number;
  stderr?: number;
}

/** Runs the built command as a process, without a terminal and without anything on its standard input. */
export function ended(args: readonly string[], { cwd, env = {}, limit, stdout, stderr }: Around): Promise<Ended> {
  const begun = performance.now();
  const child = spawn(process.execPath, [SHIM, ...args], {
    cwd,
    env: { ...withoutAccess(process.env), NO_COLOR: '1', ...env },
    stdio: ['ignore', stdout ?? 'pipe', stderr ?? 'pipe'],
    timeout: limit,
    killSignal: 'SIGKILL',
  });
  const told = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (told.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (told.stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...told, milliseconds: performance.now() - begun }));
  });
}

/** Nothing of what the user set decides where a trial looks. */
function withoutAccess(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('ELASTICSEARCH_')));
}
