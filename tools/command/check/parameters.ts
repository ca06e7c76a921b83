import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { isMap } from '@tollgate/sigma/values/map';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { placeOf, TIMESPAN_UNITS, type NumberPlace } from '../../detection/parameters/place';
import { mapAt, type Check } from './content';

export const parametersCheck: Check = {
  name: 'parameters',
  what: "A rule's tunable parameter points at a number of its file, inside the range that it gives, and every number of a correlation is one.",
  run: ({ rules }) =>
    [...new Set(rules.map(({ file }) => file))].flatMap((file) => problemsIn(rules.filter((one) => one.file === file))),
};

/** What is wrong in a file, where one of its rules alerts on its own. */
function problemsIn(documents: YamlDocument[]): Diagnostic[] {
  const declared: NumberPlace[] = [];
  const problems = documents.flatMap((document) => {
    const reporter = new Reporter(document);
    for (const [name, parameter] of Object.entries(mapAt(mapAt(document.value, 'tollgate'), 'parameters'))) {
      const place = isMap(parameter) ? placed(name, parameter, document, documents, reporter) : null;
      if (place) declared.push(place);
    }
    return reporter.diagnostics;
  });
  if (!documents.some(({ value }) => isMap(value) && isMap(value['tollgate']))) return problems;
  return [...problems, ...documents.flatMap((document) => undeclared(document, declared))];
}

/** Where a parameter's number stands; what is wrong with it is reported. */
function placed(
  name: string,
  { at, rule, range, unit }: Record<string, unknown>,
  document: YamlDocument,
  rules: YamlDocument[],
  reporter: Reporter,
): NumberPlace | null {
  if (typeof at !== 'string' || !Array.isArray(range)) return null;
  const path = ['tollgate', 'parameters', name];
  const [low, high] = range as [unknown, unknown];
  if (typeof low !== 'number' || typeof high !== 'number') return null;
  const isEmpty = low >= high;
  if (isEmpty)
    reporter.error(
      'bad-range',
      [...path, 'range'],
      `range [${low}, ${high}] holds no values`,
      'write [lowest, highest]',
    );
  const place = placeOf({ at, ...(typeof rule === 'string' && { rule }) }, document, rules);
  if (!place) {
    const hint =
      'give the dotted path of a number or a timespan in this document, such as correlation.condition.gte, or name the rule of this file in which it stands';
    reporter.error('bad-parameter', [...path, 'at'], `'${at}' is not a number in this rule`, hint);
    return null;
  }
  const { value, suffix } = place;
  if (!isEmpty && (value < low || value > high))
    reporter.error(
      'bad-range',
      [...path, 'range'],
      `the rule's value ${value}${suffix} is outside [${low}, ${high}]`,
      'widen the range, or correct the value',
    );
  const word = TIMESPAN_UNITS[suffix];
  if (word !== undefined && unit !== undefined && unit !== word)
    reporter.error('bad-unit', [...path, 'unit'], `the range of ${value}${suffix} is in ${word}`, `write ${word}`);
  return place;
}

const BOUNDS = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'];

/** The numbers of a correlation that no parameter points at: a site could not change them by name. */
function undeclared(document: YamlDocument, declared: NumberPlace[]): Diagnostic[] {
  const reporter = new Reporter(document);
  const correlation = mapAt(document.value, 'correlation');
  const numbers = [
    ...Object.keys(correlation).filter((key) => key === 'timespan'),
    ...Object.keys(mapAt(correlation, 'condition')).flatMap((key) => (BOUNDS.includes(key) ? `condition.${key}` : [])),
  ].map((at) => `correlation.${at}`);
  for (const at of numbers)
    if (!declared.some((one) => one.document === document && one.path.join('.') === at))
      reporter.warning(
        'undeclared-number',
        at.split('.'),
        `no parameter points at ${at}`,
        'declare it under tollgate.parameters of the rule of this file, so that a site can change it',
      );
  return reporter.diagnostics;
}
