import type { Contract } from '../../telemetry/contract';
import { placesOf, type Shape } from '../../telemetry/shape';
import { listAbove, type Column } from './columns';
import type { Dialect } from './dialect';

/** Where a source's fields stand in a record, and what values they have there; without a shape that is where the contract says. */
export class JsonPlaces {
  constructor(
    private readonly dialect: Dialect,
    private readonly contract: Contract,
    private readonly shape?: Shape,
  ) {}

  /** The lists that the contract's maps with data for keys become, as columns. */
  entries(): string[] {
    return (this.contract.entries ?? []).map(
      (path, index) => `${this.dialect.json.entries(this.at(path))} AS entries_${index + 1}`,
    );
  }

  /** The JSON at a path of nested maps; loggers may write its keys with dots instead. */
  at(path: string): string {
    const { json } = this.dialect;
    if (this.shape) return first(this.pathsOf(path).map((place) => json.at('record', place.split('.'))));
    const nested = json.at('record', path.split('.'));
    return path.includes('.') ? first([nested, json.at('record', [path])]) : nested;
  }

  /** Where a field stands: one JSON value, or below a list of maps a list of them. */
  of({ field }: Column): string {
    const above = listAbove(this.contract, field);
    return above === undefined ? this.at(field) : this.below(field, above);
  }

  /** The maps of a list at a path, or the one that stands there, as a list. */
  maps(path: string): string {
    const entry = (this.contract.entries ?? []).indexOf(path);
    return entry >= 0 ? `entries_${entry + 1}` : this.dialect.json.elements(this.at(path));
  }

  /** The value of a column whose place is `found`: its JSON values, or the text of the one value. */
  value({ field, type, list }: Column, found: string): string {
    const { json } = this.dialect;
    const all = listAbove(this.contract, field) === undefined ? json.elements(found) : found;
    return list
      ? json.values(all, 'v', (each) => typedText(this.dialect, json.scalar(each), type))
      : typedText(this.dialect, found, type);
  }

  isThere({ field }: Column, found: string): string {
    return listAbove(this.contract, field) !== undefined
      ? `NOT ${this.dialect.json.isEmpty(found)}`
      : `${found} IS NOT NULL`;
  }

  /** Fields of the objects of a list; lists may stand in these. */
  private below(field: string, innermost: string): string {
    const { json } = this.dialect;
    if ((this.contract.entries ?? []).includes(innermost)) {
      const keys = this.keysOf(field, innermost);
      return json.spread(this.maps(innermost), 'o', (each) => json.elements(json.at(each, keys)));
    }
    const lists = (this.contract.objectLists ?? [])
      .filter((path) => field.startsWith(`${path}.`))
      .sort((a, b) => a.length - b.length);
    let found = json.elements(this.at(lists[0]!));
    [...lists.slice(1), field].forEach((path, index) => {
      const keys = this.keysOf(path, lists[index]!);
      found = json.spread(found, `o${index + 1}`, (each) => json.elements(json.at(each, keys)));
    });
    return found;
  }

  /** The places of a field, or of a list, in the record. */
  private pathsOf(path: string): string[] {
    if (!this.shape) return [path];
    const list = this.shape.lists?.[path];
    if (list !== undefined) return [list];
    const places = placesOf(this.shape, path).map(({ field }) => field);
    return places.length > 0 ? places : [path];
  }

  /** The keys of a field, or of a list, below those of a list around it. */
  private keysOf(path: string, list: string): string[] {
    return this.pathsOf(path)[0]!
      .slice(this.pathsOf(list)[0]!.length + 1)
      .split('.');
  }
}

function first(places: readonly string[]): string {
  return places.length === 1 ? places[0]! : `coalesce(${places.join(', ')})`;
}

/** A text as a value of a type; null where it is none. */
export function typedText(dialect: Dialect, text: string, type: Column['type']): string {
  switch (type) {
    case 'long': {
      const digits = `CASE WHEN substr(${text}, 1, 1) = '-' THEN substr(${text}, 2) ELSE ${text} END`;
      return `CASE WHEN ${dialect.isDigits(digits)} THEN ${dialect.cast(text, 'long')} END`;
    }
    case 'double':
      return dialect.numberOf(text);
    case 'boolean':
      return `CASE lower(${text}) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END`;
    default:
      return text;
  }
}
