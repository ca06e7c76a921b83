import { fieldsAnswer, totalOf } from '../../detection/elasticsearch/answers';
import { compileQuery } from '@tollgate/sigma-elasticsearch/compile';
import type { Query } from '@tollgate/sigma-elasticsearch/query';
import { Failure } from '../../foundation/content/failure';
import { isMap } from '@tollgate/sigma/values/map';
import type { Plan } from '@tollgate/sigma/rules/plan';
import type { Contract } from '../../telemetry/contract';
import type { ReadOnlyCluster } from './cluster';
import type { IndexShape } from './shape';
import { SourceDays } from './source-days';

/** From when to when an index is looked at, [from, to) in epoch ms. */
export interface TimeSpan {
  from: number;
  to: number;
}

/** How a detection is asked of an index; or why it can't be. */
export type Asked = { query: Query } | { refused: string };

const DAY = 86_400_000;

/** The records of one log source in a cluster. */
export class IndexSource {
  readonly days = new SourceDays();
  private readonly known = new Map<string, { searchable: boolean; aggregatable: boolean }>();

  private constructor(
    readonly cluster: ReadOnlyCluster,
    readonly contract: Contract,
    readonly shape: IndexShape,
  ) {}

  /** Looks at what is there; null where no such index is. Throws a `Failure` (3) where the cluster refuses or can't answer. */
  static async open(cluster: ReadOnlyCluster, contract: Contract, shape: IndexShape): Promise<IndexSource | null> {
    const source = new IndexSource(cluster, contract, shape);
    const fields = ['@timestamp', ...shape.indexFields];
    const answer = await cluster.asking(`the question for the fields of ${shape.index}`, async () =>
      fieldsAnswer(await cluster.client.fieldCaps({ index: shape.index, fields, ignore_unavailable: true })),
    );
    if (answer.indices.length === 0) return null;
    for (const [name, types] of answer.fields) {
      const can = (what: 'searchable' | 'aggregatable'): boolean => types.every((type) => type[what]);
      source.known.set(name, { searchable: can('searchable'), aggregatable: can('aggregatable') });
    }
    if (!source.known.has('@timestamp'))
      throw new Failure(3, `${shape.index} has no field @timestamp, so nothing is known of its times`);
    return source;
  }

  /** When its newest record is of (epoch ms); −Infinity without any. */
  async newest(): Promise<number> {
    const aggregations = { last: { max: { field: '@timestamp' } } };
    const answer = await this.cluster.search({ index: this.shape.index, size: 0, aggregations });
    return numberIn(answer.aggregations['last'], 'value') ?? -Infinity;
  }

  /** Learns when it has records in a time. */
  async look({ from, to }: TimeSpan): Promise<void> {
    const { aggregations } = await this.cluster.search({
      index: this.shape.index,
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

  /** A plan as a query of this index, or why it is none. */
  ask(plan: Plan): Asked {
    const { bound, query, asks } = compileQuery(plan, this.shape.fields);
    const missing = asks.find((name) => !this.can(name, 'searchable'));
    if (missing !== undefined) return { refused: this.lacks(missing) };
    if (bound !== 'exact') return { refused: 'a part of its detection is none that a query can say exactly' };
    return { query: this.shape.rewrite(query) };
  }

  /** The index field from which a field's values are read and grouped, or why there is none. */
  column(name: string): { field: string } | { refused: string } {
    const field = this.shape.column(name);
    if (field === null || !this.can(field, 'searchable', true)) return { refused: this.lacks(name) };
    return { field };
  }

  /** Whether events can be counted by a field. */
  isGroupable(field: string): boolean {
    return this.known.get(field)?.aggregatable === true;
  }

  /** How many records a query finds. */
  async count(query: Query): Promise<number> {
    return totalOf(await this.cluster.search({ index: this.shape.index, size: 0, track_total_hits: true, query }));
  }

  /** `raw`: the name is one of the index, not one that is to be translated first. */
  private can(name: string, what: 'searchable' | 'aggregatable', raw = false): boolean {
    const field = raw ? name : this.shape.translated(name);
    return field !== null && this.known.get(field)?.[what] === true;
  }

  private lacks(name: string): string {
    return `${this.shape.index} has no field for ${name.replace(/\.(?:folded|text|as_ip)$/, '')} of ${this.contract.id}`;
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
