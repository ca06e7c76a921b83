import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { correlateAll, fieldsOfDetections } from '@tollgate/sigma/correlate/chain';
import { episodes } from '@tollgate/sigma/correlate/episodes';
import type { Alert, CorrelationInput, CorrelationResult } from '@tollgate/sigma/correlate/types';
import { huntAlerts, type HuntAlerts } from '../../detection/hunt/alerts';
import { fieldsNeeded } from '../../detection/hunt/groups';
import { reachOf } from '../../detection/hunt/runs';
import type { HuntQuery } from '../../detection/hunt/types';
import type { DetectionRule, Rule } from '@tollgate/sigma/rules/model';
import type { Engine, Progress, SourcedEvent } from '../../detection/engine/execution';
import type { Match } from '@tollgate/sigma/correlate/match';
import type { Contract } from '../../telemetry/contract';
import { deriver, type Deriver } from '../../telemetry/derive';
import { contractFor } from '../../telemetry/logsource';
import { caseFile, caseRecords, type PlacedCase } from './case-events';
import { RequestBook } from './matches';
import { closure } from './rule-detector';
import { REARM_MS } from './rule-run';

/** What cases are run with. */
export interface CaseContent {
  /** Also those to which the tested rules refer. */
  rules: Rule[];
  queries: HuntQuery[];
  contracts: ReadonlyMap<string, Contract>;
}

/** What a rule or query gave on one case. */
export interface CaseOutcome {
  /** The rule and all that it refers to; empty for a query. */
  family: Rule[];
  /** The matches in the case, by rule or by the query's selection. */
  inputs: CorrelationInput[];
  /** The alerts or episodes; `peak` is the highest value of a group, for a query how near to `having` a row came. */
  result: CorrelationResult;
}

/** The cases of the content's rules and queries, one after the other in a stream of events; a case of anything else is left out. */
export function placeCases(documents: YamlDocument[], { rules, queries, contracts }: CaseContent): PlacedCase[] {
  const byId = new Map([...rules, ...queries].map((tested) => [tested.id, tested]));
  let first = 0;
  return documents.flatMap((document) => {
    const file = caseFile(document);
    const tested = byId.get(file.rule);
    if (!tested) return [];
    return file.cases.map((one, index) => {
      const records = caseRecords(file, one, contracts);
      const placed = { document, index, tested, one, records, first };
      first += records.length;
      return placed;
    });
  });
}

/** The events of the cases, with their derived fields. Each is delivered when it happens. */
export function* eventsOf(cases: PlacedCase[], contracts: ReadonlyMap<string, Contract>): Generator<SourcedEvent> {
  const derivers = new Map<string, Deriver>();
  for (const { records, first } of cases) {
    for (const [offset, { source, time, record }] of records.entries()) {
      let derive = derivers.get(source);
      if (!derive) derivers.set(source, (derive = deriver(contracts.get(source)!)));
      yield { n: first + offset, source, time, ingested: time, event: derive(record, time) };
    }
  }
}

/**
 * Matches `events`, those of `eventsOf`, and gives what tells of a case what the content's rules and queries give on it. The tested
 * one is found by its id, so that it may be another version than the one that the cases were placed for.
 */
export async function caseRunner(
  events: Iterable<SourcedEvent>,
  content: CaseContent,
  engine: Engine,
  progress: Progress,
): Promise<(placed: PlacedCase) => CaseOutcome> {
  const { book, requestOf } = bookAll(content);
  const { matches } = await engine.execute('cases', events, book.requests, progress);
  const rules = new Map(content.rules.map((rule) => [rule.id, rule]));
  const queries = new Map(content.queries.map((query) => [query.id, query]));
  const inputOf = ({ first, records }: PlacedCase, name: string, key: string): CorrelationInput[] => {
    const request = requestOf.get(key);
    if (request === undefined) return [];
    const { fields } = book.requests[request]!;
    return [{ rule: name, fields, matches: within(matches[request]!, first, first + records.length) }];
  };
  return (placed) => {
    const query = queries.get(placed.tested.id);
    if (query) {
      const inputs = Object.keys(query.selections).flatMap((name) => inputOf(placed, name, keyOf(query, name)));
      return { family: [], inputs, result: runQuery(query, inputs, placed) };
    }
    const rule = rules.get(placed.tested.id);
    if (!rule) throw new Error(`the content has no rule or query ${placed.tested.id}`);
    const family = closure(rule, rules);
    const inputs = family.flatMap(({ id }) => inputOf(placed, id, id));
    return { family, inputs, result: runRule(rule, family, inputs, content.contracts) };
  };
}

function within(matches: Match[], first: number, end: number): Match[] {
  return matches.filter(({ event }) => event >= first && event < end);
}

const keyOf = (query: HuntQuery, selection: string): string => `${query.id} ${selection}`;

/** Asks for the matches of every detection, with the fields of the correlations and the asset that its own alerts are grouped by. */
function bookAll({ rules, queries, contracts }: CaseContent) {
  const book = new RequestBook();
  const requestOf = new Map<string, number>();
  const fields = fieldsOfDetections(rules);
  for (const rule of rules) {
    const contract = rule.kind === 'detection' && contractFor(rule.logsource, contracts.values());
    if (!contract) continue;
    requestOf.set(rule.id, book.add(contract.id, rule.plan, [...(fields.get(rule.id) ?? []), contract.roles.asset]));
  }
  for (const query of queries)
    for (const [selection, plan] of Object.entries(query.selections))
      requestOf.set(keyOf(query, selection), book.add(query.source, plan, fieldsNeeded(query)));
  return { book, requestOf };
}

/** What a rule gives on the matches of the detections in its family, which is the rule and all that it refers to. */
export function runRule(
  rule: Rule,
  family: Rule[],
  inputs: CorrelationInput[],
  contracts: ReadonlyMap<string, Contract>,
): CorrelationResult {
  if (rule.kind === 'correlation') return correlateAll(family, inputs).get(rule.id)!;
  return { alerts: ownAlerts(rule, inputs[0], contracts), excluded: 0, crowded: [], peak: null };
}

function ownAlerts(
  rule: DetectionRule,
  input: CorrelationInput | undefined,
  contracts: ReadonlyMap<string, Contract>,
): Alert[] {
  const contract = contractFor(rule.logsource, contracts.values());
  if (!input || !contract) throw new Error(`${rule.file}: no telemetry contract for ${rule.title}`);
  return episodes(input, [contract.roles.asset], REARM_MS);
}

function runQuery(query: HuntQuery, inputs: CorrelationInput[], { records }: PlacedCase): CorrelationResult {
  const { alerts, excluded, nearest } = huntThrough(query, inputs, records);
  return { alerts, excluded, crowded: [], peak: nearest?.nearness ?? null };
}

/**
 * The query as its schedule runs it, from the first of some records until none of them can matter any more. The records are in the order
 * of time; the inputs are the matches of its selections, by their names.
 */
export function huntThrough(
  query: HuntQuery,
  inputs: CorrelationInput[],
  records: readonly { time: number }[],
): HuntAlerts {
  const hunted = inputs.map(({ rule, fields, matches }) => ({ selection: rule, fields, matches }));
  const start = records[0]?.time ?? 0;
  const end = (records.at(-1)?.time ?? 0) + reachOf(query).after;
  return huntAlerts(query, hunted, { start, end });
}
