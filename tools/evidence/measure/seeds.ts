import { Failure } from '../../foundation/content/failure';

/** Thresholds may be chosen on these seeds; what is reported is measured on others. */
const DEVELOPMENT = { first: 1, last: 20 };
const REPORTING = { first: 101, last: Infinity };

/** Seeds of a list; each is a run of its own. */
export const MAX_SEEDS = 10_000;

/** `101-104,110` → 101, 102, 103, 104, 110. Throws a `Failure` (2) for what is no such list. */
export function parseSeeds(text: string): number[] {
  const seeds = new Set<number>();
  for (const part of text.split(',')) {
    const [, from, to = from] = /^\s*(\d{1,6})(?:-(\d{1,6}))?\s*$/.exec(part) ?? [];
    if (from === undefined || Number(to) < Number(from))
      throw new Failure(2, `'${text}' is not a list of seeds`, 'write 101-140, or 101,105-110');
    for (let seed = Number(from); seed <= Number(to); seed++) {
      seeds.add(seed);
      if (seeds.size > MAX_SEEDS)
        throw new Failure(2, `${part.trim()} leads to more than ${MAX_SEEDS} seeds`, 'measure fewer at a time');
    }
  }
  return [...seeds];
}

/**
 * Holds seeds against their purpose, so that no threshold is reported on the data that it was chosen on. Throws a `Failure` (2)
 * where one is not of the kind that is measured.
 */
export function requireSeeds(seeds: number[], development: boolean): void {
  const { first, last } = development ? DEVELOPMENT : REPORTING;
  const wrong = seeds.find((seed) => seed < first || seed > last);
  if (wrong === undefined) return;
  throw development
    ? new Failure(2, `seed ${wrong} is not a development seed`, `development seeds are ${first} to ${last}`)
    : new Failure(
        2,
        `seed ${wrong} is not for reporting`,
        `seeds for that begin at ${first}; --development measures others`,
      );
}
