import { fieldsOfGroup } from '@tollgate/sigma/correlate/source';
import type { Formula, HuntQuery } from '../../detection/hunt/types';
import { leastValue } from '../replay/rule-input';
import type { CorrelationRule, Rule } from '@tollgate/sigma/rules/model';

/** A detection of a detector, by the id or the selection's name that it has there, and the request that asks for it. */
export interface DetectionPart {
  id: string;
  request: number;
}

/**
 * Requests whose matches are fetched together: of all groups, or, with a bound, of those that may reach a threshold. Of the others the
 * detector would say nothing, whatever is fetched of them.
 */
export interface FetchPlan {
  parts: DetectionPart[];
  bound: Bound | null;
}

/** What a group must have before the detector can find it. */
export interface Bound {
  /** At least so many matches of one of `counted` in one of the buckets of `spanMs`. */
  least: number;
  spanMs: number;
  counted: number[];
  /** Request → the fields by which its matches are grouped, in one order. */
  groups: Map<number, string[]>;
  /** How far around such a bucket matches can matter (ms). */
  before: number;
  after: number;
}

/** What a rule with all that it refers to has to fetch. */
export function plansOfRule(rule: Rule, family: readonly Rule[], parts: DetectionPart[]): FetchPlan[] {
  const requestOf = new Map(parts.map(({ id, request }) => [id, request]));
  const correlations = family.filter((member) => member.kind === 'correlation');
  const plans: FetchPlan[] = [];
  const bounded = new Set<string>();
  for (const leaf of correlations) {
    const ids = [...new Set(leaf.rules)];
    const own = parts.filter(({ id }) => ids.includes(id));
    const bound = own.length === ids.length ? boundOf(leaf, requestOf) : null;
    const isShared = own.some(
      ({ id, request }) =>
        correlations.some((other) => other !== leaf && other.rules.includes(id)) ||
        parts.some((other) => other.id !== id && other.request === request),
    );
    if (bound === null || isShared) continue;
    plans.push({ parts: own, bound });
    for (const { id } of own) bounded.add(id);
  }
  const rest = parts.filter(({ id }) => !bounded.has(id));
  return rest.length === 0 ? plans : [...plans, { parts: rest, bound: null }];
}

/**
 * A window of one timespan lies in two buckets of it: of `n` matches one bucket has half, and of several requests' one request
 * has its share.
 */
function boundOf(leaf: CorrelationRule, requestOf: ReadonlyMap<string, number>): Bound | null {
  if ((leaf.type !== 'event_count' && leaf.type !== 'value_count') || leaf.groupBy.length === 0) return null;
  const requests = [...new Set(leaf.rules)].map((id) => [requestOf.get(id)!, fieldsOfGroup(leaf, id)] as const);
  const counted = requests.map(([request]) => request);
  const least = Math.ceil((leastValue(leaf.condition) ?? 0) / (2 * counted.length));
  const spanMs = leaf.timespanMs;
  return least < 2 ? null : { least, spanMs, counted, groups: new Map(requests), before: spanMs, after: spanMs };
}

/** What a query has to fetch. */
export function plansOfQuery(query: HuntQuery, parts: DetectionPart[]): FetchPlan[] {
  const asked = leastOf(query.having, query);
  const counted = parts.filter(({ id }) => id === asked?.selection).map(({ request }) => request);
  const isShared = new Set(parts.map(({ request }) => request)).size < parts.length;
  if (asked === null || counted.length === 0 || isShared || query.groupBy.length === 0) return [{ parts, bound: null }];
  const { defaultMs, settleMs } = query.window;
  const around = defaultMs + settleMs + (query.schedule?.everyMs ?? defaultMs) + (query.schedule?.delayMs ?? 0);
  const least = Math.ceil(asked.least / 2);
  const groups = new Map(parts.map(({ request }) => [request, query.groupBy]));
  const bound = { least, spanMs: defaultMs, counted, groups, before: around + query.baselineMs, after: around };
  return [{ parts, bound: least < 2 ? null : bound }];
}

/** The part of `having` that asks for most: so many events of a selection in the window, whatever else must hold. */
function leastOf(formula: Formula, query: HuntQuery): { selection: string; least: number } | null {
  if (formula.op === 'and') {
    const both = [leastOf(formula.left, query), leastOf(formula.right, query)].flatMap((one) => one ?? []);
    return both.sort((a, b) => b.least - a.least)[0] ?? null;
  }
  if ((formula.op !== '>=' && formula.op !== '>') || formula.left.op !== 'measure') return null;
  const { name } = formula.left;
  const measure = Object.hasOwn(query.measures, name) ? query.measures[name] : undefined;
  const limit = limitOf(formula.right, query);
  // A distinct count has as many events at least.
  if (!measure || limit === null || measure.over !== 'window' || !['count', 'distinct'].includes(measure.how))
    return null;
  return { selection: measure.of, least: formula.op === '>' ? Math.floor(limit) + 1 : Math.ceil(limit) };
}

function limitOf(formula: Formula, query: HuntQuery): number | null {
  if (formula.op === 'number') return formula.value;
  if (formula.op === 'call' && formula.name === 'max') {
    // What reaches the greatest of several reaches each that is known.
    const known = formula.args.flatMap((arg) => limitOf(arg, query) ?? []);
    return known.length > 0 ? Math.max(...known) : null;
  }
  return formula.op === 'parameter' ? (query.parameters[formula.name]?.default ?? null) : null;
}
