import type { Client } from '@elastic/elasticsearch';
import { isMap } from '@tollgate/sigma/values/map';
import type { Folders } from '../node/folders';
import { keptPlace, type NodeOptions } from '../node/manage';
import type { KeptNote, NoteFile } from './note';
import { noteFiles, readNote, removeNote, touchNote, writeNote } from './note';

/** What may be kept. The node takes 1,000 shards, and a dataset has an index for each of up to two dozen sources. */
export interface KeptLimits {
  /** Of all indices on the disk. */
  bytes: number;
  datasets: number;
}

const LIMITS: KeptLimits = { bytes: 2e9, datasets: 20 };

/** How a store gets at the node's lock, and knows whether another command uses the node. */
export interface KeptPlace {
  folders: Folders;
  locked: <T>(action: () => Promise<T>) => Promise<T>;
  /** To be asked with the lock. */
  isShared: () => boolean;
  /** When this command began, epoch ms: what was used since may be in use in another thread of it. */
  began: number;
}

/**
 * The datasets that are kept in this user's own node, each with a note in a file. A note is written when its indices are whole, and
 * nothing is dropped while another command uses the node, which may be searching in it.
 */
export class KeptDatasets {
  constructor(
    private readonly place: KeptPlace,
    private readonly limits = LIMITS,
  ) {}

  /** Those of this user's own node. */
  static ofLocalNode(options: NodeOptions): KeptDatasets {
    return new KeptDatasets(keptPlace(options));
  }

  /** What is noted under a digest, whether or not the node has it still; the last that was used where several are. */
  find(digest: string): { note: KeptNote; beside: Uint8Array } | null {
    for (const file of this.under(digest).reverse()) {
      const read = readNote(file);
      if (read?.note.digest !== digest || read.note.prefix !== file.prefix) continue;
      touchNote(file);
      return read;
    }
    return null;
  }

  /**
   * Notes a dataset in place of what there is under its digest, and drops those that were not used for the longest time where there are
   * too many. Resolves to whether it is kept: it is not where it is too large, or where that would take another's place that is
   * in use, or while another command uses the node. Throws where the note can't be written or the node refuses.
   */
  async keep(client: Client, note: KeptNote, beside: Uint8Array): Promise<boolean> {
    if (note.bytes > this.limits.bytes) return false;
    return this.place.locked(async () => {
      const drop = this.toDrop(note);
      const isInUse = drop.some(({ digest, used }) => digest !== note.digest && used >= this.place.began);
      if (drop.length > 0 && (isInUse || this.place.isShared())) return false;
      for (const file of drop) await dropDataset(client, file);
      writeNote(this.place.folders, note, beside);
      return true;
    });
  }

  /** How many there are, and how large their indices are on the disk. */
  size(): { datasets: number; bytes: number } {
    const notes = noteFiles(this.place.folders).flatMap((file) => readNote(file)?.note ?? []);
    return { datasets: notes.length, bytes: notes.reduce((sum, { bytes }) => sum + bytes, 0) };
  }

  private under(digest: string): NoteFile[] {
    return noteFiles(this.place.folders).filter((file) => file.digest === digest);
  }

  /** What has to go so that this can be kept. */
  private toDrop({ digest, bytes }: KeptNote): NoteFile[] {
    const drop: NoteFile[] = [];
    const others: { file: NoteFile; bytes: number }[] = [];
    for (const file of noteFiles(this.place.folders)) {
      const read = file.digest === digest ? null : readNote(file);
      if (read === null) drop.push(file);
      else others.push({ file, bytes: read.note.bytes });
    }
    let sum = others.reduce((total, other) => total + other.bytes, bytes);
    while (others.length > 0 && (sum > this.limits.bytes || others.length >= this.limits.datasets)) {
      const [oldest] = others.splice(0, 1);
      drop.push(oldest!.file);
      sum -= oldest!.bytes;
    }
    return drop;
  }
}

/** The note goes first: indices without one are never used. */
async function dropDataset(client: Client, file: NoteFile): Promise<void> {
  removeNote(file);
  const found: unknown = await client.indices.get({ index: `${file.prefix}*`, filter_path: '*.aliases' });
  const index = isMap(found) ? Object.keys(found).filter((name) => name.startsWith(file.prefix)) : [];
  if (index.length > 0) await client.indices.delete({ index, ignore_unavailable: true });
}
