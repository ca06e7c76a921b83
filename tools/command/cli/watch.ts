import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { findLayout } from '../check/layout';
import { findYaml } from '../../foundation/content/find';

/** Between two looks. What a save writes in several steps is whole once nothing has changed from one look to the next. */
const LOOK_MS = 150;

/** Changes that are named; of more their number is. */
const NAMED = 3;

/** File → what is another after each save of it, by writing it or by putting another in its place. */
type Seen = ReadonlyMap<string, string>;

/**
 * The files of some content, looked at again and again: that sees what was renamed, made or removed, in new folders too, and on file
 * systems that tell nothing of it.
 */
export class Watched {
  private seen: Seen;

  /** `paths`: as `findLayout` takes them. */
  constructor(private readonly paths: string[]) {
    this.seen = this.look();
  }

  /** How many files there are. */
  get files(): number {
    return this.seen.size;
  }

  /**
   * Waits for what is another than when this last answered, or at the beginning, and until it is whole. Returns it in words, such as
   * `rules/a.yml changed`.
   */
  async changed(): Promise<string> {
    for (let last = this.look(); ;) {
      await sleep(LOOK_MS);
      const now = this.look();
      const changes = differences(this.seen, now);
      if (changes.length > 0 && differences(last, now).length === 0) {
        this.seen = now;
        const more = changes.length > NAMED ? [`and ${changes.length - NAMED} more`] : [];
        return [...changes.slice(0, NAMED), ...more].join(', ');
      }
      last = now;
    }
  }

  private look(): Seen {
    const seen = new Map<string, string>();
    for (const file of filesOf(this.paths)) {
      const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
      if (stat !== undefined) seen.set(file, `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`);
    }
    return seen;
  }
}

/** The content's files as far as they are there: one may be gone for a moment while it is saved. */
function filesOf(paths: string[]): string[] {
  const present = paths.filter((path) => statSync(path, { throwIfNoEntry: false }) !== undefined);
  try {
    const { rules, queries, filters, cases, telemetry } = findLayout(present);
    return [...new Set([...rules, ...queries, ...filters, ...cases, ...findYaml([telemetry].flat())])];
  } catch {
    return [];
  }
}

function differences(before: Seen, now: Seen): string[] {
  return [
    ...[...now].flatMap(([file, state]) =>
      !before.has(file) ? [`${file} is new`] : before.get(file) !== state ? [`${file} changed`] : [],
    ),
    ...[...before.keys()].filter((file) => !now.has(file)).map((file) => `${file} is gone`),
  ];
}
