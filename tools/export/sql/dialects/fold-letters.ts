import { foldCase } from '@tollgate/sigma/values/fold';

/** Letters outside ASCII by what they are folded to; found when they are first asked for. */
let known: ReadonlyMap<string, string[]> | undefined;

/** No letter beyond has a small form. */
const LAST = 0x1ffff;

/**
 * Writes a text folded as far as the letters of a constant ask, but for those of ASCII: engines know letters by their age or locale, or not at all, and what a letter is folded to does not matter
 * to a comparison in which that doesn't occur.
 */
export function foldLetters(text: string, letters: string, quote: (text: string) => string): string {
  let folded = text;
  for (const letter of new Set(letters))
    for (const capital of capitals().get(letter) ?? [])
      folded = `replace(${folded}, ${quote(capital)}, ${quote(letter)})`;
  return folded;
}

function capitals(): ReadonlyMap<string, string[]> {
  if (known) return known;
  const by = new Map<string, string[]>();
  for (let point = 0x80; point <= LAST; point++) {
    if (point === 0xd800) point = 0xe000;
    const letter = String.fromCodePoint(point);
    const folded = foldCase(letter);
    if (folded === letter) continue;
    const others = by.get(folded);
    if (others) others.push(letter);
    else by.set(folded, [letter]);
  }
  return (known = by);
}
