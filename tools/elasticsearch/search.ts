import type { Client, estypes } from '@elastic/elasticsearch';
import { Failure } from '../content/failure';
import { CLEANUP } from './cleanup';
import { LARGEST_PAGE, OWN } from './mapping';
import type { Query } from './query';

/** A record with what we put beside it, as it was indexed. */
export type Source = Record<string, unknown> & { tollgate?: unknown };

export interface Hit {
  n: number;
  time: number;
  ingested: number;
  /** The values of the asked doc-value fields, sorted and without repetition as the index has them. */
  columns: Record<string, unknown[] | undefined>;
  /** Present where it was asked for. */
  source: Source | undefined;
}

export interface SearchRequest {
  index: string;
  query: Query;
  columns: string[];
  withSource: boolean;
}

/** Whole records are larger than a few columns: a page of them stays below some megabytes. */
const SOURCE_PAGE = 5_000;
const KEEP_ALIVE = '5m';

/**
 * Gives every hit of a query to `take`, in no order: one page where that is all, otherwise page by page from one point in
 * time. Throws a Failure (3) where a shard failed or the time ran out, since hits would be missing.
 */
export async function searchAll(client: Client, request: SearchRequest, take: (hit: Hit) => void): Promise<void> {
  const { index, query, columns, withSource } = request;
  const size = withSource ? SOURCE_PAGE : LARGEST_PAGE;
  const page = async (path: string, more: object): Promise<estypes.SearchHit<Source>[]> => {
    const answer: estypes.SearchResponse<Source> = await client.transport.request({
      method: 'POST',
      path: `${path}?filter_path=timed_out,_shards,hits.hits.fields,hits.hits.sort,hits.hits._source`,
      body: {
        size,
        query: { bool: { filter: [query] } },
        // The order of the index: the cheapest one. Matches are put in the order of their time afterwards.
        sort: ['_doc'],
        track_total_hits: false,
        docvalue_fields: [OWN.n, OWN.time, OWN.ingested, ...columns],
        _source: withSource,
        ...(withSource ? {} : { stored_fields: '_none_' }),
        ...more,
      },
    });
    checkComplete(answer, index);
    return answer.hits?.hits ?? [];
  };
  const only = await page(`/${index}/_search`, {});
  if (only.length < size) return only.forEach((hit) => take(read(hit)));
  const pit = { id: (await client.openPointInTime({ index, keep_alive: KEEP_ALIVE })).id, keep_alive: KEEP_ALIVE };
  try {
    for (let after: estypes.SortResults | undefined; ;) {
      const more = { pit, sort: ['_shard_doc'], ...(after === undefined ? {} : { search_after: after }) };
      const hits = await page('/_search', more);
      for (const hit of hits) take(read(hit));
      if (hits.length < size) return;
      after = hits.at(-1)!.sort;
    }
  } finally {
    // It would expire by itself; and where the node is gone, the search's own error is the one to tell.
    await client.closePointInTime({ id: pit.id }, CLEANUP).catch(() => undefined);
  }
}

function read(hit: estypes.SearchHit<Source>): Hit {
  const columns = (hit.fields ?? {}) as Record<string, unknown[] | undefined>;
  return {
    n: columns[OWN.n]?.[0] as number,
    time: columns[OWN.time]?.[0] as number,
    ingested: columns[OWN.ingested]?.[0] as number,
    columns,
    source: hit._source,
  };
}

/** Throws a Failure (3) for an answer that a part of the index is missing from. */
export function checkComplete(
  answer: { timed_out?: boolean; _shards?: { failed?: number; failures?: { reason?: { reason?: string | null } }[] } },
  index: string,
): void {
  if (answer.timed_out === true) throw new Failure(3, `a search in ${index} ran out of time: its answer is not whole`);
  const failed = answer._shards?.failed ?? 0;
  if (failed > 0) {
    const reason = answer._shards?.failures?.[0]?.reason?.reason ?? 'no reason given';
    throw new Failure(3, `${failed} shard(s) of ${index} failed, so its answer is not whole: ${reason}`);
  }
}
