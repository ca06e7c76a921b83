import { either, type Query } from './query';

/**
 * Characters of wildcards and regular expressions in one search. A node holds about 3 kB for each while it searches, and
 * refuses a search that needs more than 60 % of its heap.
 */
const MOST_CHARACTERS = 20_000;

/** Queries that find together what this one finds: several where it joins so many patterns by `or` that a node would refuse it. */
export function portionsOf(query: Query): Query[] {
  if (charactersOf(query) <= MOST_CHARACTERS) return [query];
  const portions: Query[] = [];
  let portion: Query[] = [];
  let size = 0;
  for (const each of alternatives(query)) {
    const own = charactersOf(each);
    if (size + own > MOST_CHARACTERS && portion.length > 0) {
      portions.push(either(portion));
      [portion, size] = [[], 0];
    }
    portion.push(each);
    size += own;
  }
  return [...portions, either(portion)];
}

/** The parts of an `or`, and of those within it. */
function alternatives(query: Query): Query[] {
  const { should, ...more } = query.bool ?? {};
  const plain = should !== undefined && Object.keys(more).every((key) => key === 'minimum_should_match');
  return plain ? ([should].flat() as Query[]).flatMap(alternatives) : [query];
}

function charactersOf(query: Query): number {
  const pattern = Object.values(query.wildcard ?? query.regexp ?? {})[0];
  if (typeof pattern === 'object') return pattern.value?.length ?? 0;
  const { should, filter, must_not: not } = query.bool ?? {};
  const parts = [should ?? [], filter ?? [], not ?? []].flat() as Query[];
  return parts.reduce((sum, each) => sum + charactersOf(each), 0);
}
