import type { Contract } from '../../telemetry/contract';
import { placesOf, type Shape } from '../../telemetry/shape';
import { listAbove, type Column } from '../sql/columns';
import { text } from './spl';

/**
 * Reads values out of the JSON text of a record. Not of the fields that Splunk extracts by itself: those end after 5,000 characters of a record
 * (`extraction_cutoff`, https://github.com/jewnix/splunk-spec-files/blob/master/limits.conf.spec).
 */
export class RawReader {
  /** Without a shape, keys are those that the vendor writes. */
  constructor(
    private readonly contract: Contract,
    private readonly shape?: Shape,
  ) {}

  /** A column's value by its type, or all values of a list; null where there is none. */
  value({ field, type, list }: Column): string {
    const places = this.placesOf(field).map((place) => typed(this.at(field, place, list), type, list));
    if (places.length === 0) return 'null()';
    return places.length === 1 ? places[0]! : `coalesce(${places.join(', ')})`;
  }

  /** What a record has been given as a derived field already. */
  derivedBefore(field: string): string {
    return given(`spath(_raw, ${text(field)})`);
  }

  /** The objects of a list as JSON texts, or a map as one. */
  objects(list: string): string {
    const isMap = this.contract.entries?.includes(list) ?? false;
    return `spath(_raw, ${text(isMap ? list : this.listPath(list))})`;
  }

  /** The key under which such an object has a field. */
  keyOf(list: string, field: string): string {
    const [place = field] = this.placesOf(field);
    return place.slice((this.shape?.lists?.[list] ?? list).length + 1);
  }

  private placesOf(field: string): string[] {
    return this.shape ? placesOf(this.shape, field).map((place) => place.field) : [field];
  }

  private at(field: string, place: string, isList: boolean): string {
    const above = listAbove(this.contract, field);
    const path = above === undefined ? place : `${this.listPath(above)}.${this.keyOf(above, field)}`;
    return `spath(_raw, ${text(above === undefined && isList ? `${path}{}` : path)})`;
  }

  /** A path of a list with braces behind each list on the way. */
  private listPath(list: string): string {
    const outer = listAbove(this.contract, list);
    const own = this.shape?.lists?.[list] ?? list;
    if (outer === undefined) return `${own}{}`;
    return `${this.listPath(outer)}.${own.slice((this.shape?.lists?.[outer] ?? outer).length + 1)}{}`;
  }
}

/** A value of JSON, whose null comes as a text; an empty text counts as none. */
function given(value: string): string {
  return `nullif(nullif(${value}, "null"), "")`;
}

function typed(value: string, type: Column['type'], isList: boolean): string {
  if (isList) return value;
  const isNumber = type === 'long' || type === 'double' || type === 'whole' || type === 'decimal';
  return isNumber ? `tonumber(${value})` : given(value);
}
