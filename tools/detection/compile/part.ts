import { isMap } from '@tollgate/sigma/values/map';

import type { Placeholders } from '@tollgate/sigma/rules/transform';
import { compileRule } from './compile';
import { readDocuments, rulesOf, type ReadFile } from './rules';

/** What files came to when they were compiled without the others of their run. */
export interface CompiledFiles {
  /** A JSON line a rule. */
  lines: string;
  rules: number;
  /** Whether a rule was refused since it could not be read. */
  failed: boolean;
  reach: Reach;
}

/** How documents may meet those of other files. */
export interface Reach {
  /** Whether one refers to others: a filter or a correlation. */
  refers: boolean;
  /** Ids and names, of which each may be given once. */
  names: string[];
}

/** Reads, checks and compiles files by themselves. */
export function compilePart(paths: readonly string[], placeholders: Placeholders): CompiledFiles {
  const files = readDocuments(paths);
  const rules = rulesOf(files, placeholders);
  return {
    lines: rules.map((rule) => `${JSON.stringify(compileRule(rule))}\n`).join(''),
    rules: rules.length,
    failed: rules.some(({ rule }) => rule === null),
    reach: reachOf(files),
  };
}

function reachOf(files: readonly ReadFile[]): Reach {
  const reach: Reach = { refers: false, names: [] };
  for (const { documents } of files)
    for (const { value } of documents) {
      if (!isMap(value)) continue;
      if (value['filter'] !== undefined || value['correlation'] !== undefined) reach.refers = true;
      for (const name of [value['id'], value['name']]) if (typeof name === 'string') reach.names.push(name);
    }
  return reach;
}

/** Whether parts came to what they would have come to together. */
export function areApart(parts: readonly Reach[]): boolean {
  if (parts.some(({ refers }) => refers)) return false;
  // A part has told of the names that it repeats itself.
  const names = parts.flatMap((part) => [...new Set(part.names)]);
  return new Set(names).size === names.length;
}
