import { either, type Query } from '@tollgate/sigma-elasticsearch/query';

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
  if (!('bool' in query)) return [query];
  const { should, ...more } = query.bool;
  const plain = should !== undefined && Object.keys(more).every((key) => key === 'minimum_should_match');
  return plain ? should.flatMap(alternatives) : [query];
}

function charactersOf(query: Query): number {
  if ('wildcard' in query) return lengthOf(query.wildcard);
  if ('regexp' in query) return lengthOf(query.regexp);
  if (!('bool' in query)) return 0;
  const { should = [], filter = [], must_not: not = [] } = query.bool;
  return [...should, ...filter, ...not].reduce((sum, each) => sum + charactersOf(each), 0);
}

function lengthOf(patterns: Record<string, { value: string }>): number {
  return Object.values(patterns)[0]!.value.length;
}
