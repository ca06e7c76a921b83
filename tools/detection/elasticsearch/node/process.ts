import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isAlive, ps, type ProcessIdentity } from '../../../foundation/leftovers/process-identity';

/**
 * The Java processes of a user with this argument or, where the system tells, this variable of the environment (`NAME=value`).
 * The system's word counts and not that of a file, which others may have written.
 */
export function javaProcesses(uid: number, argument: string, variable: string): ProcessIdentity[] {
  if (process.platform !== 'linux') {
    return ps(['-A', '-ww', '-o', 'pid=,uid=,command='])
      .split('\n')
      .map((line) => /^\s*(\d+)\s+(\d+)\s(.*)$/.exec(line))
      .filter((found) => Number(found?.[2]) === uid && ` ${found![3]} `.includes(` ${argument} `))
      .flatMap((found) => identify(Number(found![1])) ?? []);
  }
  const listed = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return listed.flatMap((pid) => {
    const identity = identify(Number(pid));
    const isIt = runsJavaAs(pid, uid) && (holds(pid, 'cmdline', argument) || holds(pid, 'environ', variable));
    return identity !== undefined && isIt && isAlive(identity) ? [identity] : [];
  });
}

/** Real, effective, saved and file-system user must all be this one: a program with more rights than its caller is not ours. */
function runsJavaAs(pid: string, uid: number): boolean {
  try {
    const users = /^Uid:\s(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]?.split(/\s+/);
    const program = basename(readlinkSync(`/proc/${pid}/exe`)).replace(/ \(deleted\)$/, '');
    return program === 'java' && users?.every((user) => Number(user) === uid) === true;
  } catch {
    return false;
  }
}

function holds(pid: string, list: 'cmdline' | 'environ', wanted: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/${list}`, 'utf8').split('\0').includes(wanted);
  } catch {
    return false;
  }
}

/**
 * Ends a process: asks (SIGTERM), waits up to `patienceMs`, then kills it. Resolves to whether it is gone. Each signal goes to this
 * process alone, never to a group, in which others may be; one that is paused is woken, so that it can end in order.
 */
export async function endProcess(identity: ProcessIdentity, patienceMs: number): Promise<boolean> {
  for (const name of ['SIGTERM', 'SIGCONT'] as const) signal(identity, name);
  await until(() => !isAlive(identity), patienceMs);
  signal(identity, 'SIGKILL');
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

function signal(identity: ProcessIdentity, name: NodeJS.Signals): void {
  try {
    if (isAlive(identity)) process.kill(identity.pid, name);
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
