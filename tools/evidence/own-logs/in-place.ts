import { MatchStore, UNLABELLED } from '../replay/matches';
import { candidates } from './candidates';
import type { FetchPlan } from './bounds';
import { Failure } from '../../foundation/content/failure';
import { both, either, without, type Query } from '@tollgate/sigma-elasticsearch/query';
import { fetchMatches, narrowed, type FetchedMatch } from './fetch';
import type { IndexSource, TimeSpan } from './index-source';
import { MatchedEvents } from './matched-events';
import type { OwnDetector } from './detectors';
import type { MatchRequest } from '../../detection/engine/execution';
import type { GroupField, MatchReader } from './shape';
import { MOST_FETCHED } from './limits';

/** What a cluster told of one detector. */
export interface FromIndex {
  store: MatchStore;
  events: MatchedEvents;
  /** Records that any of its detections matched. */
  matched: number;
  /** Matches without a value of a group's field, of those that were not fetched for that. */
  excluded: number;
  /** Whether all of its matches were fetched, so that what came nearest is known. */
  isAll: boolean;
}

/** How one request is asked of its index. */
interface AskedRequest {
  source: IndexSource;
  query: Query;
  /** Otherwise its matches are known only after a second look. */
  exact: boolean;
  reader: MatchReader;
}

/**
 * Fetches what decides one detector: of a count over groups, the matches of those groups alone that the cluster says may reach its
 * threshold, and at most so many. Sources that are not there have no matches. Throws a `Failure` (1) with the reason why it can't be run on these indices,
 * and (3) where the cluster refuses or can't answer.
 */
export async function fetchFor(
  detector: OwnDetector,
  requests: MatchRequest[],
  sources: ReadonlyMap<string, IndexSource>,
  span: TimeSpan,
  most = MOST_FETCHED,
): Promise<FromIndex> {
  const asked = new Map<number, AskedRequest>();
  for (const number of new Set(detector.requests)) {
    const source = sources.get(requests[number]!.source);
    if (source) asked.set(number, askOf(source, requests[number]!, detector.fields.get(number) ?? []));
  }
  const found = new Map<number, FetchedMatch[]>();
  let [isAll, excluded] = [true, 0];
  for (const plan of detector.plans) {
    const queries = await queriesOf(plan, requests, asked, span);
    if (queries === null) continue;
    isAll &&= queries.isAll;
    excluded += queries.excluded;
    await requireFew(queries.of, asked, span, most);
    for (const [request, each] of queries.of) {
      const { source, reader } = asked.get(request)!;
      for (const query of each) {
        const matches = await fetchMatches(source, query, reader, span);
        found.set(request, [...(found.get(request) ?? []), ...matches]);
      }
    }
  }
  return { ...stored(requests, found), matched: await matchedBy(asked, found, span), excluded, isAll };
}

/** More matches would have to be fetched than a part of an index. */
export class TooManyMatches extends Failure {}

/** Throws a `TooManyMatches` (1) where more would have to be fetched than a part of an index, before anything is. */
async function requireFew(
  queries: ReadonlyMap<number, Query[]>,
  asked: ReadonlyMap<number, AskedRequest>,
  span: TimeSpan,
  most: number,
): Promise<void> {
  let matches = 0;
  for (const [request, each] of queries)
    for (const query of each) {
      matches += await asked.get(request)!.source.count(both([during(span), query]));
      if (matches <= most) continue;
      const reason = `more than ${most} of its matches would have to be fetched, since its groups are large or nothing narrows them down`;
      throw new TooManyMatches(1, reason, 'look at a shorter time');
    }
}

/** `needed`: the detector's own of the fields that are asked of the request. */
function askOf(source: IndexSource, { plan, fields }: MatchRequest, needed: string[]): AskedRequest {
  const asked = source.index.ask(plan);
  if ('refused' in asked) throw new Failure(1, asked.refused);
  const reader = source.index.reader(needed, asked.exact ? null : plan);
  if ('refused' in reader) throw new Failure(1, reader.refused);
  const columns = fields.map((field) => needed.indexOf(field));
  const values: MatchReader['values'] = (hit) => {
    const found = reader.values(hit);
    return found && columns.map((column) => found[column] ?? null);
  };
  return { source, ...asked, reader: { ...reader, values } };
}

