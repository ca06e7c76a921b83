import { byPosition, type Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { findYaml } from '../../foundation/content/find';
import { isMap } from '@tollgate/sigma/values/map';
import { loadYaml } from '../../foundation/content/load-yaml';
import { type YamlDocument, type YamlFile } from '@tollgate/sigma/yaml/yaml';
import type { DetectionRule, Rule } from '@tollgate/sigma/rules/model';
import { parseSigma } from '@tollgate/sigma/rules/parse';

import type { Placeholders } from '@tollgate/sigma/rules/transform';

/** One document of a file as it was read: its detection, or why there is none. */
export interface ReadRule {
  /** The rule's `id`, or its `name`, or `<file>#<document>`; `null` for a file that holds malformed YAML. */
  id: string | null;
  title: string | null;
  path: string;
  rule: DetectionRule | null;
  /** `file:line:column: message` of everything that is wrong, a line each; empty where `rule` is there. */
  error: string;
}

const NO_QUERY = 'a correlation is evaluated over the matches of its rules, not by one query';

/**
 * Reads the Sigma rules of files and folders, in the order of the files. Nothing stops at a rule in error: it is listed
 * with all its errors. Filters are applied to their rules and listed only where they are wrong. Throws a `Failure` (2) where
 * a path matches nothing.
 */
export function readRules(paths: string[], placeholders: Placeholders = {}): ReadRule[] {
  return rulesOf(readDocuments(findYaml(paths)), placeholders);
}

/** The YAML of a file. */
export interface ReadFile extends YamlFile {
  path: string;
}

/** Reads and parses files, in their order. */
export function readDocuments(paths: readonly string[]): ReadFile[] {
  return paths.map((path) => ({ path, ...loadYaml(path) }));
}

/** As `readRules`, of files that have been read. */
export function rulesOf(files: readonly ReadFile[], placeholders: Placeholders): ReadRule[] {
  const documents = files.flatMap((file) => file.documents);
  const { rules, filters, diagnostics } = parseSigma(documents, {
    placeholders,
    unread: files.flatMap(({ unread }) => unread),
  });
  const byPlace = new Map<string, Rule>(rules.map((rule) => [placeOf(rule.file, rule.document), rule]));
  const good = new Set(filters.map(({ file, document }) => placeOf(file, document)));
  const wrong = new Map<string, Diagnostic[]>();
  for (const each of diagnostics) {
    if (each.severity === 'error') wrong.set(each.file, [...(wrong.get(each.file) ?? []), each]);
  }
  return files.flatMap(({ path, documents: own, diagnostics: malformed }) => {
    // A repeated key leaves its document readable, so it is told with the rule; what is malformed has no rule.
    const repeated = malformed.filter(({ code }) => code === 'duplicate-key');
    const errors = [...(wrong.get(path) ?? []), ...repeated].sort(byPosition);
    const unread = malformed.filter((each) => !repeated.includes(each));
    const broken = unread.length > 0 ? [{ id: null, title: null, path, rule: null, error: told(unread) }] : [];
    const read = own.flatMap((document, at): ReadRule[] => {
      const place = placeOf(document.file, document.index);
      if (document.value === null || good.has(place)) return [];
      return [entryOf(document, byPlace.get(place), about(errors, document, own[at + 1]), path)];
    });
    return [...read, ...broken];
  });
}

/** Those of a file's errors that stand in a document; `next` is the one after it. */
function about(errors: Diagnostic[], document: YamlDocument, next: YamlDocument | undefined): Diagnostic[] {
  if (errors.length === 0) return errors;
  const from = document.position([]).line;
  const to = next?.position([]).line ?? Infinity;
  return errors.filter(({ line }) => line >= from && line < to);
}

function entryOf(document: YamlDocument, rule: Rule | undefined, errors: Diagnostic[], path: string): ReadRule {
  const { value } = document;
  const text = (key: string): string | null => {
    const found = isMap(value) ? value[key] : undefined;
    return typeof found === 'string' && found !== '' ? found : null;
  };
  const id = text('id') ?? text('name') ?? placeOf(path, document.index);
  const base = { id, title: text('title'), path };
  if (rule?.kind === 'detection' && errors.length === 0) return { ...base, rule, error: '' };
  if (rule?.kind !== 'correlation' || errors.length > 0) return { ...base, rule: null, error: told(errors) };
  const { line, column } = document.position(['correlation'], 'key');
  return { ...base, rule: null, error: `${path}:${line}:${column}: ${NO_QUERY}` };
}

function placeOf(file: string, document: number): string {
  return `${file}#${document}`;
}

function told(errors: Diagnostic[]): string {
  return errors.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`).join('\n');
}
