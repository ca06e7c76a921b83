import { markup, type Html } from './html';

/** The most bytes of a page. */
export const MOST_BYTES = 1_000_000;

/** A part of a page in several lengths. */
export interface Sized {
  /** What is least gets its room first. */
  rank: number;
  /** From the shortest on; longer ones are made where there may be room. */
  lengths: [Html, ...(() => Html)[]];
}

/** What is said where charts are left out. */
export const NO_ROOM = markup`<p class="note">
  Its charts are left out, since the page would be larger than 1 MB; a report on it alone has them.
</p>`;

/**
 * The parts in their order, each as long as a page with `taken` bytes beside them has room for: all of them are made a step longer, as far as
 * the room goes, before any is made two.
 */
export function fitted(parts: Sized[], taken: number): Html[] {
  const made = new Map(parts.map((part) => [part, part.lengths[0]]));
  let room = MOST_BYTES - taken - [...made.values()].reduce((sum, html) => sum + bytesOf(html), 0);
  const ranked = [...parts].sort((a, b) => a.rank - b.rank);
  const steps = Math.max(0, ...parts.map(({ lengths }) => lengths.length - 1));
  for (let step = 1; step <= steps; step++)
    for (const part of ranked) {
      const [, ...longer] = part.lengths;
      const longerOne = longer[step - 1];
      if (!longerOne || room <= 0) continue;
      const html = longerOne();
      const more = bytesOf(html) - bytesOf(made.get(part)!);
      if (more > room) return parts.map((one) => made.get(one)!);
      room -= more;
      made.set(part, html);
    }
  return parts.map((part) => made.get(part)!);
}

/** Makes it once, when it is first asked for. */
export function once(make: () => Html): () => Html {
  let made: Html | undefined;
  return () => (made ??= make());
}

function bytesOf({ text }: Html): number {
  return Buffer.byteLength(text);
}
