import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { parseQueries } from '../../detection/hunt/parse';
import type { HuntQuery } from '../../detection/hunt/types';
import type { CaseContent } from '../replay/case-outcomes';
import { closure, reported } from '../replay/rule-detector';
import type { CorrelationRule, Rule } from '@tollgate/sigma/rules/model';
import { parseSigma } from '@tollgate/sigma/rules/parse';
import type { Contract } from '../../telemetry/contract';
import type { Mutation } from './change';
import { changesOfCorrelation } from './correlation';
import { changesOfCondition, changesOfSelections } from './detection';
import { canonical } from './equal';
import { changesOfQuery } from './query';

/** The documents that rules, with their filters, and queries were read from. */
export interface Sources {
  rules: YamlDocument[];
  queries: YamlDocument[];
}

/** A rule that alerts on its own, with all that it refers to, or a query: what is mutated. */
export interface Subject {
  id: string;
  title: string;
  /** Where it stands. */
  file: string;
  /** Every change of it. */
  changes: Mutation[];
  /** What is run of the content: itself and what it refers to. */
  content: CaseContent;
  /** The content after a change; null where it makes no rule or query. */
  after(change: Mutation): CaseContent | null;
}

/** The rules that have a line in a report, and the queries, in the order of the content. */
export function subjectsOf(content: CaseContent, sources: Sources): Subject[] {
  const byId = new Map(content.rules.map((rule) => [rule.id, rule]));
  return [
    ...reported(content.rules).map((rule) => ofRule(rule, closure(rule, byId), content.contracts, sources)),
    ...content.queries.map((query) => ofQuery(query, content.contracts, sources)),
  ];
}

function ofRule(rule: Rule, family: Rule[], contracts: CaseContent['contracts'], sources: Sources): Subject {
  const documentOf = ({ file, document }: Rule): YamlDocument =>
    sources.rules.find((one) => one.file === file && one.index === document)!;
  // A filter can be read only together with all rules that it names.
  const isFiltered = family.some((member) => member.kind === 'detection' && member.filters !== undefined);
  const documents = isFiltered ? sources.rules : family.map(documentOf);
  const whole = (rules: Rule[]): CaseContent => ({ rules, queries: [], contracts });
  return {
    id: rule.id,
    title: rule.title,
    file: rule.file,
    changes: family.flatMap((member) => {
      const document = documentOf(member);
      if (member.kind === 'correlation') return changesOfCorrelation(document, member);
      return [...changesOfSelections(document), ...changesOfCondition(document)];
    }),
    content: whole(family),
    after({ document, to }) {
      if ('query' in to) return null;
      if ('correlation' in to) return whole(reachable(rule.id, swapped(family, to.correlation)));
      const changed = documents.map((one) => (one === document ? changedTo(one, to.value) : one));
      const { rules, diagnostics } = parseSigma(changed);
      if (diagnostics.some(({ severity }) => severity === 'error')) return null;
      return whole(reachable(rule.id, rules));
    },
  };
}

function swapped(family: Rule[], by: CorrelationRule): Rule[] {
  return family.map((member) => (member.id === by.id ? by : member));
}

function reachable(id: string, rules: Rule[]): Rule[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return closure(byId.get(id)!, byId);
}

function ofQuery(query: HuntQuery, contracts: CaseContent['contracts'], sources: Sources): Subject {
  const document = sources.queries.find(({ file, value }) => {
    return file === query.file && (value as { id?: unknown }).id === query.id;
  })!;
  const whole = (one: HuntQuery): CaseContent => ({ rules: [], queries: [one], contracts });
  return {
    id: query.id,
    title: query.title,
    file: query.file,
    changes: [...changesOfSelections(document), ...changesOfQuery(document, query)],
    content: whole(query),
    after({ to }) {
      if ('correlation' in to) return null;
      if ('query' in to) return whole(to.query);
      const [read] = parseQueries([changedTo(document, to.value)], contracts as Map<string, Contract>).queries;
      return read ? whole(read) : null;
    },
  };
}

/** A text that is equal for contents of which it is plain that they give the same on every event. */
export function meaningOf({ rules, queries }: CaseContent): string {
  const ofRules = rules.map((rule) => {
    if (rule.kind === 'detection') return [rule.id, canonical(rule.plan.expr)];
    const { id, type, rules: parts, groupBy, aliases, timespanMs, condition } = rule;
    return [id, type, parts, groupBy, aliases, timespanMs, condition];
  });
  const ofQueries = queries.map(({ selections, groupBy, measures, derive, having, parameters, window, baselineMs }) => [
    Object.entries(selections).map(([name, { expr }]) => [name, canonical(expr)]),
    ...[groupBy, measures, derive, having, parameters, window, baselineMs],
  ]);
  return JSON.stringify([ofRules, ofQueries]);
}

/** A document with another value, in which the places of what was written are no longer those of the text. */
function changedTo(document: YamlDocument, value: unknown): YamlDocument {
  return { ...document, value, written: () => undefined };
}
