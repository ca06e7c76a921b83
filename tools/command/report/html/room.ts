import { markup, type Html } from './html';

/** The most bytes of a page. */
export const MOST_BYTES = 1_000_000;

/** A part of a page with its charts, and without. */
export interface Sized {
  plain: Html;
  /** Made where there may be room for it. */
  whole: () => Html;
}

/** What is said where charts are left out. */
export const NO_ROOM = markup`<p class="note">
  Its charts are left out, since the page would be larger than 1 MB; a report on it alone has them.
</p>`;

/** As many parts with their charts, the first ones first, as a page of `taken` bytes beside them has room for. */
export function fitted(parts: Sized[], taken: number): Html[] {
  let room = MOST_BYTES - taken - parts.reduce((sum, { plain }) => sum + bytesOf(plain), 0);
  return parts.map(({ plain, whole }) => {
    if (room <= 0) return plain;
    const found = whole();
    const more = bytesOf(found) - bytesOf(plain);
    if (more > room) return plain;
    room -= more;
    return found;
  });
}

export function bytesOf({ text }: Html): number {
  return Buffer.byteLength(text);
}
