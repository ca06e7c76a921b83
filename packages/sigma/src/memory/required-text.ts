import type { RegexTest } from '../rules/regex';

/** Characters that mean themselves, also after a backslash where they are no letters. */
const LITERAL = /^[A-Za-z0-9 _\-/:;,=@#%&<>"'`~!]$/;

/**
 * A text that is in every string in which the expression finds a match: the longest run of literal ASCII characters that is
 * in no group and has no quantifier but `+` at its end. Empty where none is seen; it understands only what is plain.
 */
export function requiredText({ source, ignoreCase }: Pick<RegexTest, 'source' | 'ignoreCase'>): string {
  if (source.includes('|') || source.includes('(?') || source.includes('\\Q')) return '';
  let longest = '';
  let run = '';
  const end = () => {
    // Without case, `s` and `k` are also the long s and the Kelvin sign.
    for (const piece of ignoreCase ? run.split(/[sk]/i) : [run]) if (piece.length > longest.length) longest = piece;
    run = '';
  };
  let depth = 0;
  for (let i = 0; i < source.length; i++) {
    const character = source[i]!;
    if (character === '[') {
      end();
      i = classEnd(source, i);
      if (i < 0) return '';
    } else if (character === '(' || character === ')') {
      end();
      depth += character === '(' ? 1 : -1;
    } else if (depth > 0) {
      if (character === '\\') i++;
    } else if (character === '?' || character === '*' || character === '{') {
      run = run.slice(0, -1);
      end();
      if (character === '{') i = source.indexOf('}', i);
      if (i < 0) return '';
    } else if (character === '\\') {
      const next = source[++i] ?? '';
      if (/^[.\\/()[\]{}^$*+?:_-]$/.test(next)) run += next;
      else if (/^[bBAzdDwWsS]$/.test(next)) end();
      else return '';
    } else if (LITERAL.test(character)) run += character;
    else if (/^[.^$+]$/.test(character)) end();
    else return '';
  }
  end();
  return longest;
}

/** Where a character class ends that begins at `start`; -1 for one with a class in it. */
function classEnd(source: string, start: number): number {
  let i = start + 1;
  if (source[i] === '^') i++;
  if (source[i] === ']') i++;
  for (; i < source.length && source[i] !== ']'; i++) {
    if (source[i] === '[') return -1;
    if (source[i] === '\\') i++;
  }
  return i;
}
