import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import type { Misfit } from '../foundation/content/misfit';
import type { Contract } from './contract';
import { unknownField } from './references';
import { placesOf, type Shape, type ShapeField } from './shape';

/** Where a shape does not fit its contract: it names each of the contract's fields once, and none that the contract does not have. */
export function shapeMisfits(shape: Shape, contracts: ReadonlyMap<string, Contract>): Misfit[] {
  const contract = contracts.get(shape.id);
  if (contract === undefined) {
    const message = `there is no telemetry contract '${shape.id}'`;
    return [
      {
        path: ['id'],
        part: 'value',
        code: 'unknown-source',
        message,
        hint: didYouMean(shape.id, [...contracts.keys()]),
      },
    ];
  }
  return [
    ...['fields', 'lacks'].flatMap((part) => unknown(part as 'fields' | 'lacks', shape, contract)),
    ...missing(shape, contract),
    ...Object.keys(shape.fields).flatMap((name) => fieldMisfits(shape, name)),
    ...listMisfits(shape, contract),
    ...rowMisfits(shape, contract),
  ];
}

function unknown(part: 'fields' | 'lacks', shape: Shape, contract: Contract): Misfit[] {
  return Object.keys(shape[part])
    .filter((name) => !Object.hasOwn(contract.fields, name))
    .map((name) => ({ ...unknownField([part, name], name, contract.fields), part: 'key' }));
}

/** The index's `@timestamp` is the contract's time, whatever its name. */
function missing({ fields, lacks }: Shape, contract: Contract): Misfit[] {
  const misfits: Misfit[] = [];
  for (const name of Object.keys(contract.fields)) {
    const [has, hasNot] = [Object.hasOwn(fields, name), Object.hasOwn(lacks, name)];
    if (has && hasNot)
      misfits.push(misfit(['lacks', name], `'${name}' is among the fields and among those that are lacking`));
    else if (!has && !hasNot && name !== contract.time.field)
      misfits.push(
        misfit(
          ['fields'],
          `nothing is said of the contract's field '${name}'`,
          'add it, or say in lacks why it is not there',
        ),
      );
  }
  return misfits;
}

function fieldMisfits(shape: Shape, name: string): Misfit[] {
  const isOne = !Array.isArray(shape.fields[name]);
  return placesOf(shape, name).flatMap((place, index) => {
    const path = ['fields', name, ...(isOne ? [] : [index])];
    return [...fileMisfits(shape, place, path), ...rootMisfits(place, path)];
  });
}

function fileMisfits({ files }: Shape, { file }: ShapeField, path: (string | number)[]): Misfit[] {
  if (Object.hasOwn(files, file)) return [];
  const hint = didYouMean(file, Object.keys(files));
  return [{ ...misfit([...path, 'file'], `'${file}' is not one of the files`, hint), part: 'value' }];
}

function rootMisfits({ field, type, root }: ShapeField, path: (string | number)[]): Misfit[] {
  if (type !== 'flattened')
    return root === undefined
      ? []
      : [
          misfit(
            [...path, 'root'],
            `a field of type ${type} is a part of no other`,
            'remove root, or say type: flattened',
          ),
        ];
  if (root !== undefined && field.startsWith(`${root}.`)) return [];
  const hint = 'name in root the field of type flattened, with which the name of the part begins';
  return [misfit([...path, root === undefined ? 'type' : 'root'], `'${field}' is not part of '${root ?? ''}'`, hint)];
}

/** All fields of a list are those of one list of the index, and the other way round. */
function listMisfits(shape: Shape, { objectLists = [] }: Contract): Misfit[] {
  const misfits: Misfit[] = [];
  for (const list of objectLists) {
    const place = shape.lists?.[list];
    for (const name of Object.keys(shape.fields).filter((one) => one.startsWith(`${list}.`)))
      for (const { field } of placesOf(shape, name))
        if (place === undefined || !field.startsWith(`${place}.`))
          misfits.push(
            misfit(
              ['fields', name],
              `'${list}' is a list of objects, so lists must say where it is`,
              `add lists: {${list}: <its name in the index>}`,
            ),
          );
  }
  for (const name of Object.keys(shape.lists ?? {}))
    if (!objectLists.includes(name))
      misfits.push(misfit(['lists', name], `the contract has no list of objects '${name}'`, 'remove it'));
  return misfits;
}

/** What rows are told by is a field, and a list of records has fields in it. */
function rowMisfits({ key, each, fields }: Shape, contract: Contract): Misfit[] {
  const misfits: Misfit[] = [];
  if (key !== undefined && !Object.hasOwn(fields, key)) misfits.push(unknownField(['key'], key, contract.fields));
  const places = Object.values(fields).flat();
  if (each !== undefined && !places.some(({ field }) => field.startsWith(`${each}.`)))
    misfits.push(misfit(['each'], `no field begins with '${each}.'`, 'name the list in which the records are'));
  return misfits;
}

function misfit(path: (string | number)[], message: string, hint?: string): Misfit {
  return { path, part: 'key', code: 'wrong-shape', message, ...(hint !== undefined && { hint }) };
}
