import {
  appendFileSync,
  chmodSync,
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { isAlive, ourselves, type ProcessIdentity } from './process-identity';
import type { Leftover, Note } from './leftover';

/** Under this name the threads that one starts are told of its journals' folder. */
const FOLDER = 'tollgate journals';

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_RDONLY, O_WRONLY } = constants;

/** This thread's; null where there is none, undefined before the first note. */
let file: number | null | undefined;

/**
 * From now on this thread, and those that it starts, write down in a file of that folder what the command would leave: whoever comes
 * after one that was killed reads it there (`deadJournals`).
 */
export function keepJournal(folder: string): void {
  setEnvironmentData(FOLDER, folder);
}

/** Where no journal can be kept, such as on a full disk, the command goes on without: only who kills it leaves something then. */
export function noteInJournal({ key, leftover }: Note): void {
  const folder = getEnvironmentData(FOLDER);
  if (typeof folder !== 'string' || file === null) return;
  try {
    file ??= open(folder);
    appendFileSync(file, lineOf({ key, ...(leftover && { leftover: forOthers(leftover) }) }));
  } catch {
    file = null;
  }
}

/** On a line of its own, also after one that was cut off. */
function lineOf(note: Note): string {
  return `\n${JSON.stringify(note)}\n`;
}

/** Whoever reads it stands in another folder, and has credentials of his own for the cluster. */
function forOthers(leftover: Leftover): Leftover {
  if (leftover.kind === 'path') return { ...leftover, path: resolve(leftover.path) };
  return leftover.kind === 'indices' ? { ...leftover, authorization: undefined } : leftover;
}

function open(folder: string): number {
  const [state, root] = [dirname(folder), dirname(dirname(folder))];
  mkdirSync(dirname(root), { recursive: true });
  // The cache is open to all, as the node needs it; what is in its state is for the user's eyes alone.
  makeFolder(root, 0o755);
  makeFolder(state, 0o700);
  makeFolder(folder, 0o700);
  if (!isPrivate(folder)) throw new Error(`${folder} is not this user's alone`);
  return openSync(fileOf(folder, ourselves()), O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
}

function makeFolder(path: string, mode: number): void {
  try {
    mkdirSync(path);
    chmodSync(path, mode);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** The journal of this process has nothing to tell any more. */
export function removeJournal(folder: string): void {
  attempt(() => rmSync(fileOf(folder, ourselves()), { force: true }));
}

/** What is in the way of a journal, such as a file in the place of its folder, is no reason for a command to fail. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** The journals of commands that were killed. None where the folder is not this user's alone. */
export function deadJournals(folder: string): DeadJournal[] {
  const names = attempt(() => (isPrivate(folder) ? readdirSync(folder) : [])) ?? [];
  return names.flatMap((name) => {
    const identity = identityIn(name);
    return identity === undefined || isAlive(identity) ? [] : [new DeadJournal(join(folder, name))];
  });
}

/** What a command left that was killed. */
export class DeadJournal {
  private readonly left = new Map<string, Leftover>();

  constructor(private readonly path: string) {
    for (const note of notesIn(path)) {
      if (note.leftover === undefined) this.left.delete(note.key);
      else this.left.set(note.key, note.leftover);
    }
  }

  get leftovers(): Leftover[] {
    return [...this.left.values()].reverse();
  }

  /** Says that these are cleared away; where nothing is left the file goes. */
  clear(cleared: readonly Leftover[]): void {
    const keys = [...this.left].flatMap(([key, leftover]) => (cleared.includes(leftover) ? [key] : []));
    for (const key of keys) this.left.delete(key);
    attempt(() => {
      if (this.left.size === 0) rmSync(this.path, { force: true });
      else appendFileSync(this.path, keys.map((key) => lineOf({ key })).join(''));
    });
  }
}

function notesIn(path: string): Note[] {
  // Another command may just have cleared it away.
  return (attempt(() => contentOf(path)) ?? '').split('\n').flatMap((line) => {
    try {
      const note: unknown = JSON.parse(line);
      return isNote(note) ? [note] : [];
    } catch {
      // It was cut off in the middle of a line.
      return [];
    }
  });
}

function contentOf(path: string): string {
  const handle = openSync(path, O_RDONLY | O_NOFOLLOW);
  try {
    return readFileSync(handle, 'utf8');
  } finally {
    closeSync(handle);
  }
}

function isNote(value: unknown): value is Note {
  const { key, leftover } = Object(value) as Partial<Note>;
  return typeof key === 'string' && (leftover === undefined || isLeftover(leftover));
}

function isLeftover(value: unknown): value is Leftover {
  const found = Object(value) as Partial<Record<string, unknown>>;
  const areTexts = (...keys: string[]): boolean => keys.every((key) => typeof found[key] === 'string');
  if (found['kind'] === 'path') return areTexts('path');
  if (found['kind'] === 'indices') return areTexts('url', 'prefix');
  return found['kind'] === 'process' && typeof found['pid'] === 'number' && areTexts('started');
}

function isPrivate(folder: string): boolean {
  return [folder, dirname(folder)].every((path) => {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    return stat?.isDirectory() === true && stat.uid === process.getuid?.() && (stat.mode & 0o077) === 0;
  });
}

/** Named by the process and its start, so that another process with its number is not taken for it. */
function fileOf(folder: string, { pid, started }: ProcessIdentity): string {
  return join(folder, `${pid}-${Buffer.from(started).toString('base64url')}`);
}

function identityIn(name: string): ProcessIdentity | undefined {
  const [, pid, started] = /^(\d+)-([\w-]+)$/.exec(name) ?? [];
  return started === undefined
    ? undefined
    : { pid: Number(pid), started: Buffer.from(started, 'base64url').toString() };
}
