import type { estypes } from '@elastic/elasticsearch';
import { isScalar, type Scalar } from '@tollgate/sigma/values/event';
import { ALL, both, type Query } from '@tollgate/sigma-elasticsearch/query';
import { compositeAnswer } from '../../detection/elasticsearch/answers';
import { during } from './in-place';
import type { IndexSource, TimeSpan } from './index-source';
import type { GroupField } from './shape';

/** How many matches of one group, time and delivery there are. */
export interface CountRow {
  /** The start of its stretch of time (epoch ms). */
  time: number;
  /** The end of the stretch in which they were delivered (epoch ms); when they happened where nothing says so. */
  ingested: number;
  group: Scalar[];
  /** The value of the field by which they are told apart; null without one. */
  value: Scalar | null;
  count: number;
}

export interface CountQuestion {
  source: IndexSource;
  query: Query;
  groups: GroupField[];
  /** A further index field whose values are told apart; null for none. */
  value: string | null;
  /** Length of the stretches of time (ms). */
  stepMs: number;
  /** What is delivered is known by the runs that see it: they are so far apart, and the first so long after the epoch (ms). */
  runs: { everyMs: number; offsetMs: number };
}

const PAGE = 10_000;
const DAY = 86_400_000;
const INGESTED = 'event.ingested';

/** Rows of counts, exactly, page by page; null where there are more than so many. Throws a `Failure` (3) where the cluster can't answer. */
export async function countRows(question: CountQuestion, span: TimeSpan, most: number): Promise<CountRow[] | null> {
  const { source, query, groups, value, stepMs, runs } = question;
  const fixed = (ms: number): string => `${ms}ms`;
  const delivered = {
    field: INGESTED,
    fixed_interval: fixed(runs.everyMs),
    // A record that is delivered at a run's time is seen by that run.
    offset: fixed((runs.offsetMs % runs.everyMs) + 1),
    missing_bucket: true,
  };
  const sources: Record<string, estypes.AggregationsCompositeAggregationSource>[] = [
    { date_histogram: { field: '@timestamp', fixed_interval: fixed(stepMs) } },
    { date_histogram: delivered },
    ...groups.map(({ field, missing }) => ({ terms: { field, missing_bucket: missing !== null } })),
    ...(value === null ? [] : [{ terms: { field: value } }]),
  ].map((one, i) => ({ [`k${i}`]: one }));
  /** Later than ever are those of whose two stretches no two times are so near. */
  const seenAt = (time: number, delivery: number): number =>
    delivery > time + stepMs + source.delay ? time : delivery + runs.everyMs - 1;
  const isKey = (key: unknown): boolean => key === null || isScalar(key);
  const rows: CountRow[] = [];
  for (const slice of slicesOf(span, stepMs)) {
    for (let after: estypes.AggregationsCompositeAggregateKey | undefined; ;) {
      const composite = { size: PAGE, sources, ...(after && { after }) };
      const { aggregations } = await source.search({
        size: 0,
        query: both([during(slice), query]),
        aggregations: { groups: { composite, aggregations: { n: { filter: ALL } } } },
      });
      const page = compositeAnswer<Scalar | null>(aggregations['groups'], sources.length, ['n'], isKey);
      for (const { key, counts } of page.buckets) {
        const [time, delivery, ...rest] = sources.map((_, i) => key[`k${i}`]!);
        rows.push({
          time: Number(time),
          ingested: delivery === null ? Number(time) : seenAt(Number(time), Number(delivery)),
          group: groups.map(({ missing }, i) => rest[i] ?? missing!),
          value: value === null ? null : (rest[groups.length] ?? null),
          count: counts['n']!,
        });
      }
      if (rows.length > most) return null;
      if (page.after === undefined || page.buckets.length < PAGE) break;
      after = page.after as typeof after;
    }
  }
  return rows;
}

/** The time in parts of about a day, none of which ends within a stretch: each page of an answer reads all records of its part. */
function slicesOf({ from, to }: TimeSpan, stepMs: number): TimeSpan[] {
  const length = Math.max(1, Math.floor(DAY / stepMs)) * stepMs;
  const first = Math.floor(from / stepMs) * stepMs;
  return Array.from({ length: Math.ceil((to - first) / length) }, (_, n) => ({
    from: Math.max(from, first + n * length),
    to: Math.min(to, first + (n + 1) * length),
  }));
}
