import { isMap } from '@tollgate/sigma/values/map';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';

/** Where a number stands that a rule declares, and what it is. */
export interface NumberPlace {
  document: YamlDocument;
  path: string[];
  value: number;
  /** The letter of a timespan's unit, such as `m`; empty where it is a number. */
  suffix: string;
}

/** What a timespan's letter means. */
export const TIMESPAN_UNITS: Readonly<Record<string, string>> = {
  s: 'seconds',
  m: 'minutes',
  h: 'hours',
  d: 'days',
  w: 'weeks',
};

/**
 * The place of a number that a document declares: in itself, or in the rule of its file that has this name. `documents` are all
 * of its file, and may be more. Null where no number and no timespan stands there.
 */
export function placeOf(
  { at, rule }: { at: string; rule?: string },
  declaring: YamlDocument,
  documents: readonly YamlDocument[],
): NumberPlace | null {
  const document =
    rule === undefined
      ? declaring
      : documents.find(({ file, value }) => file === declaring.file && isMap(value) && value['name'] === rule);
  if (!document) return null;
  const found = find(document.value, at);
  if (!found) return null;
  if (typeof found.value === 'number') return { document, path: found.path, value: found.value, suffix: '' };
  const [, digits, suffix] = /^(\d{1,9})([smhdw])$/.exec(String(found.value)) ?? [];
  return digits === undefined || suffix === undefined
    ? null
    : { document, path: found.path, value: Number(digits), suffix };
}

/** What stands at a dotted path; keys may have dots themselves, as names of fields do. */
function find(value: unknown, at: string): { path: string[]; value: unknown } | null {
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, below] of Object.entries(value)) {
    if (key === at) return { path: [key], value: below };
    const rest = at.startsWith(`${key}.`) ? find(below, at.slice(key.length + 1)) : null;
    if (rest) return { path: [key, ...rest.path], value: rest.value };
  }
  return null;
}
