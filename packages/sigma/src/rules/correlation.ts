import { didYouMean } from '../diagnostics/suggest';
import type { YamlDocument } from '../yaml/yaml';
import { isMap, setOwn } from '../values/map';
import { readAttributes } from './attributes';
import { countsOf, metByCount, satisfiable } from './bounds';
import { parseCondition } from './condition';
import { fieldProblem } from './field';
import { MAX_NAMES, MAX_TIMESPAN_MS } from './limits';
import type { CorrelationCondition, CorrelationRule, CorrelationType } from './model';
import { type Reporter } from './reporter';
import { parseTimespan, timespanHint } from './timespan';

const TYPES: readonly CorrelationType[] = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
];
const OPERATORS = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const;
const KEYS = ['type', 'rules', 'group-by', 'timespan', 'condition', 'aliases', 'generate'];

/**
 * Reads a correlation document. Its `rules` and `aliases` are still the written ids or names; `resolve.ts` replaces them.
 * Returns `null` after an error.
 */
export function readCorrelation(document: YamlDocument, reporter: Reporter): CorrelationRule | null {
  const base = readAttributes(document, reporter);
  const section = (document.value as Record<string, unknown>)['correlation'];
  if (!isMap(section)) {
    reporter.error(
      'invalid-correlation',
      ['correlation'],
      "'correlation' must be a map",
      'give it type, rules, timespan and condition',
    );
    return null;
  }
  for (const key of Object.keys(section)) {
    if (KEYS.includes(key)) continue;
    reporter.error('unknown-key', ['correlation', key], `a correlation has no '${key}'`, didYouMean(key, KEYS), 'key');
  }
  const written = section['type'];
  const type = TYPES.find((each) => each === written);
  if (type === undefined) {
    const hint = typeof written === 'string' ? didYouMean(written, TYPES) : `types are ${TYPES.join(', ')}`;
    reporter.error('unknown-correlation-type', ['correlation', 'type'], 'there is no such type of correlation', hint);
    return null;
  }
  const rules = readNames(section['rules'], 'rules', reporter);
  if (rules.length === 0)
    reporter.error(
      'invalid-correlation',
      ['correlation', 'rules'],
      'the correlation refers to no rule',
      'list ids or names of rules',
    );
  const timespan = section['timespan'];
  const timespanMs = typeof timespan === 'string' ? parseTimespan(timespan) : null;
  if (timespanMs === null || timespanMs > MAX_TIMESPAN_MS) {
    reporter.error(
      'invalid-timespan',
      ['correlation', 'timespan'],
      timespanMs === null
        ? 'the timespan must be a number and s, m, h, d or w'
        : 'the timespan is longer than ten years',
      timespanHint(typeof timespan === 'string' ? timespan : '', MAX_TIMESPAN_MS),
    );
  }
  const generate = readGenerate(document.value as Record<string, unknown>, section, reporter);
  const condition = readCondition(section['condition'], type, rules, reporter);
  const groupBy = section['group-by'] == null ? [] : readNames(section['group-by'], 'group-by', reporter);
  const aliases = readAliases(section['aliases'], reporter);
  if (reporter.failed || timespanMs === null || condition === null) return null;
  return {
    ...base,
    kind: 'correlation',
    type,
    rules,
    groupBy,
    aliases,
    timespanMs,
    condition,
    generate,
  };
}

/** `generate` stands beside `correlation` in the specification; inside of it is where other tools look. */
function readGenerate(map: Record<string, unknown>, section: Record<string, unknown>, reporter: Reporter): boolean {
  for (const [holder, path] of [
    [map, ['generate']],
    [section, ['correlation', 'generate']],
  ] as const) {
    if (holder['generate'] === undefined || typeof holder['generate'] === 'boolean') continue;
    reporter.error('invalid-correlation', path, "'generate' is true or false", 'write true or false');
  }
  return map['generate'] === true || section['generate'] === true;
}

/** A list of names, or one name. */
function readNames(value: unknown, key: string, reporter: Reporter): string[] {
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  if (list.length > MAX_NAMES) {
    reporter.error('too-large', ['correlation', key], `more than ${MAX_NAMES} names`, 'split the correlation');
  }
  const names = new Set<string>();
  for (const [index, name] of list.slice(0, MAX_NAMES).entries()) {
    const path = Array.isArray(value) ? ['correlation', key, index] : ['correlation', key];
    if (typeof name !== 'string' || name === '') {
      reporter.error('invalid-correlation', path, `'${key}' must be a list of names`, 'put the name in quotes');
    } else if (key === 'group-by' && fieldProblem(name) !== null) {
      reporter.error('too-large', path, fieldProblem(name)!, 'shorten it');
    } else if (names.has(name)) {
      reporter.error('invalid-correlation', path, `'${name.slice(0, 60)}' stands twice in '${key}'`, 'remove one');
    } else {
      names.add(name);
    }
  }
  return [...names];
}

