import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Oddity } from '@tollgate/sigma-elasticsearch/oddity';
import type { Folders } from '../node/folders';

/** What is known of one index of a dataset that is kept: what it must be still, and what no search tells. */
export interface KeptIndex {
  id: string;
  name: string;
  uuid: string;
  mark: string;
  /** Digest of its mapping, as the node tells it. */
  mapping: string;
  count: number;
  /** What its requests needed, which is all that it can serve. */
  asked: string[];
  wanted: string[];
  lists: string[];
  odd: Oddity[];
  /** What became known of its documents. */
  fit: string[];
  oddities: Oddity[];
  ignored: string[];
}

/** A dataset in the local node. */
export interface KeptNote {
  digest: string;
  /** What its indices' names begin with, so that they are found without this note. */
  prefix: string;
  /** Of its indices on the disk. */
  bytes: number;
  indices: KeptIndex[];
}

/** A note's file: it is named by what is needed to drop the dataset even where it is damaged. */
export interface NoteFile {
  path: string;
  digest: string;
  prefix: string;
  /** When the dataset was last used, epoch ms. */
  used: number;
}

const NAME = /^([\da-f]{64})-(tollgate-[\da-f]{8}-)$/;

function folderOf({ state }: Folders): string {
  return join(state, 'datasets');
}

/** The files of all notes, that of the dataset first which was not used for the longest time. */
export function noteFiles(folders: Folders): NoteFile[] {
  const folder = folderOf(folders);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    // Nothing has been kept yet.
    return [];
  }
  const files = names.flatMap((name): NoteFile[] => {
    const [, digest, prefix] = NAME.exec(name) ?? [];
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    return digest && prefix && stat ? [{ path, digest, prefix, used: stat.mtimeMs }] : [];
  });
  return files.sort((a, b) => a.used - b.used);
}

/** A note with what was put beside it; null where it is gone, or no byte for byte what was written. */
export function readNote({ path }: NoteFile): { note: KeptNote; beside: Uint8Array } | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return null;
  }
  const [end, next] = [bytes.indexOf('\n'), bytes.indexOf('\n', bytes.indexOf('\n') + 1)];
  const content = bytes.subarray(end + 1);
  if (end < 0 || next < 0 || bytes.toString('latin1', 0, end) !== sha256(content)) return null;
  return { note: JSON.parse(bytes.toString('utf8', end + 1, next)) as KeptNote, beside: bytes.subarray(next + 1) };
}

/** Writes a note whole. Throws the system's error where it can't. */
export function writeNote(folders: Folders, note: KeptNote, beside: Uint8Array): void {
  const folder = folderOf(folders);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const content = Buffer.concat([Buffer.from(`${JSON.stringify(note)}\n`), beside]);
  const draft = join(folder, `draft-${randomUUID()}`);
  try {
    writeFileSync(draft, Buffer.concat([Buffer.from(`${sha256(content)}\n`), content]), { mode: 0o600, flag: 'wx' });
    renameSync(draft, join(folder, `${note.digest}-${note.prefix}`));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Says that the dataset is used now. */
export function touchNote({ path }: NoteFile): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Its place in the order is all that is lost.
  }
}

export function removeNote({ path }: NoteFile): void {
  rmSync(path, { force: true });
}

/** Of a node that is gone, with its indices. */
export function removeNotes(folders: Folders): void {
  rmSync(folderOf(folders), { recursive: true, force: true });
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
