import { Failure } from '../content/failure';

/** Thresholds may be chosen on these seeds; what is reported is measured on others. */
const DEVELOPMENT = { first: 1, last: 20 };
const REPORTING = { first: 101, last: Infinity };

/** `101-104,110` → 101, 102, 103, 104, 110. Throws a `Failure` (2) for what is no such list. */
export function parseSeeds(text: string): number[] {
  const seeds = text.split(',').flatMap((part) => {
    const [, from, to = from] = /^\s*(\d{1,6})(?:-(\d{1,6}))?\s*$/.exec(part) ?? [];
    if (from === undefined || Number(to) < Number(from))
      throw new Failure(2, `'${text}' is no list of seeds`, 'write 101-140, or 101,105-110');
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, n) => Number(from) + n);
  });
  return [...new Set(seeds)];
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
    ? new Failure(2, `seed ${wrong} is none of development`, `those are ${first} to ${last}`)
    : new Failure(
        2,
        `seed ${wrong} is not for reporting`,
        `seeds for that begin at ${first}; --development measures others`,
      );
}
