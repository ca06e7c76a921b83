import type { estypes } from '@elastic/elasticsearch';
import { fieldsAnswer, totalOf, type SearchAnswer } from '../../detection/elasticsearch/answers';
import { ALL, both, type Query } from '@tollgate/sigma-elasticsearch/query';
import { Failure } from '../../foundation/content/failure';
import { isMap } from '@tollgate/sigma/values/map';
import type { Contract } from '../../telemetry/contract';
import { durationMs } from '../../telemetry/duration';
import type { ReadOnlyCluster } from './cluster';
import type { IndexShape, KnownField, OpenIndex } from './shape';
import { SourceDays } from './source-days';

/** From when to when an index is looked at, [from, to) in epoch ms. */
export interface TimeSpan {
  from: number;
  to: number;
}

const DAY = 86_400_000;

/** The records of one log source in a cluster. */
export class IndexSource {
  readonly days = new SourceDays();

  private constructor(
    readonly cluster: ReadOnlyCluster,
    /** How late the source may deliver a record, at worst (ms). */
    readonly delay: number,
    readonly shape: IndexShape,
    /** How it is asked and read. */
    readonly index: OpenIndex,
    /** Whether its fields are those of the shape. */
    readonly fits: boolean,
  ) {}

  /** Looks at what is there; null where no such index is. Throws a `Failure` (3) where the cluster refuses or can't answer. */
  static async open(cluster: ReadOnlyCluster, contract: Contract, shape: IndexShape): Promise<IndexSource | null> {
    const fields = ['@timestamp', ...shape.indexFields];
    const answer = await cluster.asking(`the question for the fields of ${shape.index}`, async () =>
      fieldsAnswer(await cluster.client.fieldCaps({ index: shape.index, fields, ignore_unavailable: true })),
    );
    if (answer.indices.length === 0) return null;
    const known = new Map<string, KnownField>();
    for (const [name, types] of answer.fields) {
      const can = (what: 'searchable' | 'aggregatable'): boolean => types.every((type) => type[what]);
      const type = types.length === 1 ? types[0]!.type : null;
      known.set(name, { type, searchable: can('searchable'), aggregatable: can('aggregatable') });
    }
    if (!known.has('@timestamp'))
      throw new Failure(3, `${shape.index} has no field @timestamp, so nothing is known of its times`);
    const delay = durationMs(contract.delay.worst);
    return new IndexSource(cluster, delay, shape, shape.open(known), shape.fits(known));
  }

  /** Searches among its records. */
  async search({
    query = ALL,
    ...body
  }: Omit<estypes.SearchRequest, 'query'> & { query?: Query }): Promise<SearchAnswer> {
    return this.cluster.search({ ...body, index: this.shape.index, query: both([this.index.scope, query]) });
  }

  /** When its newest record is of (epoch ms); −Infinity without any. */
  async newest(): Promise<number> {
    const aggregations = { last: { max: { field: '@timestamp' } } };
    const answer = await this.search({ size: 0, aggregations });
    return numberIn(answer.aggregations['last'], 'value') ?? -Infinity;
  }

  /** Learns when it has records in a time. */
  async look({ from, to }: TimeSpan): Promise<void> {
    const { aggregations } = await this.search({
      size: 0,
      query: { bool: { filter: [{ range: { '@timestamp': { gte: from, lt: to, format: 'epoch_millis' } } }] } },
      aggregations: {
        first: { min: { field: '@timestamp' } },
        last: { max: { field: '@timestamp' } },
        days: { date_histogram: { field: '@timestamp', fixed_interval: '1d', min_doc_count: 1 } },
      },
    });
    const [first, last] = [numberIn(aggregations['first'], 'value'), numberIn(aggregations['last'], 'value')];
    if (first === null || last === null) return;
    for (const { key, count } of bucketsOf(aggregations['days'])) {
      const start = Math.max(Number(key), first);
      this.days.add(start, count);
      // The histogram knows no more of a day than how many; its last record is known of the last one.
      if (Number(key) + DAY > last) this.days.add(last, 0);
    }
  }

  /** How many of its records a query finds. */
  async count(query: Query): Promise<number> {
    return totalOf(await this.search({ size: 0, track_total_hits: true, query }));
  }
}

/** A number at a key of a part of an answer; null where none is. */
export function numberIn(value: unknown, key: string): number | null {
  const found = isMap(value) ? value[key] : undefined;
  return typeof found === 'number' && Number.isFinite(found) ? found : null;
}

export interface CountBucket {
  key: string | number;
  count: number;
  /** The whole of it, for what is below. */
  raw: Record<string, unknown>;
}

/** The buckets of an aggregation. Throws a `Failure` (3) where it has none. */
export function bucketsOf(aggregation: unknown): CountBucket[] {
  const buckets: unknown = isMap(aggregation) ? aggregation['buckets'] : undefined;
  if (!Array.isArray(buckets)) throw unusable();
  return buckets.map((raw: unknown) => {
    const count = numberIn(raw, 'doc_count');
    if (!isMap(raw) || count === null) throw unusable();
    // A truth has a number for a key.
    const shown = raw['key_as_string'];
    const key = shown === 'true' || shown === 'false' ? shown : raw['key'];
    if (typeof key !== 'string' && typeof key !== 'number') throw unusable();
    return { key, count, raw };
  });
}

function unusable(): Failure {
  const hint = 'see what answers at that address, such as a proxy';
  return new Failure(3, "Elasticsearch's answer to an aggregation cannot be used", hint);
}