function readCondition(
  value: unknown,
  type: CorrelationType,
  rules: string[],
  reporter: Reporter,
): CorrelationCondition | null {
  const path = ['correlation', 'condition'];
  const temporal = type === 'temporal' || type === 'temporal_ordered';
  if (value === undefined && temporal) return { gte: rules.length };
  if (typeof value === 'string' && temporal) return readExpression(value, type, rules, reporter);
  if (!isMap(value)) {
    reporter.error(
      'invalid-correlation',
      path,
      `a correlation of type ${type} needs a condition`,
      'for example `condition: {gte: 10}`',
    );
    return null;
  }
  const condition: CorrelationCondition = {};
  for (const [key, item] of Object.entries(value)) readCriterion(key, item, condition, type, reporter);
  if (!OPERATORS.some((operator) => value[operator] !== undefined)) {
    if (temporal) condition.gte = rules.length;
    else
      reporter.error(
        'invalid-correlation',
        path,
        'the condition compares with nothing',
        `add one of ${OPERATORS.join(', ')}`,
      );
  }
  if (type.startsWith('value_') && value['field'] === undefined) {
    reporter.error(
      'invalid-correlation',
      path,
      `a correlation of type ${type} needs a field`,
      'add `field:` to the condition',
    );
  }
  if (type === 'value_percentile' && value['percentile'] === undefined) {
    reporter.error(
      'unsupported-percentile',
      path,
      'the condition does not say which percentile',
      'add `percentile: 95`, a number from 0 to 100',
    );
  }
  if (!satisfiable(condition)) {
    reporter.error('impossible-condition', path, 'no value satisfies this condition', 'correct its bounds');
    return condition;
  }
  const counts = countsOf(type, rules.length);
  if (counts !== null && rules.length > 0 && !metByCount(condition, counts)) {
    const range = counts.most === Infinity ? `at least ${counts.least}` : `${counts.least} to ${counts.most}`;
    const message = `the correlation can never alert: when an event comes, its count is a whole number, ${range}`;
    reporter.warning('never-alerts', path, message, 'correct its bounds: a silence is not evaluated');
  }
  return condition;
}

/** A boolean expression over the rules, such as `a and b and not c`. */
function readExpression(
  text: string,
  type: CorrelationType,
  rules: string[],
  reporter: Reporter,
): CorrelationCondition | null {
  const path = ['correlation', 'condition'];
  if (type === 'temporal_ordered') {
    const hint = 'use the type temporal, or give a count: `gte: 2`';
    reporter.error('unsupported-condition', path, 'an expression over rules says nothing about their order', hint);
    return null;
  }
  const named = new Map(rules.map((name, position) => [name, { op: 'test', test: position } as const]));
  const used = new Set<string>();
  const expression = parseCondition<number>(text, named, used, path, reporter);
  const unused = rules.find((name) => !used.has(name));
  if (expression !== null && unused !== undefined) {
    const message = `the condition does not use the rule '${unused}'`;
    reporter.error('invalid-correlation', path, message, 'use it, or remove it from `rules`');
  }
  return expression && { expression };
}

function readCriterion(
  key: string,
  value: unknown,
  condition: CorrelationCondition,
  type: CorrelationType,
  reporter: Reporter,
): void {
  const path = ['correlation', 'condition', key];
  const operator = OPERATORS.find((each) => each === key);
  if (operator !== undefined) {
    if (typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value))) condition[operator] = value;
    else reporter.error('invalid-correlation', path, `'${key}' takes a number`, 'write a number without quotes');
  } else if (key === 'field') {
    const fields = Array.isArray(value) ? (value as unknown[]) : [value];
    const names = fields.filter((field): field is string => typeof field === 'string' && field !== '');
    if (!type.startsWith('value_'))
      reporter.error(
        'invalid-correlation',
        path,
        `a correlation of type ${type} takes no field`,
        'remove it, or use value_count',
      );
    else if (names.length < fields.length || names.length === 0)
      reporter.error('invalid-correlation', path, "'field' must be a name or a list of names");
    else if (names.length > MAX_NAMES || names.some((name) => fieldProblem(name) !== null))
      reporter.error('too-large', path, `more than ${MAX_NAMES} fields, or one whose name is too long`, 'shorten it');
    else if (names.length > 1 && type !== 'value_count')
      reporter.error('invalid-correlation', path, `${type} takes one field`, 'keep one of them');
    else condition.field = names;
  } else if (key === 'percentile' && type === 'value_percentile') {
    if (typeof value === 'number' && value >= 0 && value <= 100) condition.percentile = value;
    else reporter.error('invalid-correlation', path, "'percentile' is a number from 0 to 100");
  } else {
    reporter.error(
      'unknown-key',
      path,
      `a condition has no '${key}'`,
      didYouMean(key, [
        ...OPERATORS,
        ...(type.startsWith('value_') ? ['field'] : []),
        ...(type === 'value_percentile' ? ['percentile'] : []),
      ]),
      'key',
    );
  }
}

function readAliases(value: unknown, reporter: Reporter): Record<string, Record<string, string>> {
  const aliases: Record<string, Record<string, string>> = {};
  if (value === undefined || value === null) return aliases;
  if (!isMap(value)) {
    reporter.error(
      'invalid-correlation',
      ['correlation', 'aliases'],
      "'aliases' must be a map",
      'write `alias: {rule: field}`',
    );
    return aliases;
  }
  const written = Object.entries(value);
  const fieldsOf = (fields: unknown) => (isMap(fields) ? Object.values(fields) : []);
  const tooLong = (field: unknown) => typeof field === 'string' && fieldProblem(field) !== null;
  if (written.length > MAX_NAMES || written.some(([, fields]) => fieldsOf(fields).some(tooLong))) {
    const message = `more than ${MAX_NAMES} aliases, or a field whose name is too long`;
    reporter.error('too-large', ['correlation', 'aliases'], message, 'shorten it');
    return aliases;
  }
  for (const [alias, fields] of written) {
    const entries = isMap(fields) ? Object.entries(fields) : [];
    const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '');
    if (entries.length === 0 || texts.length < entries.length) {
      reporter.error(
        'invalid-correlation',
        ['correlation', 'aliases', alias],
        'an alias is a map of rule to field',
        'write `alias: {rule: field}`',
      );
    }
    setOwn(aliases, alias, Object.fromEntries(texts));
  }
  return aliases;
}
