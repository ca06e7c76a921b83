import { didYouMean } from '../content/suggest';
import type { YamlDocument } from '../content/yaml';
import { planOf } from './expr';
import type { CorrelationRule, DetectionRule, Filter, LogSource, Rule } from './model';
import { isMap, type Reporter } from './reporter';

/** One document as it was read; `rule` or `filter` is null after an error. */
export interface Read {
  document: YamlDocument;
  reporter: Reporter;
  rule?: Rule | null;
  filter?: Filter | null;
}

/**
 * Makes the documents one whole: finds repeated ids and names, replaces written references by ids, applies filters, and
 * leaves out every correlation that refers to a rule in error, to itself or in a circle.
 */
export function resolve(documents: readonly Read[]): { rules: Rule[]; filters: Filter[] } {
  const index = indexReferences(documents);
  const filters: Filter[] = [];
  for (const { filter, reporter } of documents) {
    if (!filter) continue;
    applyFilter(filter, index, reporter);
    if (!reporter.failed) filters.push(filter);
  }
  const correlations = new Map<CorrelationRule, Reporter>();
  for (const { rule, reporter } of documents) {
    if (rule?.kind !== 'correlation') continue;
    correlations.set(rule, reporter);
    resolveReferences(rule, index, reporter);
  }
  reportCircles(correlations);
  leaveOutDependents(correlations);
  const rules = documents.flatMap(({ rule, reporter }) => (rule && !reporter.failed ? [rule] : []));
  return { rules, filters };
}

/** Written id or name → the document that has it. */
function indexReferences(documents: readonly Read[]): Map<string, Read> {
  const index = new Map<string, Read>();
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
  return index;
}

function applyFilter(filter: Filter, index: Map<string, Read>, reporter: Reporter): void {
  const targets: DetectionRule[] = [];
  for (const [position, reference] of filter.rules.entries()) {
    const path = ['filter', 'rules', position];
    const target = lookUp(reference, index, path, reporter);
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
    } else {
      targets.push(target);
    }
  }
  if (reporter.failed) return;
  for (const rule of targets) {
    const plan = planOf({ op: 'and', all: [rule.plan.expr, filter.plan.expr] });
    if (plan === null)
      reporter.error(
        'too-large',
        ['filter'],
        `with this filter '${rule.title}' has too many tests`,
        'split the filter',
      );
    else Object.assign(rule, { plan, filters: [...(rule.filters ?? []), filter.id] });
  }
  filter.rules = targets.map(({ id }) => id);
}

/** Whether a filter's log source is the rule's, or is broader. */
function covers(filter: LogSource, rule: LogSource): boolean {
  return (['category', 'product', 'service'] as const).every(
    (key) => filter[key] === undefined || filter[key] === rule[key],
  );
}

function resolveReferences(rule: CorrelationRule, index: Map<string, Read>, reporter: Reporter): void {
  const idOf = new Map<string, string>();
  for (const [position, reference] of rule.rules.entries()) {
    const path = ['correlation', 'rules', position];
    const target = lookUp(reference, index, path, reporter);
    if (target === null) continue;
    if ([...idOf.values()].includes(target.id)) {
      reporter.error('invalid-correlation', path, `'${reference}' is a rule that stands here already`, 'remove one');
    }
    idOf.set(reference, target.id);
  }
  for (const [alias, fields] of Object.entries(rule.aliases)) {
    const resolved: Record<string, string> = {};
    for (const [reference, field] of Object.entries(fields)) {
      const id = idOf.get(reference) ?? index.get(reference)?.rule?.id;
      if (id !== undefined && [...idOf.values()].includes(id)) resolved[id] = field;
      else if (!reporter.failed) {
        reporter.error(
          'unknown-rule',
          ['correlation', 'aliases', alias, reference],
          `the correlation does not refer to '${reference}'`,
          didYouMean(reference, idOf.keys()),
          'key',
        );
      }
    }
    const missing = [...idOf].find(([, id]) => resolved[id] === undefined);
    if (missing && !reporter.failed) {
      reporter.error(
        'invalid-correlation',
        ['correlation', 'aliases', alias],
        `the alias '${alias}' has no field for '${missing[0]}'`,
        'add it',
        'key',
      );
    }
    rule.aliases[alias] = resolved;
  }
  rule.rules = [...idOf.values()];
}

function lookUp(
  reference: string,
  index: Map<string, Read>,
  path: (string | number)[],
  reporter: Reporter,
): Rule | null {
  const read = index.get(reference);
  if (read?.rule) {
    if (!read.reporter.failed || read.rule.kind === 'correlation') return read.rule;
  }
  if (read?.filter !== undefined) {
    reporter.error('unknown-rule', path, `'${reference}' is a filter`, 'name a rule');
  } else if (read) {
    reporter.error(
      'broken-reference',
      path,
      `the rule '${reference}' has an error`,
      `correct ${read.document.file} first`,
    );
  } else {
    reporter.error(
      'unknown-rule',
      path,
      `there is no rule '${reference.slice(0, 60)}'`,
      didYouMean(reference, index.keys()),
    );
  }
  return null;
}

/** Reports each correlation that can be reached from itself. */
function reportCircles(correlations: Map<CorrelationRule, Reporter>): void {
  const byId = new Map([...correlations.keys()].map((rule) => [rule.id, rule]));
  for (const [rule, reporter] of correlations) {
    const seen = new Set<string>();
    const pending = [...rule.rules];
    while (pending.length > 0) {
      const id = pending.pop()!;
      if (seen.has(id)) continue;
      seen.add(id);
      pending.push(...(byId.get(id)?.rules ?? []));
    }
    if (seen.has(rule.id)) {
      reporter.error(
        'circular-correlation',
        ['correlation', 'rules'],
        'the correlation refers to itself, directly or through others',
        'break the circle',
      );
    }
  }
}

/** Reports correlations on correlations that are in error, until there are no more. */
function leaveOutDependents(correlations: Map<CorrelationRule, Reporter>): void {
  const byId = new Map([...correlations].map(([rule, reporter]) => [rule.id, { rule, reporter }]));
  for (let changed = true; changed;) {
    changed = false;
    for (const [rule, reporter] of correlations) {
      if (reporter.failed) continue;
      const broken = rule.rules.map((id) => byId.get(id)).find((target) => target?.reporter.failed);
      if (!broken) continue;
      changed = true;
      reporter.error(
        'broken-reference',
        ['correlation', 'rules'],
        `the rule '${broken.rule.title}' has an error`,
        'correct it first',
      );
    }
  }
}
