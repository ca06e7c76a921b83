import type { Test } from '../sigma/plan';
import type { TextTest } from './glob';
import { Trie } from './trie';

type Match = Extract<Test, { kind: 'ref' }>['match'];

/** Characters of the other field's values up to which each value is compared with each: nearly always there are so few. */
const FEW = 64;

/**
 * A test of whether a text equals, begins with, ends with or contains any of some others. A field's values are the sender's choice,
 * so that the time must grow with their characters only: of many others there is a set or a trie.
 */
export function relatedTo(others: readonly string[], match: Match): TextTest {
  if (match === 'equals') {
    const all = new Set(others);
    return (text) => all.has(text);
  }
  if (others.some((other) => other === '')) return () => true;
  if (others.reduce((sum, other) => sum + other.length, 0) <= FEW)
    return (text) => others.some((other) => relates(match, text, other));
  switch (match) {
    case 'startswith': {
      const trie = new Trie(others);
      return (text) => trie.beginsIn(text);
    }
    case 'endswith': {
      const trie = new Trie(others.map(reversed));
      return (text) => trie.beginsIn(reversed(text));
    }
    case 'contains': {
      const trie = new Trie(others);
      return (text) => trie.occursIn(text);
    }
  }
}

function relates(match: Exclude<Match, 'equals'>, text: string, other: string): boolean {
  switch (match) {
    case 'startswith':
      return text.startsWith(other);
    case 'endswith':
      return text.endsWith(other);
    case 'contains':
      return text.includes(other);
  }
}

/** By UTF-16 units, as texts are compared. */
function reversed(text: string): string {
  return text.split('').reverse().join('');
}
