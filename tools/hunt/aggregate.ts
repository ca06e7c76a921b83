import type { Client, estypes } from '@elastic/elasticsearch';
import type { Scalar } from '../content/event';
import type { Numeric } from '../content/scalar';
import { tupleKey } from '../correlate/tuples';
import { truthOf } from './formula-value';
import { CLEANUP } from '../elasticsearch/cleanup';
import { compileQuery, type Query } from '../elasticsearch/compile';
import { casedField } from '../elasticsearch/mapping';
import {
  compositeAnswer,
  pointInTimeAnswer,
  searchAnswer,
  totalOf,
  type Bucket,
  type SearchAnswer,
} from '../elasticsearch/answers';
import type { Field } from '../telemetry/contract';
import { bindParameters, sortRows, type HuntAnswer, type HuntOptions } from './evaluate';
import { measuredFields } from './groups';
import { spanOf } from './records';
import { settledRun } from './runs';
import { aggregateNumbers, withDerived, type Role } from './tally';
import type { HuntQuery, HuntRow, HuntRun, HuntScope, Measure } from './types';

/** Groups, or values of groups, that one answer holds; far below the 65,536 buckets that a node allows. */
const PAGE = 2_000;
const KEEP_ALIVE = '5m';

/**
 * Runs a query as aggregations, exactly: a composite aggregation over the groups counts, and one over the groups and a measured
 * field gives that field's values with how often each occurs, page by page from one point in time. Distinct counts, sums
 * and percentiles are made of these here, as are derived values, `having` and `sort`; a node needs no scripts and no
 * pipeline aggregations. The caller makes sure that the index has the fields as `casedOrNumber` needs them and that the selections compile exactly.
 */
export async function huntByAggregation(
  client: Client,
  index: string,
  query: HuntQuery,
  fields: Record<string, Field>,
  options: HuntOptions,
  pageSize = PAGE,
): Promise<HuntAnswer> {
  const parameters = bindParameters(query, options.parameters ?? {});
  const run = settledRun(query, options);
  const filters = new Filters(query, fields, run);
  const base = filters.base(options.scope ?? {});
  const id = pointInTimeAnswer(await client.openPointInTime({ index, keep_alive: KEEP_ALIVE }));
  try {
    const search: Search = async (body) =>
      searchAnswer(await client.search({ pit: { id, keep_alive: KEEP_ALIVE }, size: 0, ...body }));
    const rows = await collect(query, fields, filters, { base, search, pageSize });
    const found = rows.map((row) => ({ ...row, values: withDerived(query, row.values, parameters) }));
    const chosen = found.filter(({ values }) => truthOf(query.having, { values, parameters }) === true);
    const excluded = await countExcluded(query, fields, base, search);
    return { rows: sortRows(query, chosen), groups: rows.length, excluded, run };
  } finally {
    // It would expire by itself; and where the node is gone, the search's own error is the one to tell.
    await client.closePointInTime({ id }, CLEANUP).catch(() => undefined);
  }
}

type Search = (body: estypes.SearchRequest) => Promise<SearchAnswer>;

/** Where buckets come from. */
interface Source {
  base: Query;
  search: Search;
  pageSize: number;
}

/** The query DSL of a run's parts. */
class Filters {
  private readonly selections: Map<string, Query>;

  constructor(
    private readonly query: HuntQuery,
    fields: Record<string, Field>,
    private readonly run: HuntRun,
  ) {
    this.selections = new Map(
      Object.entries(query.selections).map(([name, plan]) => [name, compileQuery(plan, fields).query]),
    );
  }

  /** All events that can matter. The scope is bound as terms: whatever text it is, it is only ever a value. */
  base(scope: HuntScope): Query {
    const span = spanOf(this.query, this.run);
    const terms: Query[] = [];
    if (scope.asset !== undefined) terms.push({ term: { [this.query.scope.asset]: { value: scope.asset } } });
    if (scope.identity !== undefined && this.query.scope.identity !== null) {
      terms.push({ term: { [this.query.scope.identity]: { value: scope.identity } } });
    }
    const any = { bool: { should: [...this.selections.values()], minimum_should_match: 1 } };
    return { bool: { filter: [during(span.from, span.to), ...terms, any] } };
  }

  /** The events of one of a measure's two sets. */
  of(measure: Measure, role: Role): Query {
    const { from, to } = this.run;
    const [start, end] = measure.over === 'window' ? [from, to] : [from - this.query.baselineMs, from];
    const late = role === 'also' ? this.query.window.settleMs : 0;
    return { bool: { filter: [this.selections.get(measure[role]!)!, during(start, end + late)] } };
  }
}

