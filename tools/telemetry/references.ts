import type { Misfit } from '../foundation/content/misfit';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { getOwn } from '@tollgate/sigma/values/map';
import type { Contract, Derivation, Field } from './contract';
import { assetFields, COMMON_FIELDS, fieldsOf } from './contract';
import { valueMisfits } from './values';

/** Every misfit of a contract that satisfies its JSON Schema, in the order of its parts. */
export function misfits(contract: Contract): Misfit[] {
  return [
    ...timeMisfits(contract),
    ...roleMisfits(contract),
    ...stepMisfits(contract),
    ...shapeMisfits(contract),
    ...nameMisfits(contract),
    ...valueMisfits(contract),
    ...derivationMisfits(contract),
  ];
}

function timeMisfits({ time, fields }: Contract): Misfit[] {
  const field = fields[time.field];
  const wanted = { iso8601: 'date', epoch_millis: 'long', sns: 'keyword' }[time.format];
  if (!field) return [unknownField(['time', 'field'], time.field, fields)];
  if (field.type === wanted && !field.optional && !field.list) return [];
  return [
    {
      path: ['time', 'field'],
      part: 'value',
      code: 'wrong-time-field',
      message: `'${time.field}' can't be the time in the format ${time.format}`,
      hint: `it must be a ${wanted}, neither optional nor a list`,
    },
  ];
}

function roleMisfits(contract: Contract): Misfit[] {
  const known = fieldsOf(contract);
  return (['asset', 'identity', 'destination'] as const).flatMap((role) => {
    const field = contract.roles[role];
    return field === null || getOwn(known, field) ? [] : [unknownField(['roles', role], field, known)];
  });
}

function stepMisfits({ step, fields }: Contract): Misfit[] {
  return step.flatMap((field, index) => (getOwn(fields, field) ? [] : [unknownField(['step', index], field, fields)]));
}

/** Lists of objects and maps that become lists: they need fields below them, and these must say that they are lists. */
function shapeMisfits(contract: Contract): Misfit[] {
  return (['objectLists', 'entries'] as const).flatMap((kind) =>
    (contract[kind] ?? []).flatMap((path, index): Misfit[] => {
      const below = Object.entries(contract.fields).filter(([name]) => name.startsWith(`${path}.`));
      const lacking = kind === 'entries' ? !contract.fields[`${path}.name`] : below.length === 0;
      if (lacking) {
        return [
          {
            path: [kind, index],
            part: 'value',
            code: 'unknown-field',
            message: `no field lies below '${path}'`,
            hint:
              kind === 'entries' ? `declare '${path}.name' and its other parts` : 'declare the fields of its objects',
          },
        ];
      }
      return below
        .filter(([, field]) => !field.list)
        .map(([name]) => ({
          path: ['fields', name],
          part: 'key' as const,
          code: 'not-a-list',
          message: `'${name}' lies in a list of objects, but does not say that it is a list`,
          hint: 'add list: true',
        }));
    }),
  );
}

/** A name can't be both a value and a map, be taken, or be declared twice. */
function nameMisfits(contract: Contract): Misfit[] {
  const found: Misfit[] = [];
  const all = new Set([
    ...Object.keys(COMMON_FIELDS),
    ...Object.keys(contract.fields),
    ...Object.keys(contract.derived),
  ]);
  for (const section of ['fields', 'derived'] as const) {
    for (const name of Object.keys(contract[section])) {
      const at = { path: [section, name], part: 'key' as const };
      if (getOwn(COMMON_FIELDS, name) || (section === 'derived' && getOwn(contract.fields, name))) {
        found.push({
          ...at,
          code: 'duplicate-field',
          message: `'${name}' is there already`,
          hint: 'choose another name',
        });
      }
      const above = prefixesOf(name).find((prefix) => all.has(prefix));
      if (above !== undefined) {
        const message = `'${name}' lies below '${above}', which is a value`;
        found.push({ ...at, code: 'conflicting-field', message, hint: 'rename one of them' });
      }
    }
  }
  return found;
}

