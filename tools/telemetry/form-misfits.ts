import type { Misfit } from '../foundation/content/misfit';
import type { Contract, Form } from './contract';
import { isOwnShape } from './form';
import { unknownField } from './references';

/** Where a contract's forms name fields that it does not have. */
export function formMisfits(contract: Contract): Misfit[] {
  return Object.entries(contract.forms ?? {}).flatMap(([id, form]) => {
    const at = ['forms', id];
    const given = [
      { path: [...at, 'fields'], fields: form.fields ?? {} },
      ...(form.yields ?? []).map(({ fields }, i) => ({ path: [...at, 'yields', i, 'fields'], fields })),
    ];
    const named = given.flatMap(({ path, fields }) =>
      Object.keys(fields)
        .filter((field) => !isOfContract(field, contract))
        .map((field) => ({ ...unknownField([...path, field], field, contract.fields), part: 'key' as const })),
    );
    const lacking = (form.lacks ?? []).flatMap((field, i) =>
      Object.hasOwn(contract.fields, field) ? [] : [unknownField([...at, 'lacks', i], field, contract.fields)],
    );
    return [...named, ...lacking, ...usageMisfits(form, at)];
  });
}

/** A field, or a list of objects that have some. */
function isOfContract(name: string, { fields, objectLists = [] }: Contract): boolean {
  return Object.hasOwn(fields, name) || objectLists.includes(name);
}

function usageMisfits(form: Form, path: string[]): Misfit[] {
  const misfit = (key: string, message: string, hint: string): Misfit => ({
    path: [...path, key],
    part: 'key',
    code: 'wrong-form',
    message,
    hint,
  });
  if (form.skip && (form.fields ?? form.yields ?? form.record) !== undefined)
    return [misfit('skip', 'what is no record has no fields', 'leave one of them out')];
  if (form.lacks && form.fields && !form.passes)
    return [misfit('lacks', "the form lacks what its 'fields' do not name", "leave 'lacks' out, or add passes: true")];
  if (form.example === undefined && !form.skip && !isOwnShape(form))
    return [
      {
        path,
        part: 'key',
        code: 'missing-key',
        message: 'the form has no example',
        hint: 'add a record as it is delivered',
      },
    ];
  return [];
}
