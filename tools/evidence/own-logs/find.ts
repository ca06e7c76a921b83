import type { Query } from '@tollgate/sigma-elasticsearch/query';
import type { MatchRequest } from '../../detection/engine/execution';
import { MatchStore, UNLABELLED } from '../replay/matches';
import { runQuery } from '../replay/query-detector';
import { countGroups } from './counted';
import type { OwnDetector } from './detectors';
import { fetchFor, TooManyMatches, type FromIndex } from './in-place';
import type { IndexSource, TimeSpan } from './index-source';

/** What decides a detector, and what then runs it. */
export interface Found {
  detector: OwnDetector;
  found: FromIndex;
}

/**
 * Asks a cluster for what decides a detector: for matches, or where these are too many, for what it counts of them. It throws as `fetchFor`
 * does.
 */
export async function findFor(
  detector: OwnDetector,
  requests: MatchRequest[],
  sources: ReadonlyMap<string, IndexSource>,
  span: TimeSpan,
  most?: number,
): Promise<Found> {
  try {
    return { detector, found: await fetchFor(detector, requests, sources, span, most) };
  } catch (error) {
    const counted = error instanceof TooManyMatches ? await countFor(detector, requests, sources, span) : null;
    if (counted === null) throw error;
    return counted;
  }
}

async function countFor(
  detector: OwnDetector,
  requests: MatchRequest[],
  sources: ReadonlyMap<string, IndexSource>,
  span: TimeSpan,
): Promise<Found | null> {
  if (detector.query === null) return null;
  const { query, selections } = detector.query;
  const source = sources.get(query.source)!;
  const queries = new Map<string, Query>();
  for (const [name, request] of selections) {
    const asked = source.index.ask(requests[request]!.plan);
    if ('refused' in asked || !asked.exact) return null;
    queries.set(name, asked.query);
  }
  const counted = await countGroups(query, source, queries, span);
  if (counted === null) return null;
  const { index, events, matched } = counted;
  const make: OwnDetector['make'] = (store) => ({
    ...detector.make(store),
    run: (view) => runQuery(query, [index], view, detector.ground),
  });
  const store = new MatchStore(requests, UNLABELLED);
  return { detector: { ...detector, make }, found: { store, events, matched, excluded: index.excluded, isAll: true } };
}
