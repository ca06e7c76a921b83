import { LONGEST_REGEX } from './query';
import { EMPTY, firstEdge, lastEdge, NEWLINE, OTHER, WORD_SIGN, type Edge } from './regex-edges';
import { affordable, effortOf } from './regex-counts';
import { RegexParser, Untranslatable, type Mark, type CodePointRange, type Regex, type RegexTree } from './regex-tree';

/**
 * Translates a regular expression of RE2 into one of Lucene (with the flag INTERSECTION) that matches the same texts.
 * Lucene's always span the whole text, have no anchors, flags or shorthand, and their `.` takes line breaks too. A mark such
 * as an anchor or a word boundary becomes what the texts before and after it must be. What has no translation here
 * (classes by name, case folding beyond ASCII, marks in long repetitions) gives null. With a count that would cost a node
 * too much the translation is not `exact`: it matches more.
 */
export function toLucene(regex: Regex): Lucene | null {
  try {
    const written = withoutInnerMarks(new RegexParser(regex).whole());
    const variants = written.map(affordable);
    const exact = variants.every((items, i) => items === written[i]);
    const texts = variants.flatMap((items) => plainText([ANYTHING, ...items, ANYTHING]) ?? []);
    const text = texts.map((each) => each || '()').join('|');
    return texts.length > 0 && text.length <= LONGEST_REGEX
      ? { text, exact, effort: Math.max(...variants.map(effortOf)) }
      : null;
  } catch (error) {
    if (error instanceof Untranslatable) return null;
    throw error;
  }
}

export interface Lucene {
  text: string;
  /** Otherwise it matches more. */
  exact: boolean;
  /** What a node must be allowed to do for it, where that is more than it does unasked; or 0. */
  effort: number;
}

/** Ways through an expression that has marks within its groups. */
const MOST_VARIANTS = 200;
/** A repetition with a mark in it is written out. */
const MOST_UNROLLED = 4;

/** What may stand before and after a match. */
const ANYTHING: RegexTree = {
  kind: 'repeat',
  item: { kind: 'set', ranges: [], negated: true },
  min: 0,
  max: Infinity,
  sign: '*',
};
const W = '[0-9A-Z_a-z]';
const N = '[^0-9A-Z_a-z]';

/** What one side of a mark must be: a text of Lucene's, and which edges it allows. */
type Side = { text: string; allows: Edge } | null;
const BEFORE = {
  word: { text: `.*${W}`, allows: WORD_SIGN },
  other: { text: `(.*${N})?`, allows: NEWLINE | OTHER | EMPTY },
  line: { text: '(.*\n)?', allows: NEWLINE | EMPTY },
  nothing: { text: '', allows: EMPTY },
} as const;
const AFTER = {
  word: { text: `${W}.*`, allows: WORD_SIGN },
  other: { text: `(${N}.*)?`, allows: NEWLINE | OTHER | EMPTY },
  line: { text: '(\n.*)?', allows: NEWLINE | EMPTY },
  nothing: { text: '', allows: EMPTY },
} as const;

/** The ways in which a mark may hold: what is before it, and what is after it. */
const MEANING: Record<Mark, [before: Side, after: Side][]> = {
  start: [[BEFORE.nothing, null]],
  end: [[null, AFTER.nothing]],
  lineStart: [[BEFORE.line, null]],
  lineEnd: [[null, AFTER.line]],
  word: [
    [BEFORE.word, AFTER.other],
    [BEFORE.other, AFTER.word],
  ],
  noWord: [
    [BEFORE.word, AFTER.word],
    [BEFORE.other, AFTER.other],
  ],
};

