import type { Position } from '../content/diagnostic';
import type { YamlDocument } from '../content/yaml';
import { correlateAll, fieldsOfDetections } from '../correlate/chain';
import { episodes } from '../correlate/episodes';
import type { Alert, CorrelationInput, CorrelationResult } from '../correlate/types';
import type { DetectionRule, Rule } from '../sigma/model';
import type { Engine, Progress, SourcedEvent } from '../sigma/execution';
import type { Contract } from '../telemetry/contract';
import { deriver, type Deriver } from '../telemetry/derive';
import { contractFor } from '../telemetry/logsource';
import { caseFile, caseRecords, type CaseKind, type PlacedCase } from './case-events';
import { explain } from './case-explanation';
import { RequestBook } from './matches';
import { closure, REARM_MS } from './rule-detector';

/** What a rule did on one case. */
export interface CaseResult {
  file: string;
  position: Position;
  rule: { id: string; title: string };
  name: string;
  kind: CaseKind;
  /** Numbers of alerts. */
  expected: number;
  got: number;
  passed: boolean;
  /** Where it failed: the events that matched, and the values that decided. */
  reasons: string[];
}

/**
 * Runs cases in an engine: the events of all of them in one dataset, in ranges of their ordinals; the correlations case by
 * case. `documents` satisfy the schema of cases and refer to `rules`; a case of another rule is left out. Each event is
 * delivered when it happens. Throws the engine's `Failure` when an event was lost.
 */
export async function runCases(
  documents: YamlDocument[],
  rules: Rule[],
  contracts: ReadonlyMap<string, Contract>,
  engine: Engine,
  progress: Progress,
): Promise<CaseResult[]> {
  const cases = place(documents, rules, contracts);
  const { book, requestOf } = bookDetections(rules, contracts);
  const { matches } = await engine.execute('cases', eventsOf(cases, contracts), book.requests, progress);
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return cases.map((placed) => {
    const needed = closure(placed.rule, byId);
    const end = placed.first + placed.records.length;
    const inputs = needed.flatMap((rule): CorrelationInput[] => {
      const request = requestOf.get(rule.id);
      if (request === undefined) return [];
      const own = matches[request]!.filter(({ event }) => event >= placed.first && event < end);
      return [{ rule: rule.id, fields: book.requests[request]!.fields, matches: own }];
    });
    const outcome = outcomeOf(placed.rule, needed, inputs, contracts);
    const passed = outcome.alerts.length === placed.one.alerts;
    return {
      file: placed.document.file,
      position: placed.document.position(['cases', placed.index, 'name']),
      rule: { id: placed.rule.id, title: placed.rule.title },
      name: placed.one.name,
      kind: placed.one.kind,
      expected: placed.one.alerts,
      got: outcome.alerts.length,
      passed,
      reasons: passed ? [] : explain(placed, needed, inputs, outcome),
    };
  });
}

function place(documents: YamlDocument[], rules: Rule[], contracts: ReadonlyMap<string, Contract>): PlacedCase[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  let first = 0;
  return documents.flatMap((document) => {
    const file = caseFile(document);
    const rule = byId.get(file.rule);
    if (!rule) return [];
    return file.cases.map((one, index) => {
      const records = caseRecords(file, one, contracts);
      const placed = { document, index, rule, one, records, first };
      first += records.length;
      return placed;
    });
  });
}

function* eventsOf(cases: PlacedCase[], contracts: ReadonlyMap<string, Contract>): Generator<SourcedEvent> {
  const derivers = new Map<string, Deriver>();
  for (const { records, first } of cases) {
    for (const [offset, { source, time, record }] of records.entries()) {
      let derive = derivers.get(source);
      if (!derive) derivers.set(source, (derive = deriver(contracts.get(source)!)));
      yield { n: first + offset, source, time, ingested: time, event: derive(record, time) };
    }
  }
}

/** Asks for the matches of every detection, with the fields of the correlations and the asset that its own alerts are grouped by. */
function bookDetections(rules: Rule[], contracts: ReadonlyMap<string, Contract>) {
  const book = new RequestBook();
  const requestOf = new Map<string, number>();
  const fields = fieldsOfDetections(rules);
  for (const rule of rules) {
    const contract = rule.kind === 'detection' && contractFor(rule.logsource, contracts.values());
    if (!contract) continue;
    requestOf.set(rule.id, book.add(contract.id, rule.plan, [...(fields.get(rule.id) ?? []), contract.roles.asset]));
  }
  return { book, requestOf };
}

function outcomeOf(
  rule: Rule,
  needed: Rule[],
  inputs: CorrelationInput[],
  contracts: ReadonlyMap<string, Contract>,
): CorrelationResult {
  if (rule.kind === 'correlation') return correlateAll(needed, inputs).get(rule.id)!;
  return { alerts: ownAlerts(rule, inputs[0], contracts), excluded: 0, peak: null };
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
