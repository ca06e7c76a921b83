import { errors, type Client } from '@elastic/elasticsearch';
import type { Event } from '../content/event';
import { compilePredicate } from '../memory/predicate';
import type { Match, MatchRequest } from '../sigma/execution';
import type { Plan } from '../sigma/plan';
import { fieldsOf } from '../telemetry/contract';
import { asking } from './client';
import { matchFrom } from './columns';
import { ALL, both, compileQuery, either, NONE, without, type Query } from './compile';
import { searchAll, type Hit } from './search';
import type { SourceIndex } from './source-index';

/** All requests for one plan on one source, each with the list that its matches go to. */
export interface SharedPlan {
  source: string;
  plan: Plan;
  requests: { fields: string[]; matches: Match[] }[];
}

/** Equal plans on one source once, each with all who asked. */
export function sharePlans(requests: MatchRequest[], matches: Match[][]): SharedPlan[] {
  const found = new Map<string, SharedPlan>();
  for (const [i, { source, plan, fields }] of requests.entries()) {
    const key = JSON.stringify([source, plan.expr]);
    const shared = found.get(key) ?? { source, plan, requests: [] };
    found.set(key, shared);
    shared.requests.push({ fields, matches: matches[i]! });
  }
  return [...found.values()];
}

/** Finds the matches of one plan, in no order. Resolves to whether the index decided all of them. */
export async function searchPlan(client: Client, source: SourceIndex, shared: SharedPlan): Promise<boolean> {
  const compiled = compileQuery(shared.plan, fieldsOf(source.contract));
  const doubtful = source.doubtful(compiled);
  try {
    if (compiled.bound === 'over') {
      await search(client, source, either([compiled.query, doubtful]), undefined, checking(shared));
      return false;
    }
    await searchExact(client, source, shared, both([compiled.query, without(doubtful)]));
    if (doubtful === NONE) return true;
    await search(client, source, doubtful, undefined, checking(shared));
    return false;
  } catch (error) {
    if (!isRefused(error)) throw error;
    for (const { matches } of shared.requests) matches.length = 0;
    await search(client, source, ALL, undefined, checking(shared));
    return false;
  }
}

/** Takes every hit, its values from the index's columns where these hold them. */
function searchExact(client: Client, source: SourceIndex, shared: SharedPlan, query: Query): Promise<void> {
  const columns = source.columns.of([...new Set(shared.requests.flatMap(({ fields }) => fields))]);
  return search(client, source, query, columns, (hit) => {
    for (const { fields, matches } of shared.requests) {
      matches.push(columns === undefined ? matchFrom(hit, recordOf(hit), fields) : source.columns.match(hit, fields));
    }
  });
}

/** Takes the hits that the plan means. */
function checking({ plan, requests }: SharedPlan): (hit: Hit) => void {
  const holds = compilePredicate(plan);
  return (hit) => {
    const record = recordOf(hit);
    if (!holds(record)) return;
    for (const { fields, matches } of requests) matches.push(matchFrom(hit, record, fields));
  };
}

function search(
  client: Client,
  source: SourceIndex,
  query: Query,
  columns: string[] | undefined,
  take: (hit: Hit) => void,
): Promise<void> {
  const request = { index: source.name, query, columns: columns ?? [], withSource: columns === undefined };
  const doing = `searching the ${source.count.indexed} documents of ${source.contract.id}`;
  return asking(doing, () => searchAll(client, request, take), isRefused);
}

/** The record as it came, without what the engine put beside it. */
function recordOf(hit: Hit): Event {
  const record = hit.source!;
  delete record.tollgate;
  return record;
}

/**
 * Whether a node refused a query itself, which it does with those that are too large for it: too many clauses, too deep,
 * an expression with too many states, a text that is too long. Its documents are then all judged in memory.
 */
function isRefused(error: unknown): boolean {
  return error instanceof errors.ResponseError && error.statusCode === 400;
}