function during(from: number, to: number): Query {
  return { range: { '@timestamp': { gte: from, lt: to, format: 'epoch_millis' } } };
}

async function collect(
  query: HuntQuery,
  fields: Record<string, Field>,
  filters: Filters,
  source: Source,
): Promise<HuntRow[]> {
  const groups = query.groupBy.map((name) => ({ terms: { field: casedOrNumber(name, fields) } }));
  const measures = Object.entries(query.measures);
  const rows = new Map<string, HuntRow>();
  const counting = Object.fromEntries(
    measures.map(([name, measure]) => [`of.${name}`, { filter: filters.of(measure, 'of') }]),
  );
  for await (const { key, counts } of pages(groups, counting, source)) {
    if (measures.every(([name]) => counts[`of.${name}`] === 0)) continue;
    const group = Object.fromEntries(query.groupBy.map((field, i) => [field, key[`k${i}`]!]));
    const values = measures.map(([name, measure]) => [name, measure.how === 'count' ? counts[`of.${name}`]! : 0]);
    rows.set(keyOf(key, groups.length), { group, values: Object.fromEntries(values) as HuntRow['values'] });
  }
  for (const field of measuredFields(query)) {
    const own = measures.filter(([, measure]) => measure.field === field);
    const values = new Map([...rows.keys()].map((key) => [key, new Map(own.map(([name]) => [name, [] as Numeric[]]))]));
    const aggregations: Record<string, { filter: Query }> = {};
    for (const [name, measure] of own) {
      aggregations[`of.${name}`] = { filter: filters.of(measure, 'of') };
      if (measure.also !== undefined) aggregations[`also.${name}`] = { filter: filters.of(measure, 'also') };
    }
    const sources = [...groups, { terms: { field: casedOrNumber(field, fields) } }];
    for await (const { key, counts } of pages(sources, aggregations, source)) {
      const lists = values.get(keyOf(key, groups.length));
      for (const [name, measure] of own) {
        const times = counts[`of.${name}`] ?? 0;
        if (times === 0 || counts[`also.${name}`] === 0) continue;
        // A distinct value counts once, a measured number as often as it occurs.
        const value = key[`k${groups.length}`]!;
        const number = typeof value === 'bigint' ? value : Number(value);
        lists?.get(name)!.push(...(measure.how === 'distinct' ? [0] : new Array<Numeric>(times).fill(number)));
      }
    }
    for (const [key, lists] of values) {
      for (const [name, measure] of own) {
        const list = lists.get(name)!;
        rows.get(key)!.values[name] = measure.how === 'distinct' ? list.length : aggregateNumbers(list, measure);
      }
    }
  }
  return [...rows.values()];
}

/** Every bucket of a composite aggregation. */
async function* pages(
  sources: { terms: { field: string } }[],
  aggregations: Record<string, { filter: Query }>,
  { base, search, pageSize }: Source,
): AsyncGenerator<Bucket> {
  const named = sources.map((source, i) => ({ [`k${i}`]: source }));
  // Its type knows no integers beyond 2^53, which our client writes as they are.
  let after: estypes.AggregationsCompositeAggregateKey | undefined;
  do {
    const composite = { size: pageSize, sources: named, ...(after && { after }) };
    const answer = await search({ query: base, aggregations: { groups: { composite, aggregations } } });
    const page = compositeAnswer(answer.aggregations['groups'], sources.length, Object.keys(aggregations));
    yield* page.buckets;
    after = page.after as typeof after;
  } while (after !== undefined);
}

async function countExcluded(
  query: HuntQuery,
  fields: Record<string, Field>,
  base: Query,
  search: Search,
): Promise<number> {
  const present = query.groupBy.map((name) => ({ exists: { field: casedOrNumber(name, fields) } }));
  const answer = await search({
    query: { bool: { filter: [base], must_not: [{ bool: { filter: present } }] } },
    track_total_hits: true,
  });
  return totalOf(answer);
}

/** The index field that holds a field's values as they are: for numbers and truths the field itself. */
export function casedOrNumber(name: string, fields: Record<string, Field>): string {
  const field = fields[name]!;
  return field.type === 'date' ? casedField(name, field) : name;
}

/** The group's part of a bucket's key. */
function keyOf(key: Record<string, Scalar>, groups: number): string {
  return tupleKey(Array.from({ length: groups }, (_, i) => key[`k${i}`]!));
}
