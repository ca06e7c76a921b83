import type { Explained } from '@tollgate/sigma/explain/explain';
import type { Reason } from '@tollgate/sigma/explain/reason';
import { colour as pc } from '../../foundation/content/colour';
import { harmless } from '../../foundation/content/harmless';
import { askedBy, reasonWords, shown, type TestWords } from './test-words';
import { fold, widthOf } from './width';

type Leaf = Extract<Explained, { op: 'test' }>;

/** Values that are listed of many. */
const LISTED = 4;

export function mark(holds: boolean | null): string {
  return holds ? pc.green('✓') : pc.red('✗');
}

/**
 * A detection on an event as a tree: each part with a mark, what it asks, what was found and why it does not hold. What does not decide the
 * verdict is dim and, unless the `whole` tree is asked for, one line; and so are the branches of a failing `or` but for the nearest.
 */
export function treeLines(tree: Explained, { columns, whole }: { columns: number; whole: boolean }): string[] {
  return branch(tree, { first: '', rest: '' }, { decides: true, isOpen: true }, { columns, whole });
}

interface State {
  /** Whether the verdict rests on the part. */
  decides: boolean;
  /** Whether its own parts are told. */
  isOpen: boolean;
}

function branch(
  node: Explained,
  at: { first: string; rest: string },
  { decides, isOpen }: State,
  options: { columns: number; whole: boolean },
): string[] {
  const leaves = alternatives(node);
  const isClosed = leaves === null && !isOpen && !options.whole;
  const text = leaves ? leafText(node, leaves) : isClosed ? closedText(node) : nodeText(node);
  const paint = decides ? (line: string) => line : pc.dim;
  const [line, ...more] = fold('', text, options.columns - widthOf(at.first) - 2, 4);
  const lines = [`${at.first}${mark(node.holds)} ${paint(line!)}`, ...more.map((each) => `${at.rest}  ${paint(each)}`)];
  if (leaves || isClosed) return lines;
  const parts = partsOf(node);
  const most = Math.max(...parts.map(shareOf));
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const below = { first: `${at.rest}${isLast ? '└─ ' : '├─ '}`, rest: `${at.rest}${isLast ? '   ' : '│  '}` };
    const isNearest = node.op !== 'or' || node.holds || parts.length === 1 || (most > 0 && shareOf(part) === most);
    const isPartDecisive = decides && isDecisive(node, part);
    lines.push(...branch(part, below, { decides: isPartDecisive, isOpen: isPartDecisive && isNearest }, options));
  }
  return lines;
}

/** How much of a part holds, from 0 to 1. */
function shareOf(node: Explained): number {
  switch (node.op) {
    case 'and':
      return node.parts.reduce((sum, part) => sum + shareOf(part), 0) / node.parts.length;
    case 'or':
      return Math.max(...node.parts.map(shareOf));
    default:
      return Number(node.holds);
  }
}

/** Of an `and` that fails the parts that fail, of an `or` that holds those that hold; else all. */
function isDecisive(whole: Explained, part: Explained): boolean {
  const isOpen = (whole.op === 'and' && whole.holds) || (whole.op === 'or' && !whole.holds) || whole.op === 'not';
  return isOpen || part.holds === whole.holds;
}

function partsOf(node: Explained): Explained[] {
  if (node.op === 'test') return [];
  return node.op === 'not' ? [node.part] : node.parts;
}

/** A test alone is told by what it asks. */
const OPERATION = { and: 'all of', or: 'any of', not: 'not', test: '' };

function nodeText(node: Explained): string {
  const name = nameText(node);
  return name === '' ? OPERATION[node.op] : `${name}: ${OPERATION[node.op]}`;
}

/** A part in one line: the selections in it, and how many of its tests hold. */
function closedText(node: Explained): string {
  const [tests, names] = [testsIn(node), new Set(namesIn(node))];
  const held = tests.filter(({ holds }) => holds).length;
  const text =
    node.named === null && names.size > 0 ? `${OPERATION[node.op]} ${[...names].join(', ')}` : nodeText(node);
  return `${text} (${held} of ${tests.length} tests ${tests.length === 1 ? 'holds' : 'hold'})`;
}

function testsIn(node: Explained): Leaf[] {
  return node.op === 'test' ? [node] : partsOf(node).flatMap(testsIn);
}

function namesIn(node: Explained): string[] {
  return node.named === null ? partsOf(node).flatMap(namesIn) : [harmless(node.named.name)];
}

function nameText({ named }: Explained): string {
  return named === null ? '' : `${pc.bold(harmless(named.name))} (line ${named.line})`;
}

/** The tests of a part that is one test, or a list of values of one field; null for any other. */
function alternatives(node: Explained): Leaf[] | null {
  if (node.op === 'test') return [node];
  if (node.op === 'not') return null;
  const leaves = node.parts.filter((part): part is Leaf => part.op === 'test' && part.named === null);
  const [first] = leaves;
  if (first === undefined || leaves.length < node.parts.length) return null;
  const asked = askedBy(first.test);
  return leaves.every(({ test }) => isLike(askedBy(test), asked)) ? leaves : null;
}

function isLike(a: TestWords, b: TestWords): boolean {
  return a.field === b.field && a.verb === b.verb && a.more === b.more;
}

function leafText(node: Explained, leaves: Leaf[]): string {
  const name = nameText(node);
  const asked = askedBy(leaves[0]!.test);
  const more = asked.more === '' ? '' : ` (${asked.more})`;
  const question = [asked.field, asked.verb, valuesText(node, leaves)].filter((part) => part !== '').join(' ');
  const told = [name, `${question}${more}`].filter((part) => part !== '').join(': ');
  return [told, foundText(node, leaves), whyText(leaves)].filter((part) => part !== '').join(' · ');
}

/** What the field is compared with: of a list the value that matches, or the first ones. */
function valuesText(node: Explained, leaves: Leaf[]): string {
  const values = leaves.map(({ test }) => askedBy(test).value);
  if (values.length === 1) return values[0]!;
  if (node.op === 'or' && node.holds) {
    const held = leaves.find(({ holds }) => holds)!;
    return `${askedBy(held.test).value}, one of ${values.length} values`;
  }
  const rest = values.length > LISTED ? `, … (${values.length} values)` : '';
  return `${node.op === 'or' ? 'any of' : 'all of'} ${values.slice(0, LISTED).join(', ')}${rest}`;
}

/** Nothing where the question tells it: the one value is what was asked. */
function foundText(node: Explained, [leaf]: Leaf[]): string {
  const { found, test } = leaf!;
  if (found.length === 0 || (node.holds && found.length === 1 && askedBy(test).verb === 'is')) return '';
  const told = found.slice(0, LISTED).map(({ value }) => shown(value));
  return `found ${told.join(', ')}${found.length > LISTED ? `, … (${found.length} values)` : ''}`;
}

/** The first reason that the values do not tell themselves. */
function whyText(leaves: Leaf[]): string {
  const reasons = leaves.flatMap(({ reason }): Reason[] => (reason === null ? [] : [reason]));
  return reasons.length < leaves.length ? '' : (reasons.map(reasonWords).find((words) => words !== '') ?? '');
}
