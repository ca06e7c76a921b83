import { randomUUID } from 'node:crypto';
import { isMap } from '@tollgate/sigma/values/map';
import type { Condition } from './draft';

type YamlValue = Record<string, unknown>;

/** What becomes of a neighbour's documents in a copy. */
export interface Change {
  /** Old names and ids of its rules → new ones. */
  names: ReadonlyMap<string, string>;
  title: string;
  date: string;
  /** What the copy reads; null where that is what the neighbour reads. */
  other: { id: string; title: string; logsource: YamlValue; identity: string | null } | null;
  /** Field → its counterpart. */
  fieldOf: (field: string) => string;
  /** Part (a rule's name, or a selection) → what is asked of its records in place of what the neighbour asks. */
  where: ReadonlyMap<string, readonly Condition[]>;
  acts: (acts: string[]) => string[];
}

/** Names and ids of a file's rules → those of a copy that is called so. */
export function newNames(values: readonly YamlValue[], name: string): Map<string, string> {
  const main = values.find((value) => isMap(value['tollgate']))?.['name'];
  const names = new Map<string, string>();
  for (const [index, { id, name: old }] of values.entries()) {
    names.set(String(id), randomUUID());
    if (typeof old === 'string')
      names.set(old, old === main ? name : `${name}_${values.length > 2 ? `base_${index}` : 'base'}`);
  }
  return names;
}

/** A document of a copy. What people wrote of the neighbour is kept, with the word TODO before it. */
export function copied(value: YamlValue, change: Change): YamlValue {
  const { names, other, fieldOf } = change;
  const isMain = isMap(value['tollgate']);
  const copy = structuredClone(value);
  copy['title'] = isMain
    ? change.title
    : `What '${change.title}' counts: ${names.get(String(value['name'])) ?? ''}`.slice(0, 120);
  copy['id'] = names.get(String(value['id']));
  if (typeof value['name'] === 'string') copy['name'] = names.get(value['name']);
  copy['status'] = 'experimental';
  if (isMain) copy['date'] = change.date;
  delete copy['modified'];
  delete copy['related'];
  if (typeof value['description'] === 'string') copy['description'] = again(value['description']);
  if (other !== null && isMap(value['logsource'])) copy['logsource'] = other.logsource;
  if (other !== null && typeof value['source'] === 'string') copy['source'] = other.id;
  if (isMap(value['scope'])) copy['scope'] = { ...value['scope'], ...(other && { identity: other.identity }) };
  if (isMap(copy['detection'])) copy['detection'] = detection(copy['detection'], String(value['name'] ?? ''), change);
  if (isMap(copy['correlation'])) correlation(copy['correlation'], names, fieldOf);
  if (Array.isArray(copy['group-by'])) copy['group-by'] = (copy['group-by'] as string[]).map(fieldOf);
  for (const measure of Object.values(isMap(copy['measures']) ? copy['measures'] : {}) as YamlValue[])
    for (const how of ['distinct', 'sum', 'avg', 'min', 'max', 'percentile'])
      if (typeof measure[how] === 'string') measure[how] = fieldOf(measure[how]);
  if (isMap(copy['pivot']) && other !== null) copy['pivot'] = pivot(copy['pivot'], fieldOf);
  if (isMap(copy['tollgate'])) {
    const section = copy['tollgate'];
    delete section['budget'];
    delete section['formerly'];
    for (const key of ['evasion', 'response']) if (typeof section[key] === 'string') section[key] = again(section[key]);
    if (Array.isArray(section['acts'])) section['acts'] = change.acts(section['acts'] as string[]);
  }
  return copy;
}

function again(text: string): string {
  return `TODO read it again, it is the neighbour's: ${text}`.slice(0, 2000);
}

function detection(section: YamlValue, rule: string, { where }: Change): YamlValue {
  const parts = Object.entries(section).map(([name, selection]) => {
    const found = where.get(name) ?? where.get(rule);
    if (name === 'condition' || found === undefined) return [name, selection];
    return [name, Object.fromEntries(found.map(({ field, value }) => [field, value]))];
  });
  return Object.fromEntries(parts) as YamlValue;
}

function correlation(section: YamlValue, names: ReadonlyMap<string, string>, fieldOf: (field: string) => string): void {
  section['rules'] = [section['rules']].flat().map((name) => names.get(String(name)) ?? name);
  if (section['group-by'] !== undefined)
    section['group-by'] = [section['group-by']].flat().map((name) => fieldOf(String(name)));
  const condition = section['condition'];
  if (isMap(condition) && condition['field'] !== undefined) {
    const fields = [condition['field']].flat().map((name) => fieldOf(String(name)));
    condition['field'] = fields.length === 1 ? fields[0] : fields;
  }
}

/** Where to look next: fields in braces are groups, and the rest is somebody's to write. */
function pivot(section: YamlValue, fieldOf: (field: string) => string): YamlValue {
  const renamed = (word: string): string => {
    const [field, group] = word.split(':{', 2) as [string, string?];
    const end = group?.indexOf('}') ?? -1;
    return end < 0 ? word : `${fieldOf(field)}:{${fieldOf(group!.slice(0, end))}${group!.slice(end)}`;
  };
  const texts = Object.entries(section).map(([key, text]) => [
    key,
    again(String(text).split(' ').map(renamed).join(' ')),
  ]);
  return Object.fromEntries(texts) as YamlValue;
}
