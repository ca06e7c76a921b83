import type * as ChildProcess from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process, so that another one that got its number later is not taken for it. */
export interface ProcessIdentity {
  pid: number;
  /** When it started, in the system's own words; compared, never read. */
  started: string;
}

/** Whether a value that was read somewhere has the form of an identity. */
export function isIdentity(value: unknown): value is ProcessIdentity {
  const { pid, started } = Object(value) as Partial<Record<keyof ProcessIdentity, unknown>>;
  return isPid(pid) && typeof started === 'string';
}

function isPid(pid: unknown): pid is number {
  return typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 0;
}

/** The identity of a running process; undefined where there is none (a zombie, which runs no more, is none). */
export function identify(pid: number): ProcessIdentity | undefined {
  const found = lookAt(pid);
  return found && { pid, started: found.started };
}

/** The process that runs this. */
export function ourselves(): ProcessIdentity {
  return identify(process.pid) ?? { pid: process.pid, started: '' };
}

export function isAlive(identity: ProcessIdentity): boolean {
  return lookAt(identity.pid)?.started === identity.started;
}

/** Whether it was stopped by a signal (SIGSTOP, Ctrl-Z) and waits to be continued. */
export function isPaused(identity: ProcessIdentity): boolean {
  const found = lookAt(identity.pid);
  return found?.started === identity.started && /^[Tt]/.test(found.state);
}

function lookAt(pid: number): { started: string; state: string } | undefined {
  if (!isPid(pid)) return undefined;
  const found = process.platform === 'linux' ? lookOnLinux(pid) : lookByPs(pid);
  return found && !/^[ZX]/.test(found.state) ? found : undefined;
}

/** The start is in clock ticks since boot, which no change of the clock moves, with the boot that they count from. */
function lookOnLinux(pid: number): { started: string; state: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the program's name in parentheses, which may hold anything; proc(5).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return { started: `${fields[19]}@${boot}`, state: fields[0]! };
  } catch {
    return undefined;
  }
}

function lookByPs(pid: number): { started: string; state: string } | undefined {
  const [state = '', ...started] = ps(['-o', 'stat=,lstart=', '-p', String(pid)])
    .trim()
    .split(/\s+/);
  return state === '' ? undefined : { started: started.join(' '), state };
}

/** What `ps` prints; nothing where it is not there or fails. */
export function ps(args: string[]): string {
  // Loaded where it is needed: every command looks at processes as it starts.
  const { execFileSync } = require('node:child_process') as typeof ChildProcess;
  try {
    return execFileSync('ps', args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, LC_ALL: 'C' },
      timeout: 10_000,
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch {
    return '';
  }
}
