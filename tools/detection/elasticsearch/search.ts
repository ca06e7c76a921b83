import type { Client } from '@elastic/elasticsearch';
import { Failure } from '../../foundation/content/failure';
import { CLEANING_MS } from '../../foundation/content/waits';
import { pointInTimeAnswer, searchAnswer, type RawHit, type SearchAnswer } from './answers';
import { LARGEST_PAGE, OWN } from './run-index';
import type { Query } from '@tollgate/sigma-elasticsearch/query';

/** A record with what we put beside it, as it was indexed. */
export type IndexedRecord = Record<string, unknown> & { tollgate?: unknown };

export interface Hit {
  n: number;
  time: number;
  ingested: number;
  /** The values of the asked doc-value fields, sorted and without repetition as the index has them. */
  columns: Record<string, unknown[] | undefined>;
  /** Present where it was asked for. */
  source: IndexedRecord | undefined;
}

export interface SearchRequest {
  index: string;
  query: Query;
  columns: string[];
  withSource: boolean;
}

/** Whole records are larger than a few columns: a page of them stays below some megabytes. */
const SOURCE_PAGE = 5_000;
/** Between two pages, on a busy machine. */
const KEEP_ALIVE = '30m';

/**
 * Gives every hit of a query to `take`, in no order: one page where that is all, otherwise page by page from one point in
 * time. Throws a `Failure` (3) where there are fewer hits than the index counts.
 */
export async function searchAll(client: Client, request: SearchRequest, take: (hit: Hit) => void): Promise<void> {
  const { index, query, columns, withSource } = request;
  const size = withSource ? SOURCE_PAGE : LARGEST_PAGE;
  const page = async (path: string, more: object): Promise<SearchAnswer> =>
    searchAnswer(
      await client.transport.request({
        method: 'POST',
        path: `${path}?filter_path=timed_out,terminated_early,_shards,_clusters,hits.total,hits.hits.fields,hits.hits.sort,hits.hits._source`,
        body: {
          size,
          query: { bool: { filter: [query] } },
          // The order of the index: the cheapest one. Matches are put in the order of their time afterwards.
          sort: ['_doc'],
          track_total_hits: true,
          docvalue_fields: [OWN.n, OWN.time, OWN.ingested, ...columns],
          _source: withSource,
          ...(withSource ? {} : { stored_fields: '_none_' }),
          ...more,
        },
      }),
    );
  const only = await page(`/${index}/_search`, {});
  if (only.total === null || only.hits.length !== Math.min(only.total, size))
    throw fewer(index, only.hits.length, only.total);
  if (only.total <= size) return only.hits.forEach((hit) => take(read(hit, withSource)));
  const opened = await client.openPointInTime({ index, keep_alive: KEEP_ALIVE });
  const pit = { id: pointInTimeAnswer(opened), keep_alive: KEEP_ALIVE };
  try {
    let taken = 0;
    let total: number | null = null;
    for (let after: unknown[] | undefined; ;) {
      const isFirst = after === undefined;
      const found = await page('/_search', {
        pit,
        sort: ['_shard_doc'],
        track_total_hits: isFirst,
        ...(isFirst ? {} : { search_after: after }),
      });
      if (isFirst) total = found.total;
      for (const hit of found.hits) take(read(hit, withSource));
      taken += found.hits.length;
      if (taken === total) return;
      after = found.hits.at(-1)?.sort;
      if (after === undefined || total === null || taken > total) throw fewer(index, taken, total);
    }
  } finally {
    // It would expire by itself; and where the node is gone, the search's own error is the one to tell.
    await client.closePointInTime({ id: pit.id }, { requestTimeout: CLEANING_MS }).catch(() => undefined);
  }
}

function fewer(index: string, hits: number, total: number | null): Failure {
  return new Failure(3, `Elasticsearch counts ${total ?? 'no'} hits in ${index} and gave ${hits}`, HINT);
}

const HINT = 'see what answers at that address, such as a proxy';

function read({ fields, source }: RawHit, withSource: boolean): Hit {
  if (withSource && source === undefined) throw new Failure(3, 'Elasticsearch gave a hit without its document', HINT);
  return {
    n: fields[OWN.n]?.[0] as number,
    time: fields[OWN.time]?.[0] as number,
    ingested: fields[OWN.ingested]?.[0] as number,
    columns: fields,
    source,
  };
}
