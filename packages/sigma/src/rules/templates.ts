import type { Diagnostic } from '../diagnostics/diagnostic';
import { isMap } from '../values/map';
import type { YamlDocument } from '../yaml/yaml';
import { Reporter } from './reporter';
import { placeholdersIn, type Placeholders } from './transform';

/** A filter that a site has not filled: of some of its placeholders there are no values. */
export interface Template {
  document: YamlDocument;
  missing: string[];
}

/**
 * Sets the filters apart whose placeholders have no values, and leaves everything else as it is: such a filter is a template, and must not change
 * a rule. A rule whose placeholders have no values stays among the documents, since it is an error.
 */
export function withoutTemplates(
  documents: readonly YamlDocument[],
  placeholders: Placeholders,
): { documents: YamlDocument[]; templates: Template[] } {
  const templates: Template[] = [];
  const kept = documents.filter((document) => {
    const names = isMap(document.value) ? placeholdersOf(document.value['filter']) : [];
    const missing = names.filter((name) => !Object.hasOwn(placeholders, name) || placeholders[name]!.length === 0);
    if (missing.length > 0) templates.push({ document, missing: [...new Set(missing)] });
    return missing.length === 0;
  });
  return { documents: kept, templates };
}

/** Names of the placeholders under `expand`, anywhere in the selections of a filter. */
export function placeholdersOf(section: unknown): string[] {
  if (Array.isArray(section)) return section.flatMap(placeholdersOf);
  if (!isMap(section)) return [];
  return Object.entries(section).flatMap(([key, value]) => {
    if (!key.split('|').includes('expand')) return placeholdersOf(value);
    return [value].flat().flatMap((text) => (typeof text === 'string' ? placeholdersIn(text) : []));
  });
}

/** What is to be told of templates: which filters are not applied, and which values they lack. */
export function templateWarnings(templates: readonly Template[]): Diagnostic[] {
  return templates.flatMap(({ document, missing }) => {
    const reporter = new Reporter(document);
    const names = missing.map((name) => `%${name}%`).join(', ');
    const message = `this filter is not applied: ${names} ${missing.length === 1 ? 'has' : 'have'} no values`;
    reporter.warning('unfilled-filter', ['filter'], message, 'give them in the file of --placeholders', 'key');
    return reporter.diagnostics;
  });
}
