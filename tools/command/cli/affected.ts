import { resolve } from 'node:path';
import type { Rule } from '@tollgate/sigma/rules/model';
import { isMap } from '@tollgate/sigma/values/map';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import type { HuntQuery } from '../../detection/hunt/types';
import { closure, reported, sourcesOf } from '../../evidence/replay/rule-detector';
import { findYaml } from '../../foundation/content/find';
import { loadYaml } from '../../foundation/content/load-yaml';
import type { Contract } from '../../telemetry/contract';
import type { Layout } from '../check/layout';

export interface Detectors {
  rules: Rule[];
  queries: HuntQuery[];
  contracts: Map<string, Contract>;
}

/**
 * Those of the rules and queries that a change of these files (whole paths) affects: their own file, one of a rule that they correlate,
 * their cases, a filter of them, or the contract of a source that they read. `formerly`: filters as they were before.
 */
export function affectedBy<D extends Detectors>(
  content: D,
  { cases, filters, telemetry }: Pick<Layout, 'cases' | 'filters' | 'telemetry'>,
  files: ReadonlySet<string>,
  formerly: YamlDocument[] = [],
): D {
  const isChanged = (file: string): boolean => files.has(resolve(file));
  const now = (all: string[]): YamlDocument[] => all.filter(isChanged).flatMap((file) => loadYaml(file).documents);
  const named = new Set([
    ...now(cases).flatMap(({ value }) => (isMap(value) ? String(value['rule']) : [])),
    ...[...now(filters), ...formerly].flatMap(filteredBy),
  ]);
  const sources = new Set(
    now(findYaml([telemetry].flat())).map(({ value }) => (isMap(value) ? value['id'] : undefined)),
  );
  const isOther = ({ file, id, name }: { file: string; id: string; name?: string | undefined }): boolean =>
    isChanged(file) || named.has(id) || (name !== undefined && named.has(name));
  const byId = new Map(content.rules.map((rule) => [rule.id, rule]));
  const rules = reported(content.rules).flatMap((rule) => {
    const family = closure(rule, byId);
    const reads = sourcesOf(rule, byId, content.contracts);
    return family.some(isOther) || reads.some((source) => sources.has(source)) ? family : [];
  });
  const queries = content.queries.filter((query) => isOther(query) || sources.has(query.source));
  return { ...content, rules: [...new Set(rules)], queries };
}

/** Whether there is no rule and no query. */
export function isNothing({ rules, queries }: Pick<Detectors, 'rules' | 'queries'>): boolean {
  return rules.length === 0 && queries.length === 0;
}

function filteredBy({ value }: YamlDocument): string[] {
  const filter = isMap(value) ? value['filter'] : undefined;
  const rules = isMap(filter) ? filter['rules'] : undefined;
  return [rules].flat().filter((rule) => typeof rule === 'string');
}
