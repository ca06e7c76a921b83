import { scalarAt } from '@tollgate/sigma/values/event';
import { getOwn, isMap, setOwn } from '@tollgate/sigma/values/map';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { Failure } from '../../foundation/content/failure';
import { fieldsOf, type Contract } from '../../telemetry/contract';
import { deriver } from '../../telemetry/derive';
import type { Condition } from './draft';
import { leafOf, setting } from './leaf';

/**
 * The source's example with what the conditions ask, as the base record of cases, which has no time. Throws a `Failure` (2) where no
 * record of the source can have a value that is asked.
 */
export function baseRecord(contract: Contract, where: readonly Condition[]): Record<string, unknown> {
  const record = structuredClone(contract.example);
  for (const { field, value } of where) {
    const leaf = leafOf(contract, field, record);
    const set = leaf === null ? {} : setting(record, leaf, value);
    for (const [path, one] of Object.entries(set)) put(record, path.split('.'), one);
    const event = deriver(contract)(record, 0);
    const got = [scalarAt(event, field)].flat();
    if (got.some((one) => String(one) === String(value))) continue;
    const hint = `choose a field that ${contract.id} logs as it is; docs/sources has them, with their values`;
    throw new Failure(2, `the example of ${contract.id} can't be made one with ${field}=${String(value)}`, hint);
  }
  put(record, contract.time.field.split('.'), undefined);
  return record;
}

/** Puts a value at a path, or with undefined takes what is there away; a key with dots in it is meant as it is. */
function put(record: Record<string, unknown>, keys: string[], value: unknown): void {
  const whole = keys.join('.');
  const [first, ...rest] = keys as [string, ...string[]];
  if (rest.length === 0 || Object.hasOwn(record, whole)) {
    if (value === undefined) delete record[whole];
    else setOwn(record, whole, value);
    return;
  }
  const there = getOwn(record, first);
  const below = isMap(there) ? there : {};
  setOwn(record, first, below);
  put(below, rest, value);
}

/**
 * What `field=value` says of a source. Throws a `Failure` (2) where it is none, the source has no such field, or the value is not of
 * its type.
 */
export function conditionOf(text: string, contract: Contract): Condition {
  const [, field = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (field === '' || value === '') throw new Failure(2, `'${text}' is not a condition`, 'write field=value');
  const known = fieldsOf(contract)[field];
  if (known === undefined || field.startsWith('@')) throw unknownField(field, contract);
  if (known.type === 'keyword' || known.type === 'ip') return { field, value };
  if (known.type === 'boolean' && /^(?:true|false)$/.test(value)) return { field, value: value === 'true' };
  if ((known.type === 'long' || known.type === 'double') && Number.isFinite(Number(value)))
    return { field, value: Number(value) };
  throw new Failure(
    2,
    `'${value}' is not of type ${known.type}, which '${field}' of ${contract.id} is`,
    'give another value',
  );
}

/** A field that a source does not have, as wrong use. */
export function unknownField(field: string, contract: Contract): Failure {
  return new Failure(2, `${contract.id} has no field '${field}'`, didYouMean(field, Object.keys(fieldsOf(contract))));
}
