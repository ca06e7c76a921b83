import { fieldsOfDetections } from '@tollgate/sigma/correlate/chain';
import type { Namer } from '@tollgate/sigma/explain/explain';
import { selectionNamer, type NamingDocument } from '@tollgate/sigma/explain/names';
import type { DetectionRule, Filter, Rule } from '@tollgate/sigma/rules/model';
import type { Plan } from '@tollgate/sigma/rules/plan';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { Failure } from '../../foundation/content/failure';
import { fieldsNeeded } from '../../detection/hunt/groups';
import type { HuntQuery } from '../../detection/hunt/types';
import type { Contract } from '../../telemetry/contract';
import { contractFor, logsourceText } from '../../telemetry/logsource';
import { closure, fieldsAsked } from '../replay/rule-detector';

/** What is looked up when a rule or query is explained. */
export interface ExplainContent {
  rules: Rule[];
  filters: Filter[];
  contracts: ReadonlyMap<string, Contract>;
  /** The documents of rules, filters and queries. */
  documents: YamlDocument[];
}

/** A detection that is matched with events: one of a rule's family, or a selection of a query. */
export interface Part {
  /** The rule's id, or the selection's name. */
  id: string;
  title: string;
  file: string;
  line: number;
  contract: Contract;
  plan: Plan;
  nameOf: Namer;
  /** The fields whose values are needed of its matches. */
  fields: string[];
}

/** What is explained: a rule with all that it refers to, or a query. `parts` are its detections. */
export type Explainable = { file: string; line: number; parts: Part[] } & (
  { kind: 'rule'; rule: Rule; family: Rule[] } | { kind: 'query'; query: HuntQuery }
);

/** Makes a subject of a rule. Throws a `Failure` (2) where the log source of one of its detections has no contract. */
export function subjectOfRule(rule: Rule, content: ExplainContent): Explainable {
  const family = closure(rule, new Map(content.rules.map((one) => [one.id, one])));
  const needed = fieldsOfDetections(family);
  const parts = family
    .filter((member) => member.kind === 'detection')
    .map((member) => partOfRule(member, needed.get(member.id) ?? [], content));
  const line = documentOf(rule, content).position(['title']).line;
  return { kind: 'rule', rule, family, parts, file: rule.file, line };
}

function partOfRule(rule: DetectionRule, needed: string[], content: ExplainContent): Part {
  const contract = contractFor(rule.logsource, content.contracts.values());
  const document = documentOf(rule, content);
  const { line } = document.position(['detection'], 'key');
  if (!contract)
    throw new Failure(
      2,
      `${rule.file}:${line}: there is no telemetry contract for the log source of '${rule.title}', ${logsourceText(rule.logsource) || 'which it does not name'}`,
      'name a log source of schemas/telemetry, or add its contract there; `tollgate match` runs rules without one',
    );
  const filters = content.filters
    .filter(({ id }) => rule.filters?.includes(id))
    .map((filter): NamingDocument => ({ document: documentOf(filter, content), prefix: `filter '${filter.title}': ` }));
  const nameOf = selectionNamer([{ document }, ...filters]);
  const { id, title, file, plan } = rule;
  return { id, title, file, line, contract, plan, nameOf, fields: fieldsAsked(needed, contract) };
}

/** Makes a subject of a query. */
export function subjectOfQuery(query: HuntQuery, content: ExplainContent): Explainable {
  const { file } = query;
  const document = content.documents.find((one) => one.file === file && holdsId(one, query.id))!;
  const contract = content.contracts.get(query.source)!;
  const parts = Object.entries(query.selections).map(([name, plan]): Part => {
    const { line } = document.position(['detection', name], 'key');
    return { id: name, title: name, file, line, contract, plan, nameOf: () => null, fields: fieldsNeeded(query) };
  });
  return { kind: 'query', query, parts, file, line: document.position(['title']).line };
}

function documentOf(of: { file: string; document: number }, { documents }: ExplainContent): YamlDocument {
  const found = documents.find(({ file, index }) => file === of.file && index === of.document);
  if (!found) throw new Error(`no document ${of.document} of ${of.file}`);
  return found;
}

function holdsId({ value }: YamlDocument, id: string): boolean {
  return (value as { id?: unknown }).id === id;
}
