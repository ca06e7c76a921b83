import { flatten, type Event } from './event';

/**
 * Some fields as a tree of keys. A dot in a field's name may separate two levels of objects or be part of a key (`fieldReader`
 * in `values/event.ts` is the meaning), so a name of n segments stands at 2^(n−1) places of the tree.
 */
export interface PathNode<Leaf> {
  children: Map<string, PathNode<Leaf>>;
  leaf?: Leaf;
}

/** A field of more segments would stand at too many places; nothing that is logged has so many. */
const MAX_SEGMENTS = 8;

export function isShort(field: string): boolean {
  return field.split('.').length <= MAX_SEGMENTS;
}

/** Puts a field, which is to be short, at all its places. */
export function insertPath<Leaf>(root: PathNode<Leaf>, field: string, leaf: Leaf): void {
  const insert = (node: PathNode<Leaf>, segments: readonly string[]): void => {
    for (let length = 1; length <= segments.length; length++) {
      const key = segments.slice(0, length).join('.');
      let child = node.children.get(key);
      if (!child) node.children.set(key, (child = { children: new Map() }));
      if (length === segments.length) child.leaf = leaf;
      else insert(child, segments.slice(length));
    }
  };
  insert(root, field.split('.'));
}

/** Calls `found` with each value of each of the fields that an event has, lists taken apart; with `undefined` for an empty one. */
export function walkPaths<Leaf>(event: Event, node: PathNode<Leaf>, found: (leaf: Leaf, value: unknown) => void): void {
  for (const key in event) {
    const child = node.children.get(key);
    if (child === undefined) continue;
    const value = event[key];
    if (!Array.isArray(value)) {
      visit(value, child, found);
      continue;
    }
    const items = flatten(value);
    if (items.length === 0) visit(undefined, child, found);
    for (const item of items) visit(item, child, found);
  }
}

function visit<Leaf>(value: unknown, node: PathNode<Leaf>, found: (leaf: Leaf, value: unknown) => void): void {
  if (node.leaf !== undefined) found(node.leaf, value);
  if (typeof value === 'object' && value !== null && node.children.size > 0) walkPaths(value as Event, node, found);
}
