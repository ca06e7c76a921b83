import { CLEANING_MS } from '../../foundation/content/waits';
import type { Client } from '@elastic/elasticsearch';
import { pointInTimeAnswer, searchAnswer, totalOf } from '../elasticsearch/answers';
import type { Query } from '@tollgate/sigma-elasticsearch/compile';
import type { Field } from '../../telemetry/contract';
import { collectRows } from './bucket-rows';
import type { Search } from './buckets';
import { bindParameters, sortRows, type HuntAnswer, type HuntOptions } from './evaluate';
import { casedOrNumber, EventFilters } from './event-filters';
import { settledRun } from './runs';
import { RowTests, type TestedRow } from './row-tests';
import type { HuntQuery } from './types';

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
  const filters = new EventFilters(query, fields, run);
  const base = filters.base(options.scope ?? {});
  const id = pointInTimeAnswer(await client.openPointInTime({ index, keep_alive: KEEP_ALIVE }));
  try {
    const search: Search = async (body) =>
      searchAnswer(await client.search({ pit: { id, keep_alive: KEEP_ALIVE }, size: 0, ...body }));
    const rows = await collectRows(query, fields, filters, { base, search, pageSize });
    const tests = new RowTests(query, [parameters]);
    const chosen = rows.flatMap(({ group, values: measures }) => {
      const [{ values, found }] = tests.of(measures) as [TestedRow];
      return found ? [{ group, values }] : [];
    });
    const excluded = await countExcluded(query, fields, base, search);
    return { rows: sortRows(query, chosen), groups: rows.length, excluded, run };
  } finally {
    // It would expire by itself; and where the node is gone, the search's own error is the one to tell.
    await client.closePointInTime({ id }, { requestTimeout: CLEANING_MS }).catch(() => undefined);
  }
}

/** How many events lack a field of the groups. */
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
