import { isMap } from '@tollgate/sigma/values/map';
import type { Contract } from './contract';
import { contractFor } from './logsource';

/** A map of a YAML file. */
export type YamlMap = Record<string, unknown>;

/** A rule or query as its file has it, with the sources that it reads. */
export interface Detection {
  value: YamlMap;
  /** Contract ids; a log source of no contract, or the name of a rule that is not there, stands for itself. */
  sources: unknown[];
}

/** Rules and queries with the sources that they read, a correlation's being those of the rules that it refers to. */
export function detectionsOf(values: YamlMap[], contracts: YamlMap[]): Detection[] {
  const byName = new Map(values.flatMap((value) => [value['id'], value['name']].map((name) => [name, value] as const)));
  const sourcesOf = (value: YamlMap, seen: YamlMap[] = []): unknown[] => {
    if (seen.includes(value)) return [];
    const { source, logsource, correlation } = value;
    if (source !== undefined) return [source];
    if (isMap(logsource)) return [contractFor(logsource, contracts as unknown as Contract[])?.id ?? logsource];
    const parts = isMap(correlation) && Array.isArray(correlation['rules']) ? correlation['rules'] : [];
    return parts.flatMap((name) => (byName.has(name) ? sourcesOf(byName.get(name)!, [...seen, value]) : [name]));
  };
  return values.map((value) => ({ value, sources: sourcesOf(value) }));
}
