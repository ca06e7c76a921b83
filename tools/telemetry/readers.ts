import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { findYaml } from '../foundation/content/find';
import { isMap } from '@tollgate/sigma/values/map';
import { loadYaml } from '../foundation/content/load-yaml';
import type { Contract } from './contract';
import { detectionsOf, type YamlMap } from './detections';

/** A rule or query that reads a source. */
export interface Reader {
  title: string;
  /** Relative to the repository's root. */
  path: string;
  level: string;
  moment: string;
}

/** Source → the rules and queries below a repository's root that read it, in the order of their files. Parts of correlations are left out. */
export function readersOf(root: string, contracts: ReadonlyMap<string, Contract>): Map<string, Reader[]> {
  const folders = ['rules', 'queries'].map((folder) => join(root, folder)).filter((folder) => existsSync(folder));
  const documents = findYaml(folders).flatMap((file) => loadYaml(file).documents.map(({ value }) => ({ file, value })));
  const maps = documents.filter((one): one is { file: string; value: YamlMap } => isMap(one.value));
  const readers = new Map<string, Reader[]>();
  const detections = detectionsOf(
    maps.map(({ value }) => value),
    [...contracts.values()] as unknown as YamlMap[],
  );
  for (const [index, { value, sources }] of detections.entries()) {
    const { tollgate, title, level } = value;
    // What is reported says what to do on an alert; parts have no such key.
    if (!isMap(tollgate)) continue;
    const path = relative(root, maps[index]!.file);
    const reader = { title: String(title), path, level: String(level), moment: String(tollgate['moment']) };
    for (const source of new Set(sources.map(String))) readers.set(source, [...(readers.get(source) ?? []), reader]);
  }
  return readers;
}
