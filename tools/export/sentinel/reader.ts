import type { Contract } from '../../telemetry/contract';
import { placesOf, type Shape, type ShapeField } from '../../telemetry/shape';
import type { Column } from '../sql/columns';
import { text } from './kql';

/** How values are read of where a source's records are. */
export interface ValueReader {
  /** Epoch milliseconds of the event. */
  time(contract: Contract): string;
  value(contract: Contract, column: Column): string;
  /** A list of objects as dynamic, and the key under which such an object has a field. */
  list(path: string): string;
  key(path: string, field: string): string[] | null;
  /** Whether a list comes as a map, whose keys are the names of its entries. */
  isMap(contract: Contract, path: string): boolean;
  /** What a record has been given as a derived field already. */
  given(field: string): string[];
}

/** Reads the column `Record`, where keys may be nested or written with dots. */
export class RecordReader implements ValueReader {
  time({ time: { field, format } }: Contract): string {
    const value = this.at(field);
    return format === 'epoch_millis' ? `tolong(${value})` : milliseconds(`todatetime(tostring(${value}))`);
  }

  value(_: Contract, { field, type, list }: Column): string {
    const value = this.at(field);
    return list ? listOf(value) : typed(value, type);
  }

  list(path: string): string {
    return this.at(path);
  }

  key(path: string, field: string): string[] {
    return field.slice(path.length + 1).split('.');
  }

  isMap({ entries = [] }: Contract, path: string): boolean {
    return entries.includes(path);
  }

  given(field: string): string[] {
    return [`tostring(Record[${text(field)}])`];
  }

  private at(path: string): string {
    const nested = `Record${path
      .split('.')
      .map((key) => `[${text(key)}]`)
      .join('')}`;
    return path.includes('.') ? `coalesce(${nested}, Record[${text(path)}])` : nested;
  }
}

/** Reads the columns of a table that a connector fills. */
export class TableReader implements ValueReader {
  constructor(private readonly shape: Shape) {}

  time({ time: { field } }: Contract): string {
    const [place] = placesOf(this.shape, field);
    return milliseconds(place ? `todatetime(${this.at(place)})` : 'TimeGenerated');
  }

  value(_: Contract, { field, type, list }: Column): string {
    const places = placesOf(this.shape, field);
    if (places.length === 0) return list ? 'dynamic(null)' : typed('dynamic(null)', type);
    const values = places.map((place) => (list ? listOf(this.at(place)) : typed(this.at(place), type)));
    return values.length === 1 ? values[0]! : `coalesce(${values.join(', ')})`;
  }

  list(path: string): string {
    const place = this.shape.lists?.[path];
    return place === undefined ? 'dynamic(null)' : `todynamic(${place})`;
  }

  key(path: string, field: string): string[] | null {
    const [place] = placesOf(this.shape, field);
    return place ? place.field.slice(this.shape.lists![path]!.length + 1).split('.') : null;
  }

  isMap(): boolean {
    return false;
  }

  given(): string[] {
    return [];
  }

  private at({ field, root }: ShapeField): string {
    if (root === undefined) return field;
    const keys = field.slice(root.length + 1).split('.');
    return `todynamic(${root})${keys.map((key) => `[${text(key)}]`).join('')}`;
  }
}

/** Each entry of a map is expanded to a map of its own, whose only key is the name of `{name, previous, updated}`. */
export function ofEntry(key: string): string {
  return key === 'name' ? 'bag_keys(o)[0]' : `o[tostring(bag_keys(o)[0])][${text(key)}]`;
}

/** A list, or a map, that is never empty, since a row without elements would be left out. */
export function orOneNull(list: string, isMap: boolean): string {
  return `iff(array_length(${isMap ? `bag_keys(${list})` : list}) > 0, ${list}, dynamic([null]))`;
}

/** A value as a list: of one where it is none. */
function listOf(value: string): string {
  return `iff(gettype(${value}) == "array", ${value}, iff(isempty(${value}), dynamic([]), pack_array(${value})))`;
}

/** A dynamic value or a text as a value of a column's type; null where it is none. */
export function typed(value: string, type: Column['type']): string {
  switch (type) {
    case 'long':
      return `tolong(${value})`;
    case 'double':
      return `todouble(${value})`;
    case 'boolean':
      return `tobool(${value})`;
    default:
      return `tostring(${value})`;
  }
}

/** A time as epoch milliseconds. */
export function milliseconds(time: string): string {
  return `datetime_diff("millisecond", ${time}, datetime(1970-01-01))`;
}