/** All ways through a tree that has marks, each as a sequence in which marks stand by themselves only. */
function withoutInnerMarks(tree: RegexTree): RegexTree[][] {
  if (tree.kind === 'mark' || !hasMark(tree)) return [tree.kind === 'sequence' ? tree.items : [tree]];
  switch (tree.kind) {
    case 'sequence':
      return tree.items.reduce<RegexTree[][]>((heads, item) => joined(heads, withoutInnerMarks(item)), [[]]);
    case 'choice':
      return limited(tree.options.flatMap(withoutInnerMarks));
    case 'repeat': {
      if (tree.max > MOST_UNROLLED) throw new Untranslatable();
      const once = withoutInnerMarks(tree.item);
      const all: RegexTree[][] = [];
      let heads: RegexTree[][] = [[]];
      for (let count = 0; count <= tree.max; count++) {
        if (count >= tree.min) all.push(...heads);
        if (count < tree.max) heads = joined(heads, once);
      }
      return limited(all);
    }
    case 'set':
      return [[tree]];
    default:
      return tree satisfies never;
  }
}

/** Each head followed by each tail. */
function joined(heads: RegexTree[][], tails: RegexTree[][]): RegexTree[][] {
  if (heads.length * tails.length > MOST_VARIANTS) throw new Untranslatable();
  return heads.flatMap((head) => tails.map((tail) => [...head, ...tail]));
}

function limited(variants: RegexTree[][]): RegexTree[][] {
  if (variants.length > MOST_VARIANTS) throw new Untranslatable();
  return variants;
}

function hasMark(tree: RegexTree): boolean {
  switch (tree.kind) {
    case 'mark':
      return true;
    case 'set':
      return false;
    case 'sequence':
      return tree.items.some(hasMark);
    case 'choice':
      return tree.options.some(hasMark);
    case 'repeat':
      return hasMark(tree.item);
    default:
      return tree satisfies never;
  }
}

/** The texts that such a sequence describes; `null` where no text can meet its marks. Marks are told from the last to the first. */
function plainText(items: RegexTree[]): string | null {
  const at = items.findLastIndex((item) => item.kind === 'mark');
  if (at < 0) return items.map(write).join('');
  const [head, mark, tail] = [items.slice(0, at), items[at]!, items.slice(at + 1)];
  const before = plainText(head);
  if (mark.kind !== 'mark' || before === null) return null;
  const after = tail.map(write).join('');
  const ways = MEANING[mark.mark].flatMap(([left, right]) => {
    const [first, second] = [
      limitedTo(before, head, lastEdge(head), left),
      limitedTo(after, tail, firstEdge(tail), right),
    ];
    return first === null || second === null ? [] : [first + second];
  });
  if (ways.length < 2) return ways[0] ?? null;
  return `(${ways.map((way) => way || '()').join('|')})`;
}

/** A text as far as its side of a mark allows; `null` where it does not at all. */
function limitedTo(text: string, items: RegexTree[], edge: Edge, side: Side): string | null {
  if (side === null) return text;
  if ((edge & side.allows) === 0) return null;
  if ((edge & ~side.allows) === 0) return text;
  if (items.length === 1 && items[0] === ANYTHING) return side.text;
  return `(${text || '()'}&${side.text || '()'})`;
}

/** A tree without marks in Lucene's words. */
function write(tree: RegexTree): string {
  switch (tree.kind) {
    case 'set':
      return writeSet(tree.ranges, tree.negated);
    case 'sequence':
      return tree.items.map(write).join('');
    case 'choice':
      return `(${tree.options.map((each) => write(each) || '()').join('|')})`;
    case 'repeat': {
      const item = write(tree.item);
      return `${tree.item.kind === 'set' || tree.item.kind === 'choice' ? item : `(${item})`}${tree.sign}`;
    }
    case 'mark':
      throw new Untranslatable();
    default:
      return tree satisfies never;
  }
}

function writeSet(ranges: CodePointRange[], negated: boolean): string {
  const [only] = ranges;
  if (only === undefined) return '.';
  if (ranges.length === 1 && only[0] === only[1] && !negated) return character(only[0]);
  const members = ranges.map(([from, to]) => (from === to ? character(from) : `${character(from)}-${character(to)}`));
  return `[${negated ? '^' : ''}${members.join('')}]`;
}

/** A backslash before a letter or digit would mean something; before any other sign it means that sign. */
function character(code: number): string {
  const text = String.fromCodePoint(code);
  return code < 128 && code > 32 && !/[0-9A-Za-z]/.test(text) ? `\\${text}` : text;
}
