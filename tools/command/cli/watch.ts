import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Layout } from '../check/layout';
import { findYaml, yamlAt } from '../../foundation/content/find';
import { reportError } from './process';

/** Between two looks. What a save writes in several steps is whole once nothing has changed from one look to the next. */
const LOOK_MS = 150;

/** Changes that are named; of more their number is. */
const NAMED = 3;

/** To the beginning of an empty screen; what had scrolled out of it stays. */
const CLEARED = '\x1b[2J\x1b[H';

/** File → what is another after each save of it, by writing it or by putting another in its place. */
type Seen = ReadonlyMap<string, string>;

/** What was changed: whole paths, and in words, such as `rules/a.yml changed`. */
interface Change {
  files: ReadonlySet<string>;
  words: string;
}

interface WatchOptions {
  paths: string[];
  /** The content of those of the paths that are there. Throws a `Failure` (2) for one that matches nothing. */
  find: (paths: string[]) => Layout;
  /** Which files of it are read. */
  reads: (layout: Layout) => string[];
  /** Where it is said what changed; a terminal is cleared before each run but the first. */
  out: NodeJS.WriteStream;
}

/** Runs something for these files (whole paths), or null for all. Returns those for which it is to be run again at the next change. */
type Run = (files: ReadonlySet<string> | null) => Promise<readonly string[]>;

/**
 * Runs something now and after each change of the content, until the command is interrupted. What it throws is told: a file may be wrong for a
 * while, and the next save is another chance. Throws what `find` throws.
 */
export async function watch(options: WatchOptions, run: Run): Promise<never> {
  const { paths, find, out } = options;
  find(paths);
  const watched = new Watched(options);
  for (let files: ReadonlySet<string> | null = null; ;) {
    let again: readonly string[] | null;
    try {
      again = await run(files);
    } catch (error) {
      reportError(error);
      again = files && [...files];
    }
    out.write(`watching ${watched.files} files; Ctrl-C ends\n`);
    const change = await watched.changed();
    files = again && new Set([...again, ...change.files]);
    out.write(`${out.isTTY ? CLEARED : '\n'}── ${new Date().toTimeString().slice(0, 8)} ── ${change.words}\n`);
  }
}

/** The rules, queries, filters and contracts. */
export function readsDetectors({ rules, queries, filters, telemetry }: Layout): string[] {
  return [...rules, ...queries, ...filters, ...findYaml([telemetry].flat())];
}

/** The worlds and scenarios, with what messages cost there. */
export function readsDatasets({ datasets, over, worlds, scenarios }: Layout): string[] {
  const places = ['worlds', 'benign', 'malicious', 'rate-card.yml'];
  const inFolders = [datasets, ...over].flatMap((folder) => places.flatMap((place) => yamlAt(join(folder, place))));
  return [...worlds, ...scenarios, ...inFolders];
}

/**
 * Whether the change of these files tells which rules and queries it affects. It does not where a file is gone, a filter has changed, which may
 * have named others before, or a world or scenario, which all may see.
 */
export function tellsAffected(files: ReadonlySet<string>, { rules, queries, cases, telemetry }: Layout): boolean {
  const telling = new Set(
    [...rules, ...queries, ...cases, ...findYaml([telemetry].flat())].map((file) => resolve(file)),
  );
  return [...files].every((file) => telling.has(file));
}

/**
 * The files of some content, looked at again and again: that sees what was renamed, made or removed, in new folders too, and on file
 * systems that tell nothing of it.
 */
class Watched {
  private seen: Seen;

  constructor(private readonly options: Pick<WatchOptions, 'paths' | 'find' | 'reads'>) {
    this.seen = this.look();
  }

  /** How many files there are. */
  get files(): number {
    return this.seen.size;
  }

  /** Waits for what is another than when this last answered, or at the beginning, and until it is whole. */
  async changed(): Promise<Change> {
    for (let last = this.look(); ;) {
      await sleep(LOOK_MS);
      const now = this.look();
      const changes = differences(this.seen, now);
      if (changes.length > 0 && differences(last, now).length === 0) {
        this.seen = now;
        const more = changes.length > NAMED ? [`and ${changes.length - NAMED} more`] : [];
        const named = changes.slice(0, NAMED).map(({ file, what }) => `${file} ${what}`);
        return {
          files: new Set(changes.map(({ file }) => resolve(file))),
          words: [...named, ...more].join(', '),
        };
      }
      last = now;
    }
  }

  private look(): Seen {
    const seen = new Map<string, string>();
    for (const file of this.filesNow()) {
      const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
      if (stat !== undefined) seen.set(file, `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`);
    }
    return seen;
  }

  /** The content's files as far as they are there: one may be gone for a moment while it is saved. */
  private filesNow(): string[] {
    const { paths, find, reads } = this.options;
    const present = paths.filter((path) => statSync(path, { throwIfNoEntry: false }) !== undefined);
    try {
      return [...new Set(reads(find(present)))];
    } catch {
      return [];
    }
  }
}

function differences(before: Seen, now: Seen): { file: string; what: string }[] {
  return [
    ...[...now].flatMap(([file, state]) =>
      !before.has(file) ? [{ file, what: 'is new' }] : before.get(file) !== state ? [{ file, what: 'changed' }] : [],
    ),
    ...[...before.keys()].filter((file) => !now.has(file)).map((file) => ({ file, what: 'is gone' })),
  ];
}
