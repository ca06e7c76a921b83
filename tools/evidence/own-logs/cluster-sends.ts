import type { Query } from '@tollgate/sigma-elasticsearch/query';
import { both } from '@tollgate/sigma-elasticsearch/query';
import { priceOf, type RateCard } from '../../simulate/rate-card';
import type { KnownIncident } from './incidents';
import { during } from './in-place';
import { bucketsOf, type IndexSource } from './index-source';
import { difference, lengthOf, periodsOf, type Periods } from './periods';
import type { Messages } from './sends';
import type { Sent } from './result';

const MINUTE = 60_000;
/** Buckets of one answer; a node allows 65,536. */
const MOST_BUCKETS = 45_000;
const COUNTRY = 'destination.country';
/** There are some 250 countries. */
const COUNTRIES = 1_000;

interface Count {
  time: number;
  country: string;
  messages: number;
}

/** The messages of one source in a cluster, which counts them: by the minute, or less often over more than a month, and in incidents by country. */
export class ClusterSends implements Messages {
  private constructor(
    private readonly steps: { counts: Count[]; every: number },
    private readonly minutes: Count[],
    /** Country → messages a ms outside the incidents. */
    private readonly usual: ReadonlyMap<string, number>,
    private readonly rates: RateCard | null,
  ) {}

  static async count(
    source: IndexSource,
    query: Query,
    watched: Periods,
    incidents: readonly KnownIncident[],
    rates: RateCard,
  ): Promise<ClusterSends> {
    const country = source.index.grouping(COUNTRY)?.field ?? null;
    const bad = periodsOf(incidents.map(({ start, end }) => [start, end] as const));
    const outside = difference(watched, bad);
    const length = watched.length === 0 ? 0 : watched.at(-1)![1] - watched[0]![0];
    const every = MINUTE * Math.max(1, Math.ceil(length / MINUTE / MOST_BUCKETS));
    const counts = await histogram(source, both([within(watched), query]), every, null);
    const minutes = bad.length > 0 ? await histogram(source, both([within(bad), query]), MINUTE, country) : [];
    const usual = new Map<string, number>();
    if (bad.length > 0 && lengthOf(outside) > 0)
      for (const { country: name, messages } of await totals(source, both([within(outside), query]), country))
        usual.set(name, messages / lengthOf(outside));
    return new ClusterSends({ counts, every }, minutes, usual, country === null ? null : rates);
  }

  countIn(from: number, to: number): number {
    const { counts, every } = this.steps;
    return counts.reduce((sum, { time, messages }) => (time > from - every && time < to ? sum + messages : sum), 0);
  }

  sentIn(from: number, to: number): Sent {
    const counts = new Map<string, number>();
    for (const { time, country, messages } of this.minutes)
      if (time > from - MINUTE && time < to) counts.set(country, (counts.get(country) ?? 0) + messages);
    let [messages, unusual, usd] = [0, 0, 0];
    for (const [country, count] of counts) {
      const more = Math.max(0, count - (this.usual.get(country) ?? 0) * (to - from));
      messages += count;
      unusual += more;
      if (this.rates) usd += more * priceOf(this.rates, country);
    }
    return { messages, unusual: Math.round(unusual), usd: this.rates ? Math.round(usd * 100) / 100 : null };
  }
}

function within(periods: Periods): Query {
  const should = periods.map(([from, to]) => during({ from, to }));
  return { bool: { should, minimum_should_match: 1 } };
}

async function histogram(source: IndexSource, query: Query, every: number, country: string | null): Promise<Count[]> {
  const { aggregations } = await source.search({
    size: 0,
    query,
    aggregations: {
      times: {
        date_histogram: { field: '@timestamp', fixed_interval: `${every}ms`, min_doc_count: 1 },
        ...(country !== null && { aggregations: { countries: { terms: { field: country, size: COUNTRIES } } } }),
      },
    },
  });
  return bucketsOf(aggregations['times']).flatMap(({ key, count, raw }): Count[] => {
    const time = Number(key);
    if (country === null) return [{ time, country: '', messages: count }];
    const named = bucketsOf(raw['countries']).map((one) => ({ time, country: String(one.key), messages: one.count }));
    const rest = count - named.reduce((sum, { messages }) => sum + messages, 0);
    return rest > 0 ? [...named, { time, country: '', messages: rest }] : named;
  });
}

async function totals(source: IndexSource, query: Query, country: string | null): Promise<Omit<Count, 'time'>[]> {
  if (country === null) return [{ country: '', messages: await source.count(query) }];
  const aggregations = { countries: { terms: { field: country, size: COUNTRIES } } };
  const answer = await source.search({ size: 0, query, aggregations });
  return bucketsOf(answer.aggregations['countries']).map(({ key, count }) => ({
    country: String(key),
    messages: count,
  }));
}