/** What is fetched of each request of a plan; null where none of its sources is there. */
async function queriesOf(
  { parts, bound }: FetchPlan,
  requests: MatchRequest[],
  asked: ReadonlyMap<number, AskedRequest>,
  span: TimeSpan,
): Promise<{ of: Map<number, Query[]>; isAll: boolean; excluded: number } | null> {
  const there = [...new Set(parts.map(({ request }) => request))].filter((request) => asked.has(request));
  if (there.length === 0) return null;
  const all = { of: new Map(there.map((request) => [request, [asked.get(request)!.query]])), isAll: true, excluded: 0 };
  // Of what a second look decides, the cluster can't count the matches.
  if (bound === null || !there.every((request) => asked.get(request)!.exact)) return all;
  const groupings = groupingsOf(bound.groups, there, asked);
  if (groupings === null) return all;
  const near = new Map<string, { key: (string | number)[]; buckets: number[] }>();
  let excluded = 0;
  for (const request of bound.counted.filter((one) => asked.has(one))) {
    const { source, query } = asked.get(request)!;
    const fields = groupings.get(request)!;
    const matches = await source.count(both([during(span), query]));
    const grouped = both(bound.groups.get(request)!.map((name) => source.index.present(name)));
    excluded += await source.count(both([during(span), query, without(grouped)]));
    const question = { source, query, fields, least: bound.least, spanMs: bound.spanMs };
    for (const { key, buckets } of await candidates(question, matches, span)) {
      const name = JSON.stringify(key);
      const known = near.get(name);
      near.set(name, { key, buckets: [...(known?.buckets ?? []), ...buckets] });
    }
  }
  const groups = [...near.values()];
  const of = there.map((request): [number, Query[]] => {
    const narrowing = { found: groups, fields: groupings.get(request)!, ...bound };
    return [request, narrowed(narrowing).map((query) => both([asked.get(request)!.query, query]))];
  });
  return { of: new Map(of), isAll: false, excluded };
}

/**
 * By which index fields the cluster groups each request: those of the groups' fields by which it can group all of them. A group has no
 * more matches than that of fewer fields which holds it. Null where there are none.
 */
function groupingsOf(
  groups: ReadonlyMap<number, string[]>,
  there: number[],
  asked: ReadonlyMap<number, AskedRequest>,
): Map<number, GroupField[]> | null {
  const all = there.map((request) =>
    groups.get(request)!.map((name) => asked.get(request)!.source.index.grouping(name)),
  );
  const positions = [...all[0]!.keys()].filter((position) => all.every((fields) => fields[position] !== null));
  if (positions.length === 0) return null;
  return new Map(there.map((request, i) => [request, positions.map((position) => all[i]![position]!)]));
}

/** The matches in the order of their time; a document has one number in all requests. */
function stored(
  requests: MatchRequest[],
  found: ReadonlyMap<number, FetchedMatch[]>,
): Pick<FromIndex, 'store' | 'events'> {
  const store = new MatchStore(requests, UNLABELLED);
  const events = new MatchedEvents();
  const numbers = new Map<string, number>();
  for (const [request, matches] of found) {
    const taken = new Set<number>();
    const numbered = matches.map(({ document, ...match }) => {
      let event = numbers.get(document);
      if (event === undefined) numbers.set(document, (event = events.add(match.time, { file: document, line: 0 })));
      return { ...match, event };
    });
    numbered.sort((a, b) => a.time - b.time || a.event - b.event);
    for (const match of numbered) {
      if (taken.has(match.event)) continue;
      taken.add(match.event);
      store.add(request, match);
    }
  }
  return { store, events };
}

/** How many records any of the requests matched: the cluster counts, or what was fetched is. */
async function matchedBy(
  asked: ReadonlyMap<number, AskedRequest>,
  found: ReadonlyMap<number, FetchedMatch[]>,
  span: TimeSpan,
): Promise<number> {
  const bySource = new Map<IndexSource, Query[]>();
  const looked = new Set<string>();
  const counted = new Set<string>();
  for (const [request, { source, query, exact }] of asked) {
    const documents = (found.get(request) ?? []).map(({ document }) => document);
    for (const document of documents) (exact ? counted : looked).add(document);
    if (exact) bySource.set(source, [...(bySource.get(source) ?? []), query]);
  }
  let matched = [...looked].filter((document) => !counted.has(document)).length;
  for (const [source, queries] of bySource) matched += await source.count(both([during(span), either(queries)]));
  return matched;
}

export function during({ from, to }: TimeSpan): Query {
  return { range: { '@timestamp': { gte: from, lt: to, format: 'epoch_millis' } } };
}
