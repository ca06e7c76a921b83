import { isMap } from '../values/map';
import type { YamlDocument } from '../yaml/yaml';
import { Reporter } from '../rules/reporter';
import { readSelections } from '../rules/rule';
import type { Placeholders } from '../rules/transform';
import type { Namer } from './explain';

/** A document whose selections a plan is made of: a rule or query under `detection`, or a filter, whose names get a `prefix`. */
export interface NamingDocument {
  document: YamlDocument;
  prefix?: string;
}

/**
 * Says which selection of some documents a part of a plan is. A plan has no names: a part is a selection where it is the same expression
 * as the selection becomes by itself, and so means the same. Of two equal selections the first is named.
 */
export function selectionNamer(documents: readonly NamingDocument[], placeholders: Placeholders = {}): Namer {
  const known = new Map<string, ReturnType<Namer>>();
  for (const { document, prefix = '' } of documents) {
    const { value } = document;
    for (const [key, others] of [
      ['detection', []],
      ['filter', ['rules']],
    ] as const) {
      const section = isMap(value) ? value[key] : undefined;
      if (!isMap(section)) continue;
      const selections = readSelections(section, [key], others, placeholders, new Reporter(document));
      for (const [name, expr] of selections) {
        const text = JSON.stringify(expr);
        if (expr === null || known.has(text)) continue;
        known.set(text, { name: prefix + name, line: document.position([key, name], 'key').line });
      }
    }
  }
  return (expr) => known.get(JSON.stringify(expr)) ?? null;
}
