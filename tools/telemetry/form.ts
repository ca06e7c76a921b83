import type { Contract, Form, FormValue } from './contract';

/** Whether records of the form are those of the contract, as they are. */
export function isOwnShape(form: Form): boolean {
  const { layout, skip, record, fields, yields } = form;
  return [layout, skip, record, fields, yields].every((part) => part === undefined);
}

/** The contract's fields of which a form never has a value. */
export function lackedBy(form: Form, contract: Contract): string[] {
  if (form.skip) return [];
  if (form.passes || form.fields === undefined) return form.lacks ?? [];
  const given = [form.fields, ...(form.yields ?? []).map(({ fields }) => fields)].flatMap(pathsOf);
  return Object.keys(contract.fields).filter(
    (field) => !given.some((path) => field === path || field.startsWith(`${path}.`)),
  );
}

function pathsOf(fields: Record<string, FormValue>): string[] {
  return Object.entries(fields).flatMap(([path, value]) =>
    typeof value === 'object' && 'list' in value
      ? [...new Set(value.list.flatMap((object) => Object.keys(object)))].map((key) => `${path}.${key}`)
      : [path],
  );
}

/** All fields of which records of a form never have a value, derived ones too. */
export function absentFrom(form: Form, contract: Contract): ReadonlySet<string> {
  const lacked = lackedBy(form, contract);
  return new Set([...lacked, ...derivedWithout(lacked, contract)]);
}

/** The derived fields that can't be computed without some fields; a list of objects is not there without all of its fields. */
export function derivedWithout(fields: readonly string[], { derived, fields: all }: Contract): string[] {
  const without = new Set(fields);
  const isWithout = (source: string) => {
    const below = Object.keys(all).filter((field) => field.startsWith(`${source}.`));
    return without.has(source) || (below.length > 0 && below.every((field) => without.has(field)));
  };
  const found: string[] = [];
  for (const [name, { derive }] of Object.entries(derived)) {
    if (derive.how === 'asset') continue; // Every event has one.
    const sources = derive.how === 'first' ? [derive.from, derive.or] : [derive.from];
    if (!sources.every(isWithout)) continue;
    without.add(name);
    found.push(name);
  }
  return found;
}
