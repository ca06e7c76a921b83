import type { Scalar } from '@tollgate/sigma/values/event';
import type { Numeric } from '@tollgate/sigma/values/scalar';
import { tupleKey } from '@tollgate/sigma/correlate/tuples';
import type { Field } from '../../telemetry/contract';
import { pages, type Counting, type BucketSource, type Terms } from './buckets';
import { casedOrNumber, type EventFilters } from './event-filters';
import { gapPercentile } from './gaps';
import { measuredFields } from './groups';
import { aggregateNumbers } from './counters';
import type { HuntQuery, HuntRow, Measure } from './types';

/** Each group's row with the values of its measures; groups of which no measure has an event have none. */
export async function collectRows(
  query: HuntQuery,
  fields: Record<string, Field>,
  filters: EventFilters,
  source: BucketSource,
): Promise<HuntRow[]> {
  const groups = query.groupBy.map((name) => ({ terms: { field: casedOrNumber(name, fields) } }));
  const rows = await countedRows(query, groups, filters, source);
  for (const field of measuredFields(query)) {
    const measures = Object.entries(query.measures).filter(([, one]) => one.field === field);
    const terms = [...groups, { terms: { field: casedOrNumber(field, fields) } }];
    await measure(rows, measures, terms, filters, source);
  }
  const gaps = Object.entries(query.measures).filter(([, one]) => one.how === 'gap');
  if (gaps.length > 0) await measure(rows, gaps, [...groups, { terms: { field: '@timestamp' } }], filters, source);
  return [...rows.values()];
}

type NamedMeasures = [name: string, measure: Measure][];

/** A row for each group, by its key: with its counts, and 0 for what measures a field. */
async function countedRows(
  query: HuntQuery,
  groups: Terms[],
  filters: EventFilters,
  source: BucketSource,
): Promise<Map<string, HuntRow>> {
  const measures = Object.entries(query.measures);
  const rows = new Map<string, HuntRow>();
  const counting: Counting = Object.fromEntries(
    measures.map(([name, measure]) => [`of.${name}`, { filter: filters.of(measure, 'of') }]),
  );
  for await (const { key, counts } of pages(groups, counting, source)) {
    if (measures.every(([name]) => counts[`of.${name}`] === 0)) continue;
    const group = Object.fromEntries(query.groupBy.map((field, i) => [field, key[`k${i}`]!]));
    const values = measures.map(([name, { how }]): [string, number] => [
      name,
      how === 'count' ? counts[`of.${name}`]! : 0,
    ]);
    rows.set(keyOf(key, groups.length), { group, values: Object.fromEntries(values) });
  }
  return rows;
}

/** Puts the measures of one field, the last of the `terms`, into the rows; of a date the buckets' keys are epoch ms. */
async function measure(
  rows: ReadonlyMap<string, HuntRow>,
  measures: NamedMeasures,
  terms: Terms[],
  filters: EventFilters,
  source: BucketSource,
): Promise<void> {
  const groups = terms.length - 1;
  const found = new Map(
    [...rows.keys()].map((key) => [key, new Map(measures.map(([name]) => [name, [] as Numeric[]]))]),
  );
  for await (const { key, counts } of pages(terms, countingOf(measures, filters), source)) {
    const numbers = found.get(keyOf(key, groups));
    for (const [name, { how }] of measures) {
      const times = counts[`of.${name}`] ?? 0;
      if (times === 0 || counts[`also.${name}`] === 0) continue;
      // A distinct value counts once, a measured number as often as it occurs.
      if (numbers) addTo(numbers.get(name)!, key[`k${groups}`]!, how === 'distinct' ? 1 : times);
    }
  }
  for (const [key, numbers] of found)
    for (const [name, one] of measures) {
      const list = numbers.get(name)!;
      rows.get(key)!.values[name] = valueOf(list, one);
    }
}

function valueOf(list: Numeric[], measure: Measure): number | null {
  if (measure.how === 'distinct') return list.length;
  return measure.how === 'gap' ? gapPercentile(list.map(Number), measure.percentile!) : aggregateNumbers(list, measure);
}

function countingOf(measures: NamedMeasures, filters: EventFilters): Counting {
  const counting: Counting = {};
  for (const [name, measure] of measures) {
    counting[`of.${name}`] = { filter: filters.of(measure, 'of') };
    if (measure.also !== undefined) counting[`also.${name}`] = { filter: filters.of(measure, 'also') };
  }
  return counting;
}

/** Appends a value as a number, as often as it occurs. */
function addTo(numbers: Numeric[], value: Scalar, times: number): void {
  const number = typeof value === 'bigint' ? value : Number(value);
  for (let n = 0; n < times; n++) numbers.push(number);
}

/** The group's part of a bucket's key. */
function keyOf(key: Record<string, Scalar>, groups: number): string {
  return tupleKey(Array.from({ length: groups }, (_, i) => key[`k${i}`]!));
}
