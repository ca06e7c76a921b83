import { allOf } from '@tollgate/sigma/rules/expr';
import type { BooleanTree } from '@tollgate/sigma/rules/plan';

/** Every tree that one change makes of a tree: a part left out, `and` for `or` and the other way round, a leaf or `not` turned round. */
export function changedTrees<Leaf>(tree: BooleanTree<Leaf>): BooleanTree<Leaf>[] {
  switch (tree.op) {
    case 'and':
    case 'or': {
      const parts = tree.op === 'and' ? tree.all : tree.any;
      const [own, other] = tree.op === 'and' ? (['and', 'or'] as const) : (['or', 'and'] as const);
      return [
        ...parts.map((_, index) => allOf(own, parts.toSpliced(index, 1))),
        allOf(other, parts),
        ...parts.flatMap((part, index) => changedTrees(part).map((next) => allOf(own, parts.with(index, next)))),
      ];
    }
    case 'not':
      return [tree.expr, ...changedTrees(tree.expr).map((expr) => ({ op: 'not', expr }) as const)];
    case 'test':
      return [{ op: 'not', expr: tree }];
    default:
      return tree satisfies never;
  }
}

/** A tree as a condition writes it. */
export function writtenTree<Leaf>(tree: BooleanTree<Leaf>, name: (leaf: Leaf) => string): string {
  const within = (part: BooleanTree<Leaf>): string => {
    const text = writtenTree(part, name);
    return part.op === 'and' || part.op === 'or' ? `(${text})` : text;
  };
  switch (tree.op) {
    case 'and':
      return tree.all.map(within).join(' and ');
    case 'or':
      return tree.any.map(within).join(' or ');
    case 'not':
      return `not ${within(tree.expr)}`;
    case 'test':
      return name(tree.test);
    default:
      return tree satisfies never;
  }
}
