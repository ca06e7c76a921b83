import { markup, type Html } from './html';

/** The most bytes of a page. */
export const MOST_BYTES = 1_000_000;

/** A part of a page with its charts, and without. */
export interface Sized {
  /** What is least gets its charts first. */
  rank: number;
  plain: Html;
  /** Made where there may be room for it. */
  whole: () => Html;
}

/** What is said where charts are left out. */
export const NO_ROOM = markup`<p class="note">
  Its charts are left out, since the page would be larger than 1 MB; a report on it alone has them.
</p>`;

/** The parts in their order, as many of them with their charts as a page with `taken` bytes beside them has room for. */
export function fitted(parts: Sized[], taken: number): Html[] {
  let room = MOST_BYTES - taken - parts.reduce((sum, { plain }) => sum + bytesOf(plain), 0);
  const made = new Map<Sized, Html>();
  for (const part of [...parts].sort((a, b) => a.rank - b.rank)) {
    if (room <= 0) break;
    const whole = part.whole();
    const more = bytesOf(whole) - bytesOf(part.plain);
    if (more > room) break;
    room -= more;
    made.set(part, whole);
  }
  return parts.map((part) => made.get(part) ?? part.plain);
}

function bytesOf({ text }: Html): number {
  return Buffer.byteLength(text);
}
