import type { Client } from '@elastic/elasticsearch';
import type { Event } from '@tollgate/sigma/values/event';
import { Failure } from '../../foundation/content/failure';
import { fieldsAnswer, searchAnswer, totalOf } from '../elasticsearch/answers';
import { asFailure } from '../elasticsearch/client';
import { compileQuery, type Query } from '@tollgate/sigma-elasticsearch/compile';
import { OWN } from '../elasticsearch/run-index';
import { searchAll } from '../elasticsearch/search';
import { fieldsOf, type Contract, type Field } from '../../telemetry/contract';
import { huntByAggregation } from './aggregate';
import { casedOrNumber } from './event-filters';
import { evaluateHunt, type HuntAnswer, type HuntOptions } from './evaluate';
import { measuredFields } from './groups';
import { RecordMatcher, spanOf } from './records';
import { settledRun } from './runs';
import type { HuntQuery } from './types';

export interface ClusterAnswer extends HuntAnswer {
  /** `aggregations`: counted by the cluster; `documents`: its records were fetched and judged here. */
  by: 'aggregations' | 'documents';
  /** Why the cluster did not count itself. */
  reason?: string;
  /** How many of the fetched records could not be judged, as they have no time, and what is wrong with the first. */
  lost?: { count: number; first: string };
}

/**
 * Runs a query on an index or index pattern of a cluster, which it only reads. As aggregations where these are exact;
 * otherwise it fetches the records of the time in question and judges them here, which is slower and the same.
 * Throws a `Failure` (3) where the cluster can't answer, and (2) where there is no such index.
 */
export async function huntInCluster(
  client: Client,
  index: string,
  query: HuntQuery,
  contract: Contract,
  options: HuntOptions,
): Promise<ClusterAnswer> {
  const fields = fieldsOf(contract);
  try {
    const reason = await obstacle(client, index, query, fields, options);
    if (reason === null) {
      return { ...(await huntByAggregation(client, index, query, fields, options)), by: 'aggregations' };
    }
    const matcher = new RecordMatcher(query, contract, spanOf(query, settledRun(query, options)));
    const lost = { count: 0, first: '' };
    await searchAll(
      client,
      { index, query: documentsQuery(query, options), columns: [], withSource: true },
      ({ source }) => {
        const record: Event = { ...source };
        delete record['tollgate'];
        const wrong = faultOf(() => matcher.take(record));
        if (wrong !== null && lost.count++ === 0) lost.first = wrong;
      },
    );
    const answer = evaluateHunt(query, matcher.inputs, options);
    return { ...answer, by: 'documents', reason, ...(lost.count > 0 && { lost }) };
  } catch (error) {
    throw asFailure(error, `the hunt in ${index}`);
  }
}

/** What is wrong with a record that can't be taken; `null` where nothing is. */
function faultOf(take: () => unknown): string | null {
  try {
    take();
    return null;
  } catch (error) {
    if (!(error instanceof Failure) || error.exitCode !== 1) throw error;
    return error.message;
  }
}

/** The records of the time in question: what else they must be is judged on the records themselves. */
function documentsQuery(query: HuntQuery, options: HuntOptions): Query {
  const { from, to } = spanOf(query, settledRun(query, options));
  return { range: { '@timestamp': { gte: from, lt: to, format: 'epoch_millis' } } };
}

/** Why aggregations would not be exact on this index; null where they are. */
async function obstacle(
  client: Client,
  index: string,
  query: HuntQuery,
  fields: Record<string, Field>,
  options: HuntOptions,
): Promise<string | null> {
  const compiled = Object.values(query.selections).map((plan) => compileQuery(plan, fields));
  if (compiled.some(({ bound }) => bound !== 'exact'))
    return 'the detection has a part that a query cannot say exactly';
  const scoped = [query.scope.asset, query.scope.identity].filter((name) => name !== null);
  const grouped = [...query.groupBy, ...measuredFields(query), ...scoped];
  const counted = grouped.map((name) => ({ name: casedOrNumber(name, fields), type: indexType(fields[name]!) }));
  const timed = Object.values(query.measures).some(({ how }) => how === 'gap');
  if (timed) counted.push({ name: '@timestamp', type: 'date' });
  const asked = compiled.flatMap(({ asks }) => asks);
  const known = await capabilities(client, index, [
    ...asked,
    ...counted.map(({ name }) => name),
    '@timestamp',
    OWN.odd,
  ]);
  if (!known.has('@timestamp')) throw new Failure(2, `${index} has no events with an @timestamp`, 'check --index');
  const missing = asked.find((name) => !known.get(name)?.searchable);
  if (missing !== undefined) return `the index cannot be searched for ${missing}`;
  const other = counted.find(({ name, type }) => known.get(name)?.type !== type || !known.get(name)?.aggregatable);
  if (other) return `the index does not hold ${other.name} as ${other.type} values that can be counted`;
  const odd = compiled.flatMap((each) => each.odd);
  // Whether a value was null or an empty list can be known only where the index says so.
  if (!known.has(OWN.odd) && odd.includes('null')) return 'the index does not tell a null from a missing value';
  const held = [...compiled.flatMap(({ reads }) => reads), ...counted.map(({ name }) => name)];
  const should: Query[] = [{ terms: { _ignored: held } }];
  if (known.has(OWN.odd) && odd.length > 0) should.push({ terms: { [OWN.odd]: odd } });
  const filter = [documentsQuery(query, options)];
  // A search rather than a count, whose answer does not say that a remote cluster was left out.
  const doubtful = { bool: { filter, should, minimum_should_match: 1 } };
  const count = totalOf(searchAnswer(await client.search({ index, query: doubtful, size: 0, track_total_hits: true })));
  return count === 0 ? null : `${count} records have a value that the index could not take`;
}

/** Values are counted as they are: a text must be a keyword, also where it is an address. */
function indexType(field: Field): string {
  return field.type === 'ip' || field.type === 'date' ? 'keyword' : field.type;
}

interface Capability {
  /** `several` where the indices of a pattern differ. */
  type: string;
  searchable: boolean;
  aggregatable: boolean;
}

/** What the index can do with each of the fields that it has. */
async function capabilities(client: Client, index: string, names: string[]): Promise<Map<string, Capability>> {
  const asked = { index, fields: [...new Set(names)], ignore_unavailable: true };
  const { indices, fields } = fieldsAnswer(await client.fieldCaps(asked));
  if (indices.length === 0) {
    throw new Failure(2, `there is no index ${index}`, 'name the index or pattern that holds the source with --index');
  }
  return new Map(
    fields.map(([name, each]) => {
      const type = each.length === 1 ? each[0]!.type : 'several';
      const can = (what: 'searchable' | 'aggregatable'): boolean => each.every((one) => one[what]);
      return [name, { type, searchable: can('searchable'), aggregatable: can('aggregatable') }];
    }),
  );
}
