import { contentName } from '../../foundation/content/find';
import { isMap, type JsonMap } from '@tollgate/sigma/values/map';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { placeOf, type NumberPlace } from './place';

/** A number of a rule or query that a site may change. */
export interface Parameter extends NumberPlace {
  /** The rule or query that declares it; `name` is that of its file. */
  owner: { name: string; id: string; title: string };
  name: string;
  /** The lowest and the highest value that makes sense; in the timespan's unit where it is one. */
  range: [number, number];
  /** Whether only whole numbers make sense. */
  isWhole: boolean;
  unit: string;
  description: string;
}

/**
 * All parameters that rules (`tollgate.parameters`) and queries (`parameters`) declare, in the order of the documents. What is
 * declared wrongly is left out: `validate` tells of it.
 */
export function parametersOf(documents: readonly YamlDocument[]): Parameter[] {
  return documents.flatMap((document) => {
    const { value } = document;
    if (!isMap(value)) return [];
    const section = value['tollgate'];
    const isQuery = isMap(value['measures']);
    const declared = isQuery ? value['parameters'] : isMap(section) ? section['parameters'] : undefined;
    if (!isMap(declared)) return [];
    const owner = { name: contentName(document.file), id: String(value['id']), title: String(value['title']) };
    return Object.entries(declared).flatMap(([name, one]): Parameter[] => {
      if (!isMap(one)) return [];
      const place = isQuery ? defaultOf(name, one, document) : declaredPlace(one, document, documents);
      const range = rangeOf(one['range'] ?? (isQuery ? [-Infinity, Infinity] : undefined));
      if (!place || !range) return [];
      const isWhole = isQuery ? one['type'] === 'integer' : [place.value, ...range].every(Number.isInteger);
      const [unit, description] = [String(one['unit'] ?? ''), String(one['description'] ?? '')];
      return [{ ...place, owner, name, range, isWhole, unit, description }];
    });
  });
}

/** The whole name of a parameter, by the file of its rule or query. */
export function fullName({ owner, name }: Pick<Parameter, 'owner' | 'name'>): string {
  return `${owner.name}.${name}`;
}

function defaultOf(name: string, { default: value }: JsonMap, document: YamlDocument): NumberPlace | null {
  return typeof value === 'number' ? { document, path: ['parameters', name, 'default'], value, suffix: '' } : null;
}

function declaredPlace(
  { at, rule }: JsonMap,
  document: YamlDocument,
  documents: readonly YamlDocument[],
): NumberPlace | null {
  if (typeof at !== 'string') return null;
  return placeOf({ at, ...(typeof rule === 'string' && { rule }) }, document, documents);
}

function rangeOf(range: unknown): [number, number] | null {
  const [low, high] = Array.isArray(range) ? (range as unknown[]) : [];
  return typeof low === 'number' && typeof high === 'number' && low <= high ? [low, high] : null;
}
