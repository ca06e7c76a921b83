import { randomUUID } from 'node:crypto';
import {
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../../foundation/content/failure';
import { isMap } from '@tollgate/sigma/values/map';
import { leaving } from '../../../foundation/leftovers/registry';
import {
  isAlive,
  isIdentity,
  isPaused,
  ourselves,
  type ProcessIdentity,
} from '../../../foundation/leftovers/process-identity';
import { readRecord, removeRecord, type ReadRecord } from './record';

/** Who has the lock, or waits for it. */
interface Owner extends ProcessIdentity {
  /** As in "which has been starting Elasticsearch"; an earlier Tollgate told nothing but its process. */
  doing?: string;
  /** When it took the lock, and how long it may have it, both in milliseconds. */
  since?: number;
  limitMs?: number;
}

export interface LockOptions {
  /** What the action does, as in "which has been starting Elasticsearch". */
  doing: string;
  /** How long it may take; others wait as long. */
  limitMs: number;
  /** The longest wait for all who came before. */
  patienceMs: number;
  /** Called ten times a second with whom we wait for. */
  onWait: (forWhom: string) => void;
  /** Called with the path of what is no lock of ours, and is removed. */
  onDamage: (path: string) => void;
}

const POLL_MS = 100;
/** A name with a higher number is none of ours. */
const MAX_NUMBER = 1e12;

/**
 * Runs `action` while no other process runs one under the same folder's lock, in the order in which they came. What a dead process
 * left, and what is no lock of ours, does not count and is removed. Waits as long as the owner may take, then throws a `Failure` (3).
 *
 * The lock is a folder of numbered files, each of which names its process; the lowest number with a living process has it. Only who
 * has it removes the files of others, so that nobody can remove the file of one who was faster.
 */
export async function withLock<T>(folder: string, options: LockOptions, action: () => Promise<T>): Promise<T> {
  const lock = new Lock(folder, options);
  try {
    await lock.take();
    return await action();
  } finally {
    lock.release();
  }
}

class Lock {
  private readonly path: string;
  private number: number | undefined;
  private gone: () => void = () => undefined;

  constructor(
    private readonly folder: string,
    private readonly options: LockOptions,
  ) {
    this.path = join(folder, 'lock');
  }

  async take(): Promise<void> {
    for (const begin = Date.now(); ; await sleep(POLL_MS)) {
      const old = this.ownerOfFile();
      if (old === undefined) this.number ??= this.draw();
      const ahead = old ?? this.ownerAhead();
      if (ahead !== undefined) this.options.onWait(describe(ahead));
      else if (this.number !== undefined) break;
      this.checkPatience(begin, ahead);
    }
    // So that those who wait know since when.
    renameSync(this.draft(), this.file(this.number));
    for (const name of readdirSync(this.path)) {
      const owner = this.read(name);
      if (owner.found === 'damaged') this.options.onDamage(join(this.path, name));
      if (owner.found !== 'whole' || !isAlive(owner.value)) removeRecord(join(this.path, name));
    }
  }

  release(): void {
    if (this.number === undefined) return;
    rmSync(this.file(this.number), { force: true });
    this.gone();
    try {
      rmdirSync(this.path);
    } catch {
      // Others wait.
    }
  }

  /** Takes the next number; undefined where another process interfered, so that it must be tried again. */
  private draw(): number | undefined {
    const draft = this.draft();
    try {
      mkdirSync(this.path, { recursive: true, mode: 0o700 });
      const number = Math.max(0, ...this.numbers()) + 1;
      linkSync(draft, this.file(number));
      // One with a higher number, which looked before ours was there, may have the lock.
      if (!this.numbers().some((other) => other > number)) {
        this.gone = leaving({ kind: 'path', path: this.file(number) }, { inJournal: false });
        return number;
      }
      rmSync(this.file(number), { force: true });
      return undefined;
    } catch (error) {
      // Another one has the number, or removed the folder since it was the last one.
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST' || code === 'ENOENT') return undefined;
      throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  }

  /** The lowest number before ours whose process lives. */
  private ownerAhead(): Owner | undefined {
    const mine = this.number;
    if (mine === undefined) return undefined;
    const ahead = this.numbers().filter((number) => number < mine);
    for (const number of ahead.sort((a, b) => a - b)) {
      const owner = this.read(String(number));
      if (owner.found === 'whole' && isAlive(owner.value)) return owner.value;
    }
    return undefined;
  }

  /** Tollgate once had a file here that named its owner. One of a dead process, and whatever else is no folder, is removed. */
  private ownerOfFile(): Owner | undefined {
    const stat = lstatSync(this.path, { throwIfNoEntry: false });
    if (stat === undefined || stat.isDirectory()) return undefined;
    const owner = readRecord(this.path, isOwner);
    if (owner.found === 'whole' && isAlive(owner.value)) return owner.value;
    if (owner.found === 'damaged') this.options.onDamage(this.path);
    try {
      // Where another process has made the folder in the meantime, it stays.
      unlinkSync(this.path);
    } catch {
      // The next look tells.
    }
    return undefined;
  }

  private checkPatience(begin: number, ahead: Owner | undefined): void {
    const now = Date.now();
    const limit = Math.max(begin, ahead?.since ?? 0) + (ahead?.limitMs ?? Infinity);
    if (now < Math.min(limit, begin + this.options.patienceMs)) return;
    throw new Failure(
      3,
      ahead === undefined ? `${this.path} could not be taken` : `gave up waiting for ${describe(ahead)}`,
      ahead === undefined ? `remove ${this.path}` : `end process ${ahead.pid}, then run the command again`,
    );
  }

  private numbers(): number[] {
    return readdirSync(this.path)
      .map(Number)
      .filter((number) => Number.isInteger(number) && number > 0 && number <= MAX_NUMBER);
  }

  private read(name: string): ReadRecord<Owner> {
    return readRecord(join(this.path, name), isOwner);
  }

  private file(number: number): string {
    return join(this.path, String(number));
  }

  /** A whole file that names us, beside the folder. */
  private draft(): string {
    const { doing, limitMs } = this.options;
    const draft = join(this.folder, `lock.${randomUUID()}`);
    const owner: Owner = { ...ourselves(), doing, since: Date.now(), limitMs };
    try {
      writeFileSync(draft, JSON.stringify(owner), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      rmSync(draft, { force: true }); // On a full disk it is there, and empty.
      throw error;
    }
    return draft;
  }
}

function describe({ doing, since, ...identity }: Owner): string {
  const paused = isPaused(identity) ? ' (it is paused)' : '';
  if (doing === undefined || since === undefined) return `process ${identity.pid}${paused}`;
  const seconds = Math.max(0, Math.round((Date.now() - since) / 1000));
  return `process ${identity.pid}, which has been ${doing} for ${seconds} s${paused}`;
}

function isOwner(value: unknown): value is Owner {
  const isOptional = (part: unknown, type: 'string' | 'number'): boolean => part === undefined || typeof part === type;
  return (
    isIdentity(value) &&
    isMap(value) &&
    isOptional(value['doing'], 'string') &&
    isOptional(value['since'], 'number') &&
    isOptional(value['limitMs'], 'number')
  );
}
