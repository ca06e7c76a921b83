import { didYouMean } from '../diagnostics/suggest';
import type { Unread, YamlDocument } from '../yaml/yaml';
import { isMap, setOwn } from '../values/map';
import { FileBudget } from './budget';
import { checkChains } from './chains';
import { planOf } from './expr';
import { MAX_FILTERED_TESTS, MAX_FILTERS } from './limits';
import type { CorrelationRule, DetectionRule, Filter, LogSource, Rule } from './model';
import { type Reporter } from './reporter';

/** Names for which a like one is looked for: each costs a look at every rule. */
const MAX_SUGGESTIONS = 1000;

/** One document as it was read; `rule` or `filter` is null after an error. */
export interface ReadDocument {
  document: YamlDocument;
  reporter: Reporter;
  rule?: Rule | null;
  filter?: Filter | null;
}

/**
 * Makes the documents one whole: finds repeated ids and names, replaces written references by ids, applies filters, and
 * leaves out every correlation that refers to a rule in error, to itself or in a circle.
 */
export function resolve(
  documents: readonly ReadDocument[],
  unread: readonly Unread[] = [],
): { rules: Rule[]; filters: Filter[]; parts: Set<string> } {
  const index = new Index(documents, unread);
  const filters: Filter[] = [];
  const budget = new FileBudget(MAX_FILTERED_TESTS);
  for (const { filter, reporter } of documents) {
    if (!filter) continue;
    applyFilter(filter, index, budget, reporter);
    if (!reporter.failed) filters.push(filter);
  }
  const correlations = new Map<CorrelationRule, Reporter>();
  for (const { rule, reporter } of documents) {
    if (rule?.kind !== 'correlation') continue;
    correlations.set(rule, reporter);
    resolveReferences(rule, index, reporter);
  }
  checkChains(correlations);
  const rules = documents.flatMap(({ rule, reporter }) => (rule && !reporter.failed ? [rule] : []));
  return { rules, filters, parts: partsOf(documents, unread, index) };
}

/** Ids of the rules that are there for a correlation, be it one in error or one that could not even be read. */
function partsOf(documents: readonly ReadDocument[], unread: readonly Unread[], index: Index): Set<string> {
  const words = unread.flatMap((each) => each.words);
  return new Set([
    ...documents.flatMap(({ document }) => partsIn(document.value, index)),
    ...words.flatMap((word) => index.get(word)?.rule?.id ?? []),
  ]);
}

/** Those of a correlation that does not alert for them, as it is written. */
function partsIn(value: unknown, index: Index): string[] {
  const section = isMap(value) ? value['correlation'] : undefined;
  if (!isMap(value) || !isMap(section) || value['generate'] === true || section['generate'] === true) return [];
  return [section['rules']]
    .flat()
    .flatMap((name) => (typeof name === 'string' ? (index.get(name)?.rule?.id ?? []) : []));
}

/** Written id or name → the document that has it. */
class Index extends Map<string, ReadDocument> {
  private suggestions = 0;
  private readonly unread = new Map<string, string>();

  constructor(documents: readonly ReadDocument[], unread: readonly Unread[]) {
    super();
    for (const { file, names } of unread) for (const name of names) this.unread.set(name, file);
    indexReferences(documents, this);
  }

  /** The file in which a name stands that could not be read. */
  fileOfUnread(name: string): string | undefined {
    return this.unread.get(name);
  }

  /** What may be meant by a name that is not there: a rule without an error, which fits. */
  suggest(name: string, fits: (rule: Rule) => boolean): string {
    if (this.suggestions++ >= MAX_SUGGESTIONS) return 'give the id or name of a rule';
    const usable = [...this].filter(([, { rule, reporter }]) => rule && !reporter.failed && fits(rule));
    return didYouMean(
      name,
      usable.map(([known]) => known),
    );
  }
}

function indexReferences(documents: readonly ReadDocument[], index: Index): void {
  for (const read of documents) {
    const { value } = read.document;
    if (!isMap(value)) continue;
    for (const key of ['id', 'name']) {
      const reference = value[key];
      if (typeof reference !== 'string' || reference === '') continue;
      const other = index.get(reference);
      if (other !== undefined && other !== read) {
        const { line } = other.document.position([key], 'value');
        read.reporter.error(
          'duplicate-id',
          [key],
          `'${reference.slice(0, 60)}' is taken by ${other.document.file}:${line}`,
          `give this document its own ${key}`,
        );
      } else {
        index.set(reference, read);
      }
    }
  }
}

