import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';

/** Where one user's node and its distribution lie. */
export interface Folders {
  /** Everything below is in here. */
  root: string;
  /** State and credentials of the running node: for this user's eyes alone (0700). */
  state: string;
  /** Data, logs and configuration of the running node; belongs to the user that the node runs as. */
  node: string;
}

/**
 * `TOLLGATE_CACHE`, or the user's cache folder (XDG base directory specification). Root's is /var/cache: Elasticsearch
 * refuses to run as root, and the user that it runs as instead cannot reach into root's home.
 */
export function foldersOf(env: NodeJS.ProcessEnv, uid = process.getuid?.()): Folders {
  const xdg = env['XDG_CACHE_HOME'];
  const cache =
    uid === 0 ? '/var/cache' : xdg !== undefined && isAbsolute(xdg) ? xdg : join(env['HOME'] ?? homedir(), '.cache');
  const root = env['TOLLGATE_CACHE'] ? resolve(env['TOLLGATE_CACHE']) : join(cache, 'tollgate');
  return { root, state: join(root, 'state'), node: join(root, 'node') };
}

/** Makes the folders that every command needs, whatever the umask is. */
export function makeFolders(folders: Folders): void {
  const made = mkdirSync(folders.root, { recursive: true, mode: 0o755 });
  if (made !== undefined) chmodSync(folders.root, 0o755);
  mkdirSync(folders.state, { recursive: true, mode: 0o700 });
}

/** The user and group that a node runs as where it can't run as the caller; undefined: as the caller. */
export interface RunAs {
  uid: number;
  gid: number;
}

/** Root's nodes run as the overflow user, which Unix systems call nobody: it owns nothing else. */
export function runAs(uid = process.getuid?.()): RunAs | undefined {
  return uid === 0 ? { uid: 65534, gid: 65534 } : undefined;
}

/** Whether that user can get to a file or folder: every folder above it lets him pass, and he may read it. */
export function reachable(path: string, as: RunAs | undefined): boolean {
  try {
    if (as === undefined) {
      accessSync(path, constants.R_OK);
      return true;
    }
    if (!permits(path, as, 4)) return false;
    for (let at = dirname(resolve(path)); ; at = dirname(at)) {
      if (!permits(at, as, 1)) return false;
      if (at === dirname(at)) return true;
    }
  } catch {
    return false;
  }
}

/** Reads the mode's bits as the kernel does: `bit` is 4 for read, 1 for pass. */
function permits(path: string, as: RunAs, bit: 1 | 4): boolean {
  const { mode, uid, gid } = statSync(path);
  const shift = uid === as.uid ? 6 : gid === as.gid ? 3 : 0;
  return ((mode >> shift) & bit) !== 0;
}
