import type { Test } from '../rules/plan';
import type { TextTest } from './glob';
import { Trie } from './trie';

type Match = Extract<Test, { kind: 'ref' }>['match'];

/** So many others, or so many characters of them, are compared one by one: nearly always there are no more. */
const FEW = 16;
const FEW_CHARACTERS = 64;

/**
 * A test of whether a text equals, begins with, ends with or contains any of some others. A field's values are the sender's choice,
 * so that the time must grow with their characters only, and not with the one field's values times the other's.
 */
export function relatedTo(others: readonly string[], match: Match): TextTest {
  switch (match) {
    case 'equals': {
      if (others.length <= FEW) return (text) => others.includes(text);
      const all = new Set(others);
      return (text) => all.has(text);
    }
    case 'startswith':
      return beginsWith(others);
    case 'endswith': {
      if (others.length <= FEW) return (text) => others.some((other) => text.endsWith(other));
      const begins = beginsWith(others.map(reversed));
      return (text) => begins(reversed(text));
    }
    case 'contains': {
      if (others.includes('')) return () => true;
      const characters = others.reduce((sum, other) => sum + other.length, 0);
      if (characters <= FEW_CHARACTERS) return (text) => others.some((other) => text.includes(other));
      const trie = new Trie(others);
      return (text) => trie.occursIn(text);
    }
  }
}

function beginsWith(others: readonly string[]): TextTest {
  if (others.length <= FEW) return (text) => others.some((other) => text.startsWith(other));
  // In the order of texts what begins with another follows it, and is not needed. Of the rest, the last that does not come after
  // a text is the only one that it can begin with.
  const sorted: string[] = [];
  for (const other of [...others].sort()) {
    const last = sorted.at(-1);
    if (last === undefined || !other.startsWith(last)) sorted.push(other);
  }
  return (text) => {
    let low = -1;
    for (let high = sorted.length - 1; low < high;) {
      const middle = (low + high + 1) >> 1;
      if (sorted[middle]! <= text) low = middle;
      else high = middle - 1;
    }
    return low >= 0 && text.startsWith(sorted[low]!);
  };
}

/** By UTF-16 units, as texts are compared. */
function reversed(text: string): string {
  return text.split('').reverse().join('');
}
