import { jsonOf } from '@tollgate/sigma/values/json';
import { textOf } from '@tollgate/sigma/values/scalar';
import { didYouMean, nearest } from '@tollgate/sigma/diagnostics/suggest';
import type { Path, Reporter } from '@tollgate/sigma/rules/reporter';
import { fieldsOf } from '../../telemetry/contract';
import type { Contract, Field, FieldType } from '../../telemetry/contract';
import { closedValues } from '../../telemetry/values';
import type { DetectionItem } from './detection-items';

/** Modifiers that compare, and the types of field on which they mean something. */
const NEEDS: { modifiers: string[]; types: FieldType[]; hint: string }[] = [
  { modifiers: ['lt', 'lte', 'gt', 'gte'], types: ['long', 'double'], hint: 'compare a numeric field' },
  { modifiers: ['cidr'], types: ['ip'], hint: 'use it on a field that holds an address' },
  {
    modifiers: ['minute', 'hour', 'day', 'week', 'month', 'year'],
    types: ['date'],
    hint: 'use it on a field that holds a time, such as @timestamp',
  },
  {
    modifiers: [
      ...['re', 'contains', 'startswith', 'endswith', 'windash', 'cased'],
      ...['base64', 'base64offset', 'wide', 'utf16', 'utf16le', 'utf16be'],
    ],
    types: ['keyword'],
    hint: 'use it on a text field; addresses have cidr, numbers have gt, gte, lt and lte',
  },
];

/** Looks a field up in a contract and reports it where it isn't there. */
export function knownField(
  name: string,
  contract: Contract,
  path: Path,
  reporter: Reporter,
  part: 'key' | 'value',
): Field | null {
  const fields = fieldsOf(contract);
  if (Object.hasOwn(fields, name)) return fields[name]!;
  const near = nearest(name, Object.keys(fields));
  const hint = near ? `did you mean '${near}'?` : `its fields are listed in the contract ${contract.id}`;
  reporter.error('unknown-field', path, `${contract.id} has no field '${name}'`, hint, part);
  return null;
}

/** Reports everything about one test that cannot hold on any record of the source, or that no engine can decide. */
export function checkItem(item: DetectionItem, contract: Contract, reporter: Reporter): void {
  const field = knownField(item.field, contract, item.path, reporter, 'key');
  if (!field) return;
  if (item.modifiers.includes('fieldref')) {
    for (const { value, path } of item.values) {
      if (typeof value === 'string') knownField(value, contract, path, reporter, 'value');
    }
    return;
  }
  const mismatch = (path: Path, what: string, hint: string, part: 'key' | 'value'): void =>
    reporter.error('type-mismatch', path, `'${item.field}' is of type ${field.type}: ${what}`, hint, part);
  for (const need of NEEDS) {
    const used = item.modifiers.find((modifier) => need.modifiers.includes(modifier));
    if (used && !need.types.includes(field.type)) {
      mismatch(item.path, `'${used}' does not apply to it`, need.hint, 'key');
      return;
    }
  }
  if (item.modifiers.some((modifier) => modifier !== 'all' && modifier !== 'neq')) return;
  for (const { value, path } of item.values) {
    const isText = typeof value === 'string' || textOf(value) === null;
    const written = isText ? jsonOf(value) : reporter.textOf(value as number, path);
    const problem = valueProblem(value, field, written);
    if (problem) mismatch(path, problem.what, problem.hint, 'value');
    else checkClosedList(value, field, item, path, reporter);
  }
}

/** `text`: the value as it is written. */
function valueProblem(value: unknown, field: Field, text: string): { what: string; hint: string } | null {
  switch (field.type) {
    case 'keyword':
    case 'ip':
    case 'date':
      if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
        return { what: `${text} is not a text`, hint: `put it in quotes: '${text}'` };
      if (field.type !== 'keyword' && typeof value === 'string' && hasWildcard(value))
        return {
          what: 'wildcards do not apply to it',
          hint: field.type === 'ip' ? 'use cidr' : 'compare a part of the time',
        };
      return null;
    case 'long':
    case 'double':
      return typeof value === 'string' || typeof value === 'boolean'
        ? { what: `${text} is not a number`, hint: 'write a number, without quotes' }
        : null;
    case 'boolean':
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
        ? { what: `${text} is neither true nor false`, hint: 'write true or false, without quotes' }
        : null;
  }
}

function checkClosedList(value: unknown, field: Field, item: DetectionItem, path: Path, reporter: Reporter): void {
  const values = closedValues(field)?.map(String);
  if (!values || value === null || (typeof value === 'string' && hasWildcard(value))) return;
  if (values.some((one) => one.toLowerCase() === String(value).toLowerCase())) return;
  const hint = didYouMean(String(value), values);
  reporter.error(
    'unknown-value',
    path,
    `'${item.field}' is never ${jsonOf(value)} in the vendor's documentation`,
    hint,
  );
}

function hasWildcard(text: string): boolean {
  return /(^|[^\\])(\\\\)*[*?]/.test(text);
}
