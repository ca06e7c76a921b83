import { disjoint } from './regex-edges';
import type { RegexTree } from './regex-tree';

/**
 * Up to this count a repetition is always translated. Lucene makes a deterministic automaton of an expression, which
 * grows with the number of places at which a repetition may have begun and not yet have ended.
 */
const MOST_REPEATS = 50;

/** Within a sequence that has a larger one, this is the largest that stays. */
const FEW_REPEATS = 10;

/**
 * A sequence as it is, or, where a count in it would cost too much, with its counts made open ones, by which it matches
 * more. A large count is affordable where the repetition can have begun at one place only, since what stands before it
 * can't be within it; or where it stands first, and only the length of what it has matched counts.
 */
export function affordable(items: RegexTree[]): RegexTree[] {
  const costly = items.some((item, at) => {
    if (item.kind !== 'repeat' || item.item.kind !== 'set') return opened(item, MOST_REPEATS) !== item;
    const before = items[at - 1];
    const single = before?.kind === 'set' && disjoint(before, item.item);
    const first = at === 0 && (items.length === 1 || (item.max === Infinity && item.min <= 2 * MOST_REPEATS));
    return !single && !first && opened(item, MOST_REPEATS) !== item;
  });
  return costly ? items.map((item) => opened(item, FEW_REPEATS)) : items;
}

/** The work that a node may have to do for an affordable sequence, where it is more than it does unasked (10,000). */
export function effortOf(items: RegexTree[]): number {
  const [first] = items;
  return items.length === 1 && first?.kind === 'repeat' && first.min > 2 * MOST_REPEATS ? 2 * first.min ** 2 : 0;
}

function opened(tree: RegexTree, most: number): RegexTree {
  switch (tree.kind) {
    case 'set':
    case 'mark':
      return tree;
    case 'sequence': {
      const items = tree.items.map((each) => opened(each, most));
      return items.every((item, at) => item === tree.items[at]) ? tree : { ...tree, items };
    }
    case 'choice': {
      const options = tree.options.map((each) => opened(each, most));
      return options.every((option, at) => option === tree.options[at]) ? tree : { ...tree, options };
    }
    case 'repeat': {
      const item = opened(tree.item, most);
      const large = tree.min > most || (tree.max > most && tree.max !== Infinity);
      if (!large) return item === tree.item ? tree : { ...tree, item };
      const min = Math.min(tree.min, most);
      return { kind: 'repeat', item, min, max: Infinity, sign: `{${min},}` };
    }
    default:
      return tree satisfies never;
  }
}
