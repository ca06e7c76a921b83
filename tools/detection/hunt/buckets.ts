import type { estypes } from '@elastic/elasticsearch';
import { compositeAnswer, type Bucket, type SearchAnswer } from '../elasticsearch/answers';
import type { Query } from '@tollgate/sigma-elasticsearch/compile';

export type Search = (body: estypes.SearchRequest) => Promise<SearchAnswer>;

/** Where buckets come from: a search of the events of a query, of so many buckets at once. */
export interface BucketSource {
  base: Query;
  search: Search;
  pageSize: number;
}

/** A field by whose values events are grouped. */
export interface Terms {
  terms: { field: string };
}

/** Counts by name, each of the events of a filter. */
export type Counting = Record<string, { filter: Query }>;

/** Every bucket of a composite aggregation; the key has the fields' values as `k0`, `k1` and so on. */
export async function* pages(
  fields: Terms[],
  aggregations: Counting,
  { base, search, pageSize }: BucketSource,
): AsyncGenerator<Bucket> {
  const named = fields.map((field, i) => ({ [`k${i}`]: field }));
  // Its type knows no integers beyond 2^53, which our client writes as they are.
  let after: estypes.AggregationsCompositeAggregateKey | undefined;
  do {
    const composite = { size: pageSize, sources: named, ...(after && { after }) };
    const answer = await search({ query: base, aggregations: { groups: { composite, aggregations } } });
    const page = compositeAnswer(answer.aggregations['groups'], fields.length, Object.keys(aggregations));
    yield* page.buckets;
    after = page.after as typeof after;
  } while (after !== undefined);
}
