import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process, so that another one that got its number later is not taken for it. */
export interface ProcessIdentity {
  pid: number;
  /** When it started, in the system's own words; compared, never read. */
  started: string;
  /** The process group that it belongs to. */
  group: number;
}

/** The identity of a running process; undefined where there is none (a zombie, which runs no more, is none). */
export function identify(pid: number): ProcessIdentity | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return process.platform === 'linux' ? identifyOnLinux(pid) : identifyByPs(pid);
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.started === identity.started;
}

/** The start is in clock ticks since boot, which no change of the clock moves, with the boot that they count from. */
function identifyOnLinux(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the program's name in parentheses, which may hold anything; proc(5).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return { pid, started: `${fields[19]}@${boot}`, group: Number(fields[2]) };
  } catch {
    return undefined;
  }
}

function identifyByPs(pid: number): ProcessIdentity | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,pgid=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, LC_ALL: 'C' },
    });
    const [state = '', group, ...started] = line.trim().split(/\s+/);
    return state === '' || state.startsWith('Z')
      ? undefined
      : { pid, started: started.join(' '), group: Number(group) };
  } catch {
    return undefined;
  }
}

/**
 * Ends a process and the group that it belongs to: asks (SIGTERM), waits up to `patienceMs`, then kills what is left.
 * Resolves to whether it is gone.
 */
export async function endProcess(identity: ProcessIdentity, patienceMs: number): Promise<boolean> {
  if (!isAlive(identity)) return true;
  signalGroup(identity.group, 'SIGTERM');
  await until(() => !isAlive(identity), patienceMs);
  signalGroup(identity.group, 'SIGKILL');
  if (!(await until(() => !isAlive(identity), 60_000))) return false;
  // It runs no more. Its number is free once the system has taken notice, which some are slow to do or never do.
  await until(() => !isListed(identity.pid), 5_000);
  return true;
}

function isListed(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function signalGroup(group: number, name: NodeJS.Signals): void {
  try {
    process.kill(-group, name);
  } catch {
    // It ended in the meantime; or it can't be ended by this user, which shows when it is still there after the wait.
  }
}

/** Resolves to whether the condition came true within that time. */
async function until(condition: () => boolean, withinMs: number): Promise<boolean> {
  for (let waited = 0; waited < withinMs; waited += 50) {
    if (condition()) return true;
    await sleep(50);
  }
  return condition();
}
