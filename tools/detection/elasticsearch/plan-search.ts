import { errors, type Client } from '@elastic/elasticsearch';
import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import type { Match } from '@tollgate/sigma/correlate/match';
import type { MatchRequest } from '../engine/execution';
import type { Plan } from '@tollgate/sigma/rules/plan';
import { asking } from './client';
import { matchFrom } from './columns';
import { recordOf } from './own';
import { portionsOf } from './portions';
import { ALL, both, either, NONE, without, type Query } from '@tollgate/sigma-elasticsearch/query';
import { searchAll, type Hit } from './search';
import type { SourceIndex } from './source-index';
import { isTooLarge } from './transport';

/** All requests for one plan on one source, each with the list that its matches go to. */
export interface SharedPlan {
  source: string;
  plan: Plan;
  /** `number`: the request's place among all. */
  requests: { number: number; fields: string[]; matches: Match[] }[];
}

/**
 * Who decided which events match: the index alone; memory too, since the query asked for more or a document could not be
 * judged by the index; or memory alone, since the node refused the query.
 */
export type Decision = 'alone' | 'checked' | 'refused';

/** Equal plans on one source once, each with all who asked. */
export function sharePlans(requests: MatchRequest[], matches: Match[][]): SharedPlan[] {
  const found = new Map<string, SharedPlan>();
  for (const [i, { source, plan, fields }] of requests.entries()) {
    const key = JSON.stringify([source, plan.expr]);
    const shared = found.get(key) ?? { source, plan, requests: [] };
    found.set(key, shared);
    shared.requests.push({ number: i, fields, matches: matches[i]! });
  }
  return [...found.values()];
}

/** Finds the matches of one plan, in no order. Resolves to who decided them. */
export async function searchPlan(client: Client, source: SourceIndex, shared: SharedPlan): Promise<Decision> {
  const compiled = source.compile(shared.plan);
  const doubtful = source.doubtful(compiled);
  try {
    if (compiled.bound === 'over') {
      await search(client, source, either([compiled.query, doubtful]), ALL, undefined, checking(shared));
      return 'checked';
    }
    await searchExact(client, source, shared, compiled.query, without(doubtful));
    if (doubtful === NONE) return 'alone';
    await search(client, source, doubtful, ALL, undefined, checking(shared));
    return 'checked';
  } catch (error) {
    if (!isRefused(error)) throw error;
    for (const { matches } of shared.requests) matches.length = 0;
    await search(client, source, ALL, ALL, undefined, checking(shared));
    return 'refused';
  }
}

/** Takes every hit of both queries, its values from the index's columns where these hold them. */
function searchExact(client: Client, source: SourceIndex, shared: SharedPlan, query: Query, and: Query): Promise<void> {
  const columns = source.columns.of([...new Set(shared.requests.flatMap(({ fields }) => fields))]);
  return search(client, source, query, and, columns, (hit) => {
    for (const { fields, matches } of shared.requests) {
      matches.push(
        columns === undefined ? matchFrom(hit, recordOf(hit.source!), fields) : source.columns.match(hit, fields),
      );
    }
  });
}

/** Takes the hits that the plan means. */
function checking({ plan, requests }: SharedPlan): (hit: Hit) => void {
  const holds = compilePredicate(plan);
  return (hit) => {
    const record = recordOf(hit.source!);
    if (!holds(record)) return;
    for (const { fields, matches } of requests) matches.push(matchFrom(hit, record, fields));
  };
}

/** Gives each hit of both queries to `take` once. */
async function search(
  client: Client,
  source: SourceIndex,
  query: Query,
  and: Query,
  columns: string[] | undefined,
  take: (hit: Hit) => void,
): Promise<void> {
  const doing = `searching the ${source.count.indexed} documents of ${source.id}`;
  const portions = portionsOf(query);
  const taken = new Set<number>();
  const once = (hit: Hit): void => {
    if (taken.has(hit.n)) return;
    taken.add(hit.n);
    take(hit);
  };
  for (const portion of portions) {
    const whole = both([portion, and]);
    const request = { index: source.name, query: whole, columns: columns ?? [], withSource: columns === undefined };
    await asking(doing, () => searchAll(client, request, portions.length === 1 ? take : once), isRefused);
  }
}

/**
 * Whether a node refused a query itself, which it does with those that are too large for it: too many clauses, too deep,
 * an expression with too many states, a text that is too long, more memory than it has. Its documents are then all judged in
 * memory.
 */
function isRefused(error: unknown): boolean {
  if (!(error instanceof errors.ResponseError)) return false;
  return error.statusCode === 400 || (error.statusCode === 429 && isTooLarge(error));
}
