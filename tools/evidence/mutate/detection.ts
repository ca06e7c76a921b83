import { isMap } from '@tollgate/sigma/values/map';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { parseCondition } from '@tollgate/sigma/rules/condition';
import type { BooleanTree } from '@tollgate/sigma/rules/plan';
import { Reporter, type Path } from '@tollgate/sigma/rules/reporter';
import { replaced } from '../../foundation/content/replaced';
import { nearby, type Mutation } from './change';
import { changedTrees, writtenTree } from './truth';

const COMPARED = /\|(?:gte?|lte?)$/;

/** Every change of what a document's `detection` selects: an item, an entry or a value left out, a compared number moved. */
export function changesOfSelections(document: YamlDocument): Mutation[] {
  const section = sectionOf(document);
  const selections = Object.keys(section).filter((name) => name !== 'condition');
  return selections.flatMap((name) => changesBelow(document, section[name], ['detection', name]));
}

function changesBelow(document: YamlDocument, value: unknown, path: Path): Mutation[] {
  const change = (at: Path, what: string, make: () => unknown): Mutation => ({
    document,
    path: at,
    what,
    to: { value: replaced(document.value, at, make) },
  });
  if (Array.isArray(value)) {
    const entries = value as unknown[];
    const dropped = entries.map((entry, index) => {
      const what = isMap(entry) ? `without entry ${index + 1}` : `without ${String(entry)}`;
      return change([...path, index], what, () => undefined);
    });
    const below = entries.flatMap((entry, index) =>
      isMap(entry) ? changesBelow(document, entry, [...path, index]) : [],
    );
    return [...(entries.length > 1 ? dropped : []), ...below];
  }
  if (!isMap(value)) return [];
  const keys = Object.keys(value);
  return keys.flatMap((key) => {
    const at = [...path, key];
    const item = value[key];
    const isNumber = typeof item === 'number' || typeof item === 'bigint';
    const moved = isNumber && COMPARED.test(key) ? nearby(item) : [];
    return [
      ...(keys.length > 1 ? [change(at, 'left out', () => undefined)] : []),
      ...moved.map((number) => change(at, `${number}`, () => number)),
      ...(Array.isArray(item) ? changesBelow(document, item, at) : []),
    ];
  });
}

/** Every change of the document's condition: a selection left out or negated, a `not` left out, `and` for `or` and the other way round. */
export function changesOfCondition(document: YamlDocument): Mutation[] {
  const section = sectionOf(document);
  const names = Object.keys(section).filter((name) => name !== 'condition');
  const leaves = new Map(names.map((name) => [name, { op: 'test', test: name } satisfies BooleanTree<string>]));
  const conditions = Array.isArray(section['condition']) ? (section['condition'] as unknown[]) : [section['condition']];
  return conditions.flatMap((text, index) => {
    const path = ['detection', 'condition', ...(Array.isArray(section['condition']) ? [index] : [])];
    const tree = parseCondition<string>(String(text), leaves, new Set(), path, new Reporter(document));
    return (tree ? changedTrees(tree) : []).map((changed): Mutation => {
      const what = writtenTree(changed, (name) => name);
      return { document, path, what, to: { value: replaced(document.value, path, () => what) } };
    });
  });
}

function sectionOf(document: YamlDocument): Record<string, unknown> {
  const section = (document.value as Record<string, unknown>)['detection'];
  return isMap(section) ? section : {};
}
