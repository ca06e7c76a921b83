import { sectionOf } from '../../detection/rules/section';
import { fieldsOfDetections } from '@tollgate/sigma/correlate/chain';
import type { Window } from '@tollgate/sigma/correlate/types';
import { partsOf, type DetectionRule, type Rule } from '@tollgate/sigma/rules/model';
import type { Contract } from '../../telemetry/contract';
import { contractFor } from '../../telemetry/logsource';
import { declaredByRule } from './declared';
import type { Detector, DetectorFacts, DetectorMaker, Ground } from './detector';
import type { MatchStore, RequestBook } from './matches';
import { REARM_MS, runOf, type BookedRule, type BookedPart } from './rule-run';
import { reachOfWindow, windowsOf } from './windows';

/** The rules that a report has a line for: those with a budget of their own, and every other to which no correlation refers. */
export function reported(rules: Rule[]): Rule[] {
  const parts = partsOf(rules);
  return rules.filter((rule) => sectionOf(rule) !== undefined || !parts.has(rule.id));
}

/** Puts the reported rules on the book; what is returned makes the detectors once the matches are there. */
export function bookRules(
  rules: Rule[],
  contracts: Map<string, Contract>,
  dataset: Pick<Ground, 'sources'>,
  book: RequestBook,
): DetectorMaker[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return reported(rules).map((rule) => {
    const family = closure(rule, byId);
    const needed = fieldsOfDetections(family);
    const detections = family
      .filter((member) => member.kind === 'detection')
      .map((member) => bookDetection(member, needed.get(member.id) ?? [], contracts, dataset, book));
    const sources = sourcesOf(rule, byId, contracts);
    const makers = new RuleDetectors({ rule, family, detections }, factsOf(rule, sources), {
      runnable: sources.every((source) => dataset.sources.includes(source)),
      spanMs: spanOf(rule, byId),
    });
    return (store) => makers.meant(store);
  });
}

function factsOf(rule: Rule, sources: string[]): DetectorFacts {
  return {
    id: rule.id,
    ...declaredByRule(rule),
    kind: 'rule',
    path: rule.file,
    sources,
    alertsOn: rule.kind === 'detection' ? 'event' : 'episode',
  };
}

/** Makes the detectors of a rule that is on the book. */
class RuleDetectors {
  constructor(
    private readonly booked: BookedRule,
    private readonly facts: DetectorFacts,
    /** `spanMs`: the rule's timespan and the longest below it. */
    private readonly more: { runnable: boolean; spanMs: number },
  ) {}

  /** The rule as it means. */
  meant(store: MatchStore): Detector {
    const { rule, detections } = this.booked;
    const contracts = detections.map(({ contract }) => contract);
    return {
      ...this.within({ model: 'sliding' }, store),
      under: (model) => windowsOf(model, rule, this.more.spanMs, contracts).map((window) => this.within(window, store)),
    };
  }

  private within(window: Window, store: MatchStore): Detector {
    const { family, detections } = this.booked;
    const span = reachOfWindow(window, this.more.spanMs, family.length - detections.length) + REARM_MS;
    return {
      ...this.facts,
      runnable: this.more.runnable,
      reach: { before: span, after: span },
      window,
      ...runOf(this.booked, store, window),
    };
  }
}

/** A rule and all that it refers to, also through correlations in between. */
export function closure(rule: Rule, byId: ReadonlyMap<string, Rule>): Rule[] {
  const family = new Set<Rule>([rule]);
  for (const member of family) {
    if (member.kind !== 'correlation') continue;
    for (const id of member.rules) {
      const part = byId.get(id);
      if (!part) throw new Error(`${member.file}: ${member.title} refers to ${id}, which is not there`);
      family.add(part);
    }
  }
  return [...family];
}

/** Contract ids of what a rule reads, itself or through what it refers to. Detections of no known source are left out. */
export function sourcesOf(rule: Rule, byId: ReadonlyMap<string, Rule>, contracts: Map<string, Contract>): string[] {
  const read = closure(rule, byId).map((member) =>
    member.kind === 'detection' ? contractFor(member.logsource, contracts.values()) : undefined,
  );
  return [...new Set(read.flatMap((contract) => contract?.id ?? []))];
}

/** What is asked of a detection's matches: what its correlations need, and whose alert it is. */
export function fieldsAsked(needed: readonly string[], { roles }: Contract): string[] {
  return [...needed, roles.asset];
}

function bookDetection(
  rule: DetectionRule,
  needed: string[],
  contracts: Map<string, Contract>,
  dataset: Pick<Ground, 'sources'>,
  book: RequestBook,
): BookedPart {
  const contract = contractFor(rule.logsource, contracts.values());
  if (!contract) throw new Error(`${rule.file}: no telemetry contract for the log source of ${rule.title}`);
  const fields = fieldsAsked(needed, contract);
  const request = dataset.sources.includes(contract.id) ? book.add(contract.id, rule.plan, fields) : undefined;
  return { id: rule.id, fields, request, contract };
}

/** The timespans of a rule and of those below it, one after the other (ms). */
function spanOf(rule: Rule, byId: ReadonlyMap<string, Rule>): number {
  if (rule.kind === 'detection') return 0;
  return rule.timespanMs + Math.max(0, ...rule.rules.map((id) => spanOf(byId.get(id)!, byId)));
}
