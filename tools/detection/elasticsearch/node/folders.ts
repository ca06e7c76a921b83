import { accessSync, chmodSync, constants, lstatSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { Failure } from '../../../foundation/content/failure';

/** Where one user's node and its distribution lie. */
export interface Folders {
  /** Everything below is in here. */
  root: string;
  /** State and credentials of the running node: for this user's eyes alone (0700). */
  state: string;
  /** Data, logs and configuration of the running node. Only what is in it belongs to the user that the node runs as. */
  node: string;
}

/**
 * `TOLLGATE_CACHE`, or the user's cache folder (XDG base directory specification). Root's is /var/cache: Elasticsearch
 * refuses to run as root, and the user that it runs as instead cannot reach into root's home. Throws a `Failure` (3) where the
 * system knows no home of the user.
 */
export function foldersOf(env: NodeJS.ProcessEnv, uid = process.getuid?.()): Folders {
  const root = env['TOLLGATE_CACHE'] ? resolve(env['TOLLGATE_CACHE']) : join(cacheOf(env, uid), 'tollgate');
  return { root, state: join(root, 'state'), node: join(root, 'node') };
}

/** The folder of the journals in which commands write down what they would leave; `null` where the user has none. */
export function journalsOf(env: NodeJS.ProcessEnv): string | null {
  try {
    return join(foldersOf(env).state, 'journals');
  } catch {
    return null;
  }
}

function cacheOf(env: NodeJS.ProcessEnv, uid: number | undefined): string {
  if (uid === 0) return '/var/cache';
  const xdg = env['XDG_CACHE_HOME'];
  if (xdg !== undefined && isAbsolute(xdg)) return xdg;
  const home = env['HOME'] !== undefined && isAbsolute(env['HOME']) ? env['HOME'] : homeOnSystem();
  if (isAbsolute(home)) return join(home, '.cache');
  throw new Failure(
    3,
    'there is no folder for the local Elasticsearch: HOME is not set, and the system knows no home of this user',
    OTHER_FOLDER,
  );
}

function homeOnSystem(): string {
  try {
    return homedir();
  } catch {
    return '';
  }
}

/** Begins the names, beside the node's folder, of one that is being made and of those that are being removed. */
export const NODE_DRAFT = 'node-';

/** The hint where a folder won't do. */
export const OTHER_FOLDER =
  'set TOLLGATE_CACHE to a folder in which you can write, give a cluster with --url, or use --engine memory';

/**
 * Makes the folders that every command needs, whatever the umask is. Throws the system's error where it can't, and a `Failure` (3)
 * where others could change what is in them.
 */
export function makeFolders(folders: Folders): void {
  makeFolder(folders.root);
  const as = runAs();
  const open = as && [folders.root, realpathSync(folders.root)].map((path) => writable(path, as)).find(Boolean);
  if (open) {
    throw new Failure(
      3,
      `root's Elasticsearch can't lie in ${folders.root}: the user ${as.uid} that it runs as may change ${open}`,
      'set TOLLGATE_CACHE to a folder that root alone can write, and so every folder above it',
    );
  }
  mkdirSync(folders.state, { recursive: true, mode: 0o700 });
  const state = lstatSync(folders.state);
  if (!state.isDirectory() || state.uid !== (process.getuid?.() ?? state.uid)) {
    throw new Failure(3, `${folders.state} is not a folder of yours`, 'remove it, then run the command again');
  }
  if ((state.mode & 0o077) !== 0) chmodSync(folders.state, 0o700);
}

/** Makes a folder and those above it. (Node's own way never ends in a file system such as /proc, which lets nobody make any.) */
function makeFolder(path: string): void {
  if (isFolder(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
    chmodSync(path, 0o755);
  } catch (error) {
    // Where it is there by now, another command was faster.
    if (!isFolder(path)) throw error;
  }
}

/** Throws a `Failure` (3) where something else is there. */
function isFolder(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory() === false) {
    throw new Failure(3, `the local Elasticsearch can't be kept below ${path}: it is not a folder`, OTHER_FOLDER);
  }
  return stat !== undefined;
}

/** The folder, or the one above it, in which that user can put another thing in place of what is there. */
function writable(folder: string, as: RunAs): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const { mode, uid } = statSync(at);
    // In a sticky folder, such as /tmp, everybody can only make new entries.
    const isSticky = at !== folder && (mode & 0o1000) !== 0;
    if (uid === as.uid || (permits(at, as, 2) && !isSticky)) return at;
    if (at === dirname(at)) return undefined;
  }
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

/** Reads the mode's bits as the kernel does: `bit` is 4 for read, 2 for write, 1 for pass. */
function permits(path: string, as: RunAs, bit: 1 | 2 | 4): boolean {
  const { mode, uid, gid } = statSync(path);
  const shift = uid === as.uid ? 6 : gid === as.gid ? 3 : 0;
  return ((mode >> shift) & bit) !== 0;
}
