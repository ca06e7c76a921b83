import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import type { CorrelationRule, Rule } from '@tollgate/sigma/rules/model';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import type { Contract } from '../../telemetry/contract';
import { contractFor, logsourceText } from '../../telemetry/logsource';
import { documentOf, mapAt, type Check, type Content } from './content';
import { getOwn, isMap } from '@tollgate/sigma/values/map';
import { detectionItems } from './detection-items';
import { checkItem, knownField } from './field-use';

export const fieldsCheck: Check = {
  name: 'fields',
  what: "A rule reads one documented log source, and only that source's fields, in a way that fits their types.",
  run: (content) => [
    ...content.rules.flatMap((document) => detectionFields(document, content.contracts)),
    ...content.sigma.flatMap((rule) => (rule.kind === 'correlation' ? correlationFields(rule, content) : [])),
  ],
};

function detectionFields(document: YamlDocument, contracts: Content['contracts']) {
  const value = document.value;
  if (!isMap(value) || !isMap(value['logsource'])) return [];
  const reporter = new Reporter(document);
  const logsource = value['logsource'] as Contract['logsource'];
  const contract = contractFor(logsource, contracts.values());
  if (!contract) {
    const known = [...contracts.values()].map((one) => `{${logsourceText(one.logsource)}}`).sort();
    const message = `no telemetry contract describes the log source {${logsourceText(logsource)}}`;
    reporter.error('no-contract', ['logsource'], message, `there are ${known.join(', ') || 'none'}`, 'key');
    return reporter.diagnostics;
  }
  for (const section of ['detection', 'filter']) {
    for (const item of detectionItems(value[section], section)) checkItem(item, contract, reporter);
  }
  return reporter.diagnostics;
}

function correlationFields(rule: CorrelationRule, content: Content) {
  const document = documentOf(content, rule);
  const reporter = new Reporter(document);
  const counted = mapAt(mapAt(document.value, 'correlation'), 'condition')['field'];
  const read = [
    ...groupFields(rule, content),
    ...(rule.condition.field ?? []).flatMap((name, index) =>
      inputFields(name, listPath(counted, ['correlation', 'condition', 'field'], index), rule, content),
    ),
  ];
  for (const { field, input, path } of read) checkInputField(field, input, content, path, reporter);
  return reporter.diagnostics;
}

/** A field that a correlation reads of a rule that it refers to, and where it is named. */
export interface InputField {
  input: Rule;
  field: string;
  path: (string | number)[];
}

/** The fields by which a correlation groups what each of its rules finds. */
export function groupFields(rule: CorrelationRule, content: Content): InputField[] {
  const written = mapAt(documentOf(content, rule).value, 'correlation')['group-by'];
  return rule.groupBy.flatMap((name, index) =>
    inputFields(name, listPath(written, ['correlation', 'group-by'], index), rule, content),
  );
}

/** Where a correlation's field is read: in each rule that it refers to, under the name that its alias gives. */
function inputFields(name: string, path: (string | number)[], rule: CorrelationRule, content: Content): InputField[] {
  const alias = getOwn(rule.aliases, name);
  const section = mapAt(documentOf(content, rule).value, 'correlation');
  return rule.rules.flatMap((id): InputField[] => {
    const input = content.sigma.find((other) => other.id === id);
    const field = alias ? getOwn(alias, id) : name;
    if (input === undefined || field === undefined) return [];
    return [{ input, field, path: alias ? aliasPath(section, name, field) : path }];
  });
}

/** A correlation's alert has its group and nothing else; a detection's match has every field of its source. */
function checkInputField(
  field: string,
  input: Rule,
  content: Content,
  path: (string | number)[],
  reporter: Reporter,
): void {
  if (input.kind === 'correlation') {
    if (input.groupBy.includes(field)) return;
    const message = `'${field}' is not a group field of the correlation '${input.title}' that this one refers to`;
    reporter.error('unknown-field', path, message, `its groups are ${input.groupBy.join(', ') || 'none'}`);
    return;
  }
  const contract = contractFor(input.logsource, content.contracts.values());
  if (contract) knownField(field, contract, path, reporter, 'value');
}

function listPath(written: unknown, path: string[], index: number): (string | number)[] {
  return Array.isArray(written) ? [...path, index] : path;
}

/** An alias is keyed by the rule as it was written, its name or its id: the field's value tells which entry it is. */
function aliasPath(section: Record<string, unknown>, alias: string, field: string): string[] {
  const entries = mapAt(mapAt(section, 'aliases'), alias);
  const rule = Object.keys(entries).find((key) => entries[key] === field);
  return ['correlation', 'aliases', alias, ...(rule === undefined ? [] : [rule])];
}
