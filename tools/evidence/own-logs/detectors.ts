import { sectionOf } from '../../detection/rules/section';
import { fieldsNeeded } from '../../detection/hunt/groups';
import type { HuntQuery } from '../../detection/hunt/types';
import type { DetectorMaker, Ground } from '../replay/detector';
import type { RequestBook } from '../replay/matches';
import { bookQuery } from '../replay/query-detector';
import { bookRules, closure, fieldsAsked, reported } from '../replay/rule-detector';
import { fieldsOfDetections } from '@tollgate/sigma/correlate/chain';
import type { CorrelationRule, Rule } from '@tollgate/sigma/rules/model';
import { runnable } from '@tollgate/sigma/rules/runnable';
import type { Contract } from '../../telemetry/contract';
import { contractFor, logsourceText } from '../../telemetry/logsource';
import { plansOfQuery, plansOfRule, type FetchPlan } from './bounds';
import { queryDigest, ruleDigest } from './digest';
import { needsOf, type SourceNeeds } from './needs';
import type { NotRun } from './result';

/** Rules and queries to run, and those that could not be read. */
export interface OwnContent {
  rules: Rule[];
  queries: HuntQuery[];
  contracts: Map<string, Contract>;
  /** Ids of the rules that are there for a correlation, be it one with errors. */
  parts: ReadonlySet<string>;
  /** What has errors, and so is not among the rules and queries. */
  unread: NotRun[];
}

/** A rule or query whose detections are on the book. */
export interface OwnDetector {
  needs: SourceNeeds;
  digest: string;
  /** Ids of the acts on an alert. */
  acts: string[];
  /** Numbers of the requests that its detections are. */
  requests: number[];
  /** Request → the fields that it needs of its matches; others may ask the same with more. */
  fields: Map<number, string[]>;
  /** What has to be fetched of an index. */
  plans: FetchPlan[];
  /** The query that it is, with the request of each selection; null for a rule. */
  query: { query: HuntQuery; selections: Map<string, number> } | null;
  /** How long before the measured time its baseline begins (ms); 0 of rules. */
  history: number;
  /** To be set before it is run: when it is measured. */
  ground: Ground;
  make: DetectorMaker;
}

/** Puts all that can be run on the book, and says why the others can't: no contract, or a part that is not there. */
export function bookAll(content: OwnContent, book: RequestBook): { detectors: OwnDetector[]; notRun: NotRun[] } {
  const { rules, queries, contracts, parts, unread } = content;
  const notRun = [...unread];
  const known = rules.filter((rule) => {
    if (rule.kind === 'correlation' || contractFor(rule.logsource, contracts.values())) return true;
    notRun.push({
      ...about(rule),
      reason: `there is no telemetry contract for its log source, ${logsourceText(rule.logsource) || 'which it does not name'}`,
    });
    return false;
  });
  const { rules: complete, incomplete } = runnable(known, parts);
  const shown = incomplete.filter((rule) => sectionOf(rule) !== undefined || !parts.has(rule.id));
  const here = new Set(complete.map(({ id }) => id));
  for (const rule of shown) notRun.push({ ...about(rule), reason: whyIncomplete(rule, rules, here) });
  const all: Ground = { sources: [...contracts.keys()], start: 0, end: 0 };
  return { detectors: [...ruleDetectors(complete, contracts, all, book), ...queries.map(ofQuery)], notRun };

  function ofQuery(query: HuntQuery): OwnDetector {
    const ground = { ...all };
    const make = bookQuery(query, ground, book);
    const parts = Object.entries(query.selections).map(([id, plan]) => ({
      id,
      request: book.add(query.source, plan, []),
    }));
    const requests = parts.map(({ request }) => request);
    return {
      plans: plansOfQuery(query, parts),
      query: { query, selections: new Map(parts.map(({ id, request }) => [id, request])) },
      needs: query.source,
      digest: queryDigest(query),
      acts: query.tollgate?.acts ?? [],
      requests,
      fields: new Map(requests.map((request) => [request, fieldsNeeded(query)])),
      history: query.baselineMs,
      ground,
      make,
    };
  }
}

function ruleDetectors(rules: Rule[], contracts: Map<string, Contract>, all: Ground, book: RequestBook): OwnDetector[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const contractOf = (id: string): Contract => {
    const rule = byId.get(id)!;
    return contractFor((rule as Extract<Rule, { kind: 'detection' }>).logsource, contracts.values())!;
  };
  const sourceOf = (id: string): string => contractOf(id).id;
  const makers: DetectorMaker[] = bookRules(rules, contracts, all, book);
  return reported(rules).map((rule, index) => {
    const family = closure(rule, byId);
    const detections = family.filter((member) => member.kind === 'detection');
    const parts = detections.map(({ id, plan }) => ({ id, request: book.add(sourceOf(id), plan, []) }));
    const needed = fieldsOfDetections(family);
    const fields = new Map<number, string[]>();
    for (const { id, request } of parts) {
      const own = fieldsAsked(needed.get(id) ?? [], contractOf(id));
      fields.set(request, [...new Set([...(fields.get(request) ?? []), ...own])]);
    }
    return {
      fields,
      digest: ruleDigest(family),
      acts: sectionOf(rule)?.acts ?? [],
      plans: plansOfRule(rule, family, parts),
      query: null,
      needs: needsOf(rule, byId, sourceOf),
      requests: parts.map(({ request }) => request),
      history: 0,
      ground: { ...all },
      make: makers[index]!,
    };
  });
}

function about({ id, title, file }: Rule): Omit<NotRun, 'reason'> {
  return { id, name: title, path: file };
}

function whyIncomplete({ rules: parts }: CorrelationRule, all: Rule[], here: ReadonlySet<string>): string {
  const missing = parts.filter((part) => !here.has(part));
  const names = missing.map((part) => {
    const known = all.find(({ id }) => id === part);
    return known ? `'${known.title}', which can't be run` : `'${part}', which is not among the rules given`;
  });
  return `it counts ${names.join(', and ')}`;
}
