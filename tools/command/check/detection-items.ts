import { isMap } from '@tollgate/sigma/values/map';

/** One written test of a detection: `field|modifier: value`. */
export interface DetectionItem {
  field: string;
  modifiers: string[];
  /** Each value on its own, with its path; lists are taken apart. */
  values: { value: unknown; path: (string | number)[] }[];
  /** Path of the key. */
  path: (string | number)[];
}

/** The tests on fields under a detection or filter section, in the order in which they are written; keywords have no field. */
export function detectionItems(section: unknown, at: string): DetectionItem[] {
  if (!isMap(section)) return [];
  return Object.entries(section).flatMap(([name, selection]) =>
    name === 'condition' || name === 'rules' ? [] : itemsOf(selection, [at, name]),
  );
}

function itemsOf(selection: unknown, path: (string | number)[]): DetectionItem[] {
  if (Array.isArray(selection)) {
    return (selection as unknown[]).flatMap((entry, index) => (isMap(entry) ? itemsOf(entry, [...path, index]) : []));
  }
  if (!isMap(selection)) return [];
  return Object.entries(selection).flatMap(([key, value]) => {
    const [field = '', ...modifiers] = key.split('|');
    if (field === '') return [];
    const at = [...path, key];
    const values = Array.isArray(value)
      ? (value as unknown[]).map((one, index) => ({ value: one, path: [...at, index] }))
      : [{ value, path: at }];
    return [{ field, modifiers, values, path: at }];
  });
}
