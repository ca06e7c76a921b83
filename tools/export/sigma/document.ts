import { dump } from 'js-yaml';
import { isMap } from '@tollgate/sigma/values/map';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { NotExportable } from '../target';

/** pySigma and rsigma read a name that begins like this as an operator and the rest of the name. */
const OPERATOR = /^not/i;

/** Words of a condition: names of selections, with `*` in patterns, and operators. */
const WORD = /[^\s()]+/g;

/** Keys of a filter that are no selections. */
const OF_FILTERS: readonly string[] = ['rules', 'condition'];

/**
 * A rule or filter as other Sigma tools take it: what it says in the same order, but without comments, and with each selection whose name begins with an
 * operator renamed. A filter has no status, and its only selection is called `selection`, as the specification of filters has it and rsigma's lint asks.
 * Throws `NotExportable` for an integer that no double keeps.
 */
export function sigmaText({ value }: YamlDocument): string {
  if (!isMap(value)) throw new TypeError('a rule is a map');
  const isFilter = isMap(value['filter']);
  const renamed = Object.entries(value)
    .filter(([key]) => !(isFilter && key === 'status'))
    .map(([key, section]) => [key, isMap(section) ? ofSection(key, section) : section]);
  try {
    return dump(Object.fromEntries(renamed), { lineWidth: 120, noRefs: true });
  } catch (error) {
    throw new NotExportable(`It can't be written as YAML: ${(error as Error).message}.`);
  }
}

function ofSection(key: string, section: Record<string, unknown>): Record<string, unknown> {
  if (key === 'detection') return withNames(section, safeNames(section));
  return key === 'filter' ? withNames(section, onlySelection(section) ?? safeNames(section)) : section;
}

/** A filter's only selection by the specification's name; undefined where there are more. */
function onlySelection(filter: Record<string, unknown>): Map<string, string> | undefined {
  const [name, ...others] = Object.keys(filter).filter((key) => !OF_FILTERS.includes(key));
  return name === undefined || others.length > 0 ? undefined : new Map([[name, 'selection']]);
}

function safeNames(section: Record<string, unknown>): Map<string, string> {
  const unsafe = Object.keys(section).filter((name) => OPERATOR.test(name));
  return new Map(unsafe.map((name) => [name, safeName(name, section)]));
}

function withNames(section: Record<string, unknown>, names: ReadonlyMap<string, string>): Record<string, unknown> {
  if (names.size === 0) return section;
  const entries = Object.entries(section).map(([key, value]) =>
    key === 'condition'
      ? [key, Array.isArray(value) ? value.map((one) => renamed(one, names)) : renamed(value, names)]
      : [names.get(key) ?? key, value],
  );
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function safeName(name: string, section: Record<string, unknown>): string {
  let safe = `is_${name}`;
  while (Object.hasOwn(section, safe)) safe = `is_${safe}`;
  return safe;
}

/** A pattern that may mean renamed selections and others would mean other ones after. */
function renamed(condition: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof condition !== 'string') return condition;
  if (condition.includes('*'))
    throw new NotExportable(
      `The condition "${condition}" has a pattern, and a selection whose name begins with "not", which other tools read as an operator: rename it.`,
    );
  return condition.replace(WORD, (word) => names.get(word) ?? word);
}

/** Rules of one file, each after those that it refers to: pySigma converts a correlation of a correlation only in this order. */
export function referredFirst(documents: readonly YamlDocument[]): YamlDocument[] {
  const left = [...documents];
  const ordered: YamlDocument[] = [];
  while (left.length > 0) {
    const names = new Set(left.flatMap(namesOf));
    const next = left.findIndex((document) => !referencesOf(document).some((name) => names.has(name)));
    ordered.push(...left.splice(Math.max(0, next), 1));
  }
  return ordered;
}

function namesOf({ value }: YamlDocument): unknown[] {
  return isMap(value) ? [value['id'], value['name']].filter((name) => name !== undefined) : [];
}

function referencesOf({ value }: YamlDocument): unknown[] {
  const correlation = isMap(value) ? value['correlation'] : undefined;
  return isMap(correlation) ? [correlation['rules']].flat() : [];
}

/** The texts in a rule's selections that are written like numbers: their fields hold texts, and pySigma's check asks whether that is meant. */
export function hasNumericText({ value }: YamlDocument): boolean {
  const detection = isMap(value) ? value['detection'] : undefined;
  return isMap(detection) && Object.entries(detection).some(([key, item]) => key !== 'condition' && hasDigits(item));
}

function hasDigits(item: unknown): boolean {
  if (typeof item === 'string') return /^\d+$/.test(item);
  if (Array.isArray(item)) return item.some(hasDigits);
  return isMap(item) && Object.values(item).some(hasDigits);
}