/** What each derivation reads and gives. */
function derivationMisfits(contract: Contract): Misfit[] {
  return Object.entries(contract.derived).flatMap(([name, field]): Misfit[] => {
    const { derive } = field;
    const path = ['derived', name, 'derive'];
    if (derive.how === 'changed' || derive.how === 'pairs') {
      const from: Misfit[] = contract.entries?.includes(derive.from)
        ? []
        : [
            {
              path: [...path, 'from'],
              part: 'value',
              code: 'unknown-field',
              message: `'${derive.from}' is not in entries`,
              hint: 'name a path that stands under entries',
            },
          ];
      return [...from, ...typeMisfit(name, field, 'keyword', true)];
    }
    if (derive.how === 'after') {
      if (contract.objectLists?.includes(derive.from) && contract.fields[`${derive.from}.name`])
        return typeMisfit(name, field, 'keyword', false);
      const message = `'${derive.from}' is not a list of objects with a name`;
      const hint = `name a path that stands under objectLists, and declare '${derive.from}.name'`;
      return [{ path: [...path, 'from'], part: 'value', code: 'unknown-field', message, hint }];
    }
    const known = { ...contract.fields, ...derivedAbove(contract, name) };
    if (derive.how === 'asset')
      return [...assetMisfits(derive, known, [...path, 'from']), ...typeMisfit(name, field, 'keyword', false)];
    if (derive.how === 'picked')
      return [...pickedMisfits(contract, derive, path), ...typeMisfit(name, field, 'keyword', false)];
    const sources: [string, string][] =
      derive.how === 'first'
        ? [
            ['from', derive.from],
            ['or', derive.or],
          ]
        : [['from', derive.from]];
    const unknown = sources.filter(([, source]) => !getOwn(known, source));
    if (unknown.length > 0) {
      return unknown.map(([key, source]) => unknownField([...path, key], source, known));
    }
    const source = known[derive.from]!;
    return typeMisfit(name, field, resultType(derive, source), derive.how === 'copy' && source.list === true);
  });
}

/** An asset is named by fields that hold one text. */
function assetMisfits(
  derive: Derivation & { how: 'asset' },
  known: Record<string, Field>,
  path: (string | number)[],
): Misfit[] {
  return assetFields(derive).flatMap((name, index): Misfit[] => {
    const at = Array.isArray(derive.from) ? [...path, index] : path;
    const field = getOwn(known, name);
    if (field === undefined) return [unknownField(at, name, known)];
    if (field.type === 'keyword' && !field.list) return [];
    const message = `'${name}' can't name an asset: it is ${field.list ? 'a list' : `a ${field.type}`}`;
    return [{ path: at, part: 'value', code: 'wrong-type', message, hint: 'name a field that holds one text' }];
  });
}

/** Both fields are those of one object, or of the objects of one list. */
function pickedMisfits(
  contract: Contract,
  derive: Derivation & { how: 'picked' },
  path: (string | number)[],
): Misfit[] {
  const object = derive.from.split('.').slice(0, -1).join('.');
  const known = Object.fromEntries(
    Object.entries(contract.fields).filter(([name]) => object !== '' && name.startsWith(`${object}.`)),
  );
  return (['from', 'by'] as const)
    .filter((key) => !getOwn(known, derive[key]))
    .map((key) => unknownField([...path, key], derive[key], known));
}

/** A derived field may be made of those that stand above it. */
function derivedAbove({ derived }: Contract, name: string): Record<string, Field> {
  const entries = Object.entries(derived);
  return Object.fromEntries(entries.slice(0, Object.keys(derived).indexOf(name)));
}

function resultType(derive: Derivation, source: Field): Field['type'] {
  if (derive.how === 'number') return 'double';
  return derive.how === 'copy' || derive.how === 'first' ? source.type : 'keyword';
}

function typeMisfit(name: string, field: Field, type: Field['type'], list: boolean): Misfit[] {
  if (field.type === type && (field.list === true) === list) return [];
  const gives = `${list ? 'a list of ' : 'one '}${type}`;
  const message = `'${name}' is derived as ${gives}, but declared as another type`;
  return [
    { path: ['derived', name, 'type'], part: 'value', code: 'wrong-type', message, hint: `declare it as ${gives}` },
  ];
}

/** A name that is no field of a contract, as a misfit. */
export function unknownField(path: (string | number)[], name: string, known: Record<string, Field>): Misfit {
  const hint = didYouMean(name, Object.keys(known));
  return { path, part: 'value', code: 'unknown-field', message: `'${name}' is not a field of this contract`, hint };
}

function prefixesOf(name: string): string[] {
  const keys = name.split('.');
  return keys.slice(1).map((_, i) => keys.slice(0, i + 1).join('.'));
}
