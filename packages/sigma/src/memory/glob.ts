import type { PatternPart } from '../rules/plan';
import { codePointGlob } from './code-points';

/** Whether a whole text matches. The case has been folded, or not, before. */
export type TextTest = (text: string) => boolean;

/**
 * Compiles a pattern. Greedy: each piece between two `*` is put at its leftmost place, which is enough, since a later place
 * leaves less for the pieces after it. So the time is at most text × pattern, whatever the number of wildcards.
 */
export function compileGlob(parts: readonly PatternPart[]): TextTest {
  if (parts.some((part) => (typeof part === 'object' ? part.wild !== 'any' : HALF.test(part))))
    return codePointGlob(parts);
  const pieces = [''];
  for (const part of parts) {
    if (typeof part === 'string') pieces[pieces.length - 1] += part;
    else pieces.push('');
  }
  const first = pieces[0]!;
  if (pieces.length === 1) return (text) => text === first;
  const last = pieces.at(-1)!;
  const middle = pieces.slice(1, -1).filter((piece) => piece !== '');
  if (middle.length === 0) {
    if (last === '') return (text) => text.startsWith(first);
    if (first === '') return (text) => text.endsWith(last);
  }
  if (middle.length === 1 && first === '' && last === '') return (text) => text.includes(middle[0]!);
  return (text) => {
    const end = text.length - last.length;
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    let from = first.length;
    for (const piece of middle) {
      const at = text.indexOf(piece, from);
      if (at < 0) return false;
      from = at + piece.length;
    }
    return from <= end;
  };
}

/** Half a surrogate pair, which is not a part of the whole one. */
const HALF = /\p{Surrogate}/u;