function applyFilter(filter: Filter, index: Index, budget: FileBudget, reporter: Reporter): void {
  const targets = new Set<DetectionRule>();
  for (const [position, reference] of filter.rules.entries()) {
    const path = ['filter', 'rules', position];
    const fits = (rule: Rule) => rule.kind === 'detection' && covers(filter.logsource, rule.logsource);
    const target = lookUp(reference, index, path, reporter, fits);
    if (target === null) continue;
    if (target.kind === 'correlation') {
      reporter.error(
        'invalid-filter',
        path,
        `'${reference}' is a correlation`,
        'name the detection rules that it refers to',
      );
    } else if (!covers(filter.logsource, target.logsource)) {
      reporter.error(
        'invalid-filter',
        path,
        `'${reference}' has another log source than this filter`,
        "write the rule's log source, or leave parts of it out",
      );
    } else if (targets.has(target)) {
      reporter.error('invalid-filter', path, `'${reference}' is a rule that stands here already`, 'remove one');
    } else {
      targets.add(target);
    }
  }
  if (reporter.failed) return;
  for (const rule of targets) {
    const room = (rule.filters?.length ?? 0) < MAX_FILTERS;
    const plan = room ? planOf({ op: 'and', all: [rule.plan.expr, filter.plan.expr] }, budget) : null;
    if (plan === null)
      reporter.error(
        'too-large',
        ['filter'],
        `with this filter '${rule.title}' has too many tests or filters`,
        'write fewer filters, or apply them to fewer rules',
      );
    else Object.assign(rule, { plan, filters: [...(rule.filters ?? []), filter.id] });
  }
  filter.rules = [...targets].map(({ id }) => id);
}

/** Whether a filter's log source is the rule's, or is broader. */
function covers(filter: LogSource, rule: LogSource): boolean {
  return (['category', 'product', 'service'] as const).every(
    (key) => filter[key] === undefined || filter[key] === rule[key],
  );
}

function resolveReferences(rule: CorrelationRule, index: Index, reporter: Reporter): void {
  const idOf = new Map<string, string>();
  const ids = new Set<string>();
  for (const [position, reference] of rule.rules.entries()) {
    const path = ['correlation', 'rules', position];
    const target = lookUp(reference, index, path, reporter, (other) => other !== rule);
    if (target === null) continue;
    if (ids.has(target.id)) {
      reporter.error('invalid-correlation', path, `'${reference}' is a rule that stands here already`, 'remove one');
    }
    idOf.set(reference, target.id);
    ids.add(target.id);
  }
  for (const [alias, fields] of Object.entries(rule.aliases)) {
    const resolved: Record<string, string> = {};
    for (const [reference, field] of Object.entries(fields)) {
      const id = idOf.get(reference) ?? index.get(reference)?.rule?.id;
      if (id !== undefined && ids.has(id)) setOwn(resolved, id, field);
      else if (!reporter.failed) {
        reporter.error(
          'unknown-rule',
          ['correlation', 'aliases', alias, reference],
          `the correlation does not refer to '${reference}'`,
          () => didYouMean(reference, idOf.keys()),
          'key',
        );
      }
    }
    const missing = [...idOf].find(([, id]) => !Object.hasOwn(resolved, id));
    if (missing && !reporter.failed) {
      reporter.error(
        'invalid-correlation',
        ['correlation', 'aliases', alias],
        `the alias '${alias}' has no field for '${missing[0]}'`,
        'add it',
        'key',
      );
    }
    setOwn(rule.aliases, alias, resolved);
  }
  rule.rules = [...idOf.values()];
}

function lookUp(
  reference: string,
  index: Index,
  path: (string | number)[],
  reporter: Reporter,
  fits: (rule: Rule) => boolean,
): Rule | null {
  const read = index.get(reference);
  if (read?.rule) {
    if (!read.reporter.failed || read.rule.kind === 'correlation') return read.rule;
  }
  if (read?.filter !== undefined) {
    reporter.error('unknown-rule', path, `'${reference}' is a filter`, 'name a rule');
  } else if (read || index.fileOfUnread(reference) !== undefined) {
    const file = read?.document.file ?? index.fileOfUnread(reference)!;
    reporter.error('broken-reference', path, `the rule '${reference}' has an error`, `correct ${file} first`);
  } else {
    reporter.error('unknown-rule', path, `there is no rule '${reference.slice(0, 60)}'`, () =>
      index.suggest(reference, fits),
    );
  }
  return null;
}
