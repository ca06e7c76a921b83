import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { isMap } from '@tollgate/sigma/values/map';
import type { Unread, YamlDocument } from '@tollgate/sigma/yaml/yaml';
import type { HuntQuery } from '../../detection/hunt/types';
import type { FieldEvidence } from '../../evidence/own-logs/field-evidence';
import type { Rule } from '@tollgate/sigma/rules/model';
import type { Contract } from '../../telemetry/contract';

/** A scenario that rules refer to. */
export interface ScenarioName {
  /** File name without `.yml`. */
  name: string;
  kind: 'benign' | 'malicious';
}

/** All that the checks look at. Documents are those that could be parsed; what couldn't has its diagnostic already. */
export interface Content {
  rules: YamlDocument[];
  queries: YamlDocument[];
  cases: YamlDocument[];
  /** The rules of `rules` that have a meaning in Sigma. */
  sigma: Rule[];
  /** The queries of `queries` that have a meaning. */
  hunts: HuntQuery[];
  contracts: Map<string, Contract>;
  scenarios: ScenarioName[];
  /** Ids of the acts that rules and queries may name. */
  acts: ReadonlySet<string>;
  /** What sites saw on their own logs. */
  fieldEvidence: readonly FieldEvidence[];
  /** What is known of documents that could not be read. */
  unread: readonly Unread[];
  /** Whether findings about a file are wanted. A check may look at others less closely, where that saves time. */
  isJudged(file: string): boolean;
}

/** One check. Each looks at the whole content, so that it can compare files. */
export interface Check {
  name: string;
  /** What it makes sure of, in one sentence. */
  what: string;
  run(content: Content): Diagnostic[];
}

/** The document that a rule was read from. */
export function documentOf(content: Content, rule: Rule): YamlDocument {
  const found = content.rules.find((document) => document.file === rule.file && document.index === rule.document);
  if (!found) throw new Error(`no document for rule ${rule.id}`);
  return found;
}

/** The map at a key of a map; an empty one where there is none, so that a check can go on after a schema error. */
export function mapAt(value: unknown, key: string): Record<string, unknown> {
  const found = isMap(value) ? value[key] : undefined;
  return isMap(found) ? found : {};
}

/** The texts in the list at a key of a map; what is no text has its schema error already. */
export function textsAt(value: unknown, key: string): { text: string; index: number }[] {
  const found = isMap(value) ? value[key] : undefined;
  const list: unknown[] = Array.isArray(found) ? found : [];
  return list.flatMap((text, index) => (typeof text === 'string' ? [{ text, index }] : []));
}
