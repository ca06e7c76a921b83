import type { Diagnostic } from '../diagnostics/diagnostic';
import { isMap } from '../values/map';
import type { Unread, YamlDocument } from '../yaml/yaml';
import { FileBudget } from './budget';
import { readCorrelation } from './correlation';
import { readFilter } from './filter';
import type { Filter, Rule } from './model';
import { Reporter } from './reporter';
import { resolve, type ReadDocument } from './resolve';
import { readRule } from './rule';
import type { Placeholders } from './transform';

export interface Sigma {
  /** Rules without an error, in the order of the documents; filters have been applied to them. */
  rules: Rule[];
  filters: Filter[];
  /** Ids of the rules that are there for a correlation, be it one in error: they do not alert by themselves. */
  parts: ReadonlySet<string>;
  diagnostics: Diagnostic[];
}

export interface SigmaOptions {
  /** Values for `%name%` under the modifier `expand`. A placeholder without values is an error. */
  placeholders?: Placeholders;
  /** What is known of documents that could not be read. */
  unread?: readonly Unread[];
}

/**
 * Parses Sigma documents: detection rules, correlations and filters of all files at once, since they refer to one another.
 * Never throws for bad content: a rule with an error is left out, and every error of every document is a diagnostic.
 */
export function parseSigma(documents: readonly YamlDocument[], options: SigmaOptions = {}): Sigma {
  const placeholders = options.placeholders ?? {};
  const read: ReadDocument[] = [];
  const budgets = new Map<string, FileBudget>();
  for (const document of documents) {
    if (document.value === null) continue;
    const budget = budgets.get(document.file) ?? new FileBudget();
    budgets.set(document.file, budget);
    const reporter = new Reporter(document, budget);
    read.push({ document, reporter, ...readDocument(document, placeholders, reporter) });
  }
  const { rules, filters, parts } = resolve(read, options.unread);
  return { rules, filters, parts, diagnostics: read.flatMap(({ reporter }) => reporter.diagnostics) };
}

function readDocument(
  document: YamlDocument,
  placeholders: Placeholders,
  reporter: Reporter,
): Pick<ReadDocument, 'rule' | 'filter'> {
  const { value } = document;
  if (!isMap(value)) {
    reporter.error('not-sigma', [], 'a Sigma document is a map', 'begin it with `title:`');
    return {};
  }
  if (value['action'] !== undefined) {
    const hint = 'write each rule in full, or a correlation or filter document';
    reporter.error('unsupported-action', ['action'], 'rule collections with `action` are obsolete', hint, 'key');
    return {};
  }
  const sections = ['detection', 'correlation', 'filter'].filter((key) => value[key] !== undefined);
  if (sections.length !== 1) {
    const found = sections.length === 0 ? 'has none' : `has ${sections.join(' and ')}`;
    reporter.error(
      'not-sigma',
      sections[1] === undefined ? [] : [sections[1]],
      `a Sigma document has one of detection, correlation and filter; this one ${found}`,
      'keep one of the three in each document',
      'key',
    );
    return {};
  }
  if (sections[0] === 'correlation') return { rule: readCorrelation(document, reporter) };
  if (sections[0] === 'filter') return { filter: readFilter(document, placeholders, reporter) };
  return { rule: readRule(document, placeholders, reporter) };
}
