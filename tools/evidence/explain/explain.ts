import { explainer, type Explained } from '@tollgate/sigma/explain/explain';
import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import { correlateAll } from '@tollgate/sigma/correlate/chain';
import { fieldOf } from '@tollgate/sigma/correlate/source';
import type { Alert, CorrelationInput, CorrelationResult } from '@tollgate/sigma/correlate/types';
import type { CorrelationRule, Rule } from '@tollgate/sigma/rules/model';
import { scalarReader } from '@tollgate/sigma/values/event';
import { bindParameters } from '../../detection/hunt/evaluate';
import type { SourcedEvent } from '../../detection/engine/execution';
import type { Contract } from '../../telemetry/contract';
import { huntThrough, runRule } from '../replay/case-outcomes';
import { reachOfGroups, shortOf } from './groups';
import { explainFormula } from './having';
import type {
  AlikeEvents,
  CorrelationExplanation,
  ExplainedAlert,
  Explanation,
  HuntExplanation,
  PartExplanation,
} from './result';
import type { Part, Explainable } from './subject';

/** An event to explain something on, with what it is called. */
export type NamedEvent = Omit<SourcedEvent, 'n'> & { name: string };

/**
 * Explains what a rule or query does on events, in any order: which parts of its conditions hold on each, what was counted of those that
 * match, and the alerts. Matches, counts and alerts are those of the engine in memory.
 */
export function explainOn(
  subject: Explainable,
  given: readonly NamedEvent[],
  contracts: ReadonlyMap<string, Contract>,
): Explanation {
  const events = [...given].sort((a, b) => a.time - b.time);
  const inputs = subject.parts.map((part) => inputOf(part, events));
  const parts = subject.parts.map((part, place): PartExplanation => {
    const { id, title, file, line, contract } = part;
    const of = events.filter(({ source }) => source === contract.id).length;
    const matched = inputs[place]!.matches.map(({ event }) => event);
    return { id, title, source: contract.id, file, line, of, matched, alike: alikeOf(part, events) };
  });
  const { file, line } = subject;
  const common = { file, line, case: null, events: events.map(({ name, time }) => ({ name, time })), parts };
  if (subject.kind === 'query') {
    const { id, title } = subject.query;
    const { alerts, hunt } = explainHunt(subject, inputs, events);
    return { kind: 'query', id, title, ...common, correlations: [], hunt, alerts: toldOf(alerts, inputs) };
  }
  const { rule, family } = subject;
  const { alerts } = runRule(rule, family, inputs, contracts);
  const correlations = family.some(({ kind }) => kind === 'correlation') ? explainCorrelations(family, inputs) : [];
  const { id, title } = rule;
  return { kind: 'rule', id, title, ...common, correlations, hunt: null, alerts: toldOf(alerts, inputs) };
}

function inputOf({ id, plan, contract, fields }: Part, events: readonly NamedEvent[]): CorrelationInput {
  const holds = compilePredicate(plan);
  const readers = fields.map(scalarReader);
  const matches = events.flatMap(({ source, time, ingested, event }, n) =>
    source === contract.id && holds(event)
      ? { event: n, time, ingested, values: readers.map((read) => read(event)) }
      : [],
  );
  return { rule: id, fields, matches };
}

/** The events of a part's source by which of its tests hold, those that fail in the fewest first, those that match last. */
function alikeOf({ plan, nameOf, contract }: Part, events: readonly NamedEvent[]): AlikeEvents[] {
  const explain = explainer(plan, nameOf);
  const alike = new Map<string, AlikeEvents>();
  for (const [n, { source, event }] of events.entries()) {
    if (source !== contract.id) continue;
    const tree = explain(event);
    const key = patternOf(tree);
    const known = alike.get(key);
    if (known) known.events.push(n);
    else alike.set(key, { holds: tree.holds, events: [n], tree });
  }
  const failing = ({ tree }: AlikeEvents) => (tree.op === 'and' ? tree.parts.filter(({ holds }) => !holds).length : 1);
  return [...alike.values()].sort((a, b) => Number(a.holds) - Number(b.holds) || failing(a) - failing(b));
}

function patternOf(tree: Explained): string {
  switch (tree.op) {
    case 'and':
    case 'or':
      return tree.parts.map(patternOf).join('');
    case 'not':
      return patternOf(tree.part);
    case 'test':
      return tree.holds ? '1' : '0';
  }
}

function explainCorrelations(family: Rule[], inputs: CorrelationInput[]): CorrelationExplanation[] {
  const byId = new Map(family.map((rule) => [rule.id, rule]));
  const inputOfRule = new Map(inputs.map((input) => [input.rule, input]));
  const results = correlateAll(family, inputs);
  return family.flatMap((rule) => {
    if (rule.kind !== 'correlation') return [];
    const own = rule.rules.flatMap((id) => inputOfRule.get(id) ?? []);
    const isOfDetections = own.length === rule.rules.length;
    const { alerts, excluded, peak } = results.get(rule.id)!;
    const { id, title, file, type, groupBy, timespanMs, condition } = rule;
    const rules = rule.rules.map((part) => ({
      id: part,
      title: byId.get(part)!.title,
      matches: inputOfRule.get(part)?.matches.length ?? null,
      alerts: results.get(part)?.alerts.length ?? null,
    }));
    return {
      ...{ id, title, file, type, groupBy, timespanMs, condition, rules, alerts: alerts.length },
      excluded: { count: excluded, lacking: lackingIn(rule, own) },
      reached: peak,
      short: shortOf(rule, peak),
      groups: isOfDetections ? reachOfGroups(rule, own) : null,
    };
  });
}

/** How many matches have no value of which field of the group. */
function lackingIn(rule: CorrelationRule, inputs: CorrelationInput[]): Record<string, number> {
  return lacking(
    inputs.map((input) => ({ input, fields: rule.groupBy.map((name) => fieldOf(rule, name, input.rule)) })),
  );
}

function lacking(parts: { input: CorrelationInput; fields: string[] }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { input, fields } of parts)
    for (const field of fields) {
      const column = input.fields.indexOf(field);
      const count = input.matches.filter(({ values }) => values[column] === null).length;
      if (count > 0) counts[field] = (counts[field] ?? 0) + count;
    }
  return counts;
}

function explainHunt(
  { query }: Extract<Explainable, { kind: 'query' }>,
  inputs: CorrelationInput[],
  events: readonly NamedEvent[],
): { alerts: Alert[]; hunt: HuntExplanation } {
  const { alerts, excluded, rows, nearest } = huntThrough(query, inputs, events);
  const counts = lacking(inputs.map((input) => ({ input, fields: query.groupBy })));
  const hunt = { rows, excluded: { count: excluded, lacking: counts } };
  if (nearest === null) return { alerts, hunt: { ...hunt, nearest } };
  const { nearness, at, row } = nearest;
  const having = explainFormula(query.having, { values: row.values, parameters: bindParameters(query, {}) });
  return { alerts, hunt: { ...hunt, nearest: { nearness, at, group: row.group, values: row.values, having } } };
}

/** Alerts with the parts that matched each of their events. */
function toldOf(alerts: CorrelationResult['alerts'], inputs: CorrelationInput[]): ExplainedAlert[] {
  const partsOf = new Map<number, number[]>();
  for (const [place, { matches }] of inputs.entries())
    for (const { event } of matches) partsOf.set(event, [...(partsOf.get(event) ?? []), place]);
  return alerts.map(({ group, start, end, value, events }) => ({
    group,
    start,
    end,
    value,
    events: events.map((event) => ({ event, parts: partsOf.get(event) ?? [] })),
  }));
}
