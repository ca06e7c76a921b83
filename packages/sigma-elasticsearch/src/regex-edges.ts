import { WORD, type CodePointRange, type RegexTree } from './regex-tree';

/** What a text may begin or end with, as bits. */
export type Edge = number;
export const WORD_SIGN: Edge = 1;
export const NEWLINE: Edge = 2;
/** Neither a line feed nor part of a word. */
export const OTHER: Edge = 4;
/** There may be no text at all. */
export const EMPTY: Edge = 8;

const LAST_POINT = 0x10ffff;

/** With what the texts of a sequence may begin; perhaps more than they do. */
export function firstEdge(items: readonly RegexTree[]): Edge {
  return edgeOfAll(items, firstEdge);
}

/** With what the texts of a sequence may end; perhaps more than they do. */
export function lastEdge(items: readonly RegexTree[]): Edge {
  return edgeOfAll([...items].reverse(), lastEdge);
}

/** The edge of items, the outermost first. */
function edgeOfAll(items: readonly RegexTree[], within: (items: readonly RegexTree[]) => Edge): Edge {
  let edge = EMPTY;
  for (const item of items) {
    edge = (edge & ~EMPTY) | edgeOf(item, within);
    if ((edge & EMPTY) === 0) break;
  }
  return edge;
}

function edgeOf(tree: RegexTree, within: (items: readonly RegexTree[]) => Edge): Edge {
  switch (tree.kind) {
    case 'mark':
      return EMPTY;
    case 'sequence':
      return within(tree.items);
    case 'choice':
      return tree.options.reduce((edge, option) => edge | edgeOf(option, within), 0);
    case 'repeat':
      return tree.max === 0 ? EMPTY : edgeOf(tree.item, within) | (tree.min === 0 ? EMPTY : 0);
    case 'set':
      return edgeOfSet(pointsOf(tree));
    default:
      return tree satisfies never;
  }
}

function edgeOfSet(set: CodePointRange[]): Edge {
  const newline: CodePointRange[] = [[10, 10]];
  const others = complement([...WORD, ...newline]);
  return (meet(set, WORD) ? WORD_SIGN : 0) | (meet(set, newline) ? NEWLINE : 0) | (meet(set, others) ? OTHER : 0);
}

/** Whether two sets have no code point in common. */
export function disjoint(one: RegexTree & { kind: 'set' }, other: RegexTree & { kind: 'set' }): boolean {
  return !meet(pointsOf(one), pointsOf(other));
}

function pointsOf({ ranges, negated }: { ranges: CodePointRange[]; negated: boolean }): CodePointRange[] {
  return negated ? complement(ranges) : ranges;
}

function meet(some: CodePointRange[], others: CodePointRange[]): boolean {
  return some.some(([from, to]) => others.some(([low, high]) => from <= high && low <= to));
}

function complement(ranges: CodePointRange[]): CodePointRange[] {
  const result: CodePointRange[] = [];
  let next = 0;
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (from > next) result.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  if (next <= LAST_POINT) result.push([next, LAST_POINT]);
  return result;
}
