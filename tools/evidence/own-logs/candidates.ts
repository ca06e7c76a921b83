import type { estypes } from '@elastic/elasticsearch';
import { Failure } from '../../foundation/content/failure';
import type { Query } from '@tollgate/sigma-elasticsearch/query';
import { bucketsOf, numberIn, type IndexSource, type TimeSpan } from './index-source';
import type { GroupField } from './shape';
import { MOST_AT_ONCE, MOST_GROUPS, MOST_TIMES } from './limits';

/** A group, and the starts of the buckets in which it has enough. */
export interface Candidate {
  key: (string | number)[];
  buckets: number[];
}

interface Question {
  source: IndexSource;
  query: Query;
  /** By which the cluster groups. */
  fields: GroupField[];
  least: number;
  spanMs: number;
}

/**
 * The groups that have at least so many matches in a bucket of time, exactly, however the index is spread over shards: a slice of time
 * whose answer may lack some is asked for in halves. Throws a `Failure` (1) where a single bucket has more groups than an answer holds.
 */
export async function candidates(question: Question, matches: number, { from, to }: TimeSpan): Promise<Candidate[]> {
  const { spanMs } = question;
  const [first, end] = [Math.floor(from / spanMs), Math.ceil(to / spanMs)];
  const wanted = Math.max(Math.ceil(matches / MOST_AT_ONCE), Math.ceil((end - first) / MOST_TIMES));
  const slices = Math.min(end - first, Math.max(1, wanted));
  const found = new Map<string, Candidate>();
  const pending = Array.from({ length: slices }, (_, n): [number, number] => [
    first + Math.floor(((end - first) * n) / slices),
    first + Math.floor(((end - first) * (n + 1)) / slices),
  ]);
  for (let slice = pending.shift(); slice !== undefined; slice = pending.shift()) {
    const [begin, last] = slice;
    const answered = await ask(question, { from: begin * spanMs, to: last * spanMs });
    if (answered === null) {
      if (last - begin <= 1)
        throw new Failure(
          1,
          `more than ${MOST_GROUPS} groups come near its threshold at once`,
          'look at a shorter time',
        );
      const middle = (begin + last) >> 1;
      pending.unshift([begin, middle], [middle, last]);
      continue;
    }
    for (const { key, buckets } of answered) {
      const name = JSON.stringify(key);
      const known = found.get(name);
      if (known) known.buckets.push(...buckets);
      else found.set(name, { key, buckets });
    }
  }
  return [...found.values()];
}

/** Null where the answer may not be all. */
async function ask(
  { source, query, fields, least, spanMs }: Question,
  { from, to }: TimeSpan,
): Promise<Candidate[] | null> {
  const during = { range: { '@timestamp': { gte: from, lt: to, format: 'epoch_millis' } } };
  const groups = fields.reduceRight<Record<string, estypes.AggregationsAggregationContainer>>(
    (below, { field, missing }) => ({
      groups: {
        // The groups below those that are too small are not even counted.
        terms: { field, ...(missing !== null && { missing }), size: MOST_GROUPS, min_doc_count: least },
        ...(Object.keys(below).length > 0 && { aggregations: below }),
      },
    }),
    {},
  );
  const answer = await source.search({
    size: 0,
    query: { bool: { filter: [during, query] } },
    // Times first: buckets of time below each of many groups take a cluster fifty times as long.
    aggregations: {
      times: {
        date_histogram: { field: '@timestamp', fixed_interval: `${spanMs}ms`, min_doc_count: least },
        ...(fields.length > 0 && { aggregations: groups }),
      },
    },
  });
  const found = new Map<string, Candidate>();
  const isWhole = bucketsOf(answer.aggregations['times']).every((time) =>
    collect(time.raw, [], fields.length, (key) => {
      const name = JSON.stringify(key);
      const known = found.get(name);
      if (known) known.buckets.push(Number(time.key));
      else found.set(name, { key, buckets: [Number(time.key)] });
    }),
  );
  return isWhole ? [...found.values()] : null;
}

/** Whether no level of the answer may lack a group, or a part of its count; each group that it has is found. */
function collect(
  level: Record<string, unknown>,
  key: (string | number)[],
  depth: number,
  take: (key: (string | number)[]) => void,
): boolean {
  if (key.length === depth) {
    take(key);
    return true;
  }
  const groups = bucketsOf(level['groups']);
  const isSure = numberIn(level['groups'], 'doc_count_error_upper_bound') === 0 && groups.length < MOST_GROUPS;
  return groups.every((group) => collect(group.raw, [...key, group.key], depth, take)) && isSure;
}
