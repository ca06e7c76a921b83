import { placesOf, type Shape, type ShapeField } from '../../telemetry/shape';
import type { Contract } from '../../telemetry/contract';
import { list } from '../sql/query';
import { athena } from './athena';
import { elementFields } from './raw-columns';

/** An expression of a record's JSON text, of the rows that `rows` gives. */
export interface ShapeRecords {
  record: string;
  /** What is written behind the table in FROM, and what narrows it. */
  joins: string;
  /** A contract's field as a text. */
  text(field: string): string;
}

/** Writes records in the contract's own form from the rows of a shape's table, which is called `i`. */
export function shapeRecords(contract: Contract, shape: Shape): ShapeRecords {
  const of = new Reader(contract, shape);
  const { objectLists = [] } = contract;
  const inList = (field: string) => objectLists.some((path) => field.startsWith(`${path}.`));
  const plain = Object.keys(shape.fields).filter((field) => !inList(field));
  const outer = objectLists.filter((path) => !inList(path) && shape.lists?.[path] !== undefined);
  const members = [
    ...plain.map((field) => [field, of.json(field)] as const),
    ...outer.map((path) => [path, of.objects(path)] as const),
  ];
  const each = shape.each;
  const joins =
    each === undefined
      ? ''
      : ` CROSS JOIN UNNEST(i.${athena.identifier(each)}) AS e (${list(elementFields(shape, each).map((name) => athena.identifier(name)))})`;
  return { record: `json_format(${of.withRoots(map(members))})`, joins, text: (field) => of.text(field) };
}

class Reader {
  /** The columns that hold JSON, in the order in which they are parsed. */
  private readonly roots: string[];

  constructor(
    private readonly contract: Contract,
    private readonly shape: Shape,
  ) {
    this.roots = [
      ...new Set(Object.values(shape.fields).flatMap((places) => [places].flat().flatMap(({ root }) => root ?? []))),
    ];
  }

  /** An expression in which each column of JSON is parsed once. */
  withRoots(expression: string): string {
    return this.roots.reduceRight(
      (inner, root, index) =>
        `element_at(transform(ARRAY[${parsed(this.column(root))}], r${index + 1} -> ${inner}), 1)`,
      expression,
    );
  }

  /** A field that is a column, as a text. */
  text(field: string): string {
    const [{ field: at, root }] = placesOf(this.shape, field) as [ShapeField];
    if (root !== undefined) throw new TypeError(`${field} is no column of its own`);
    return `CAST(${this.column(at)} AS varchar)`;
  }

  /** A field's value as JSON; null where there is none. */
  json(field: string): string {
    const places = placesOf(this.shape, field).map((place) => this.place(field, place));
    return places.length === 1 ? places[0]! : `coalesce(${list(places)})`;
  }

  /** A list of objects by the contract's names, with the lists that stand in these. */
  objects(path: string, within?: { variable: string; place: string }): string {
    const place = this.shape.lists![path]!;
    const variable = `o${path.split('.').length}`;
    const from = within ? below(within.variable, place.slice(within.place.length + 1)) : below('i', place);
    const keys = Object.keys(this.shape.fields).filter((field) => this.listOf(field) === path);
    const inner = Object.keys(this.shape.lists!).filter((other) => this.listOf(other) === path);
    const members = [
      ...keys.map((field) => {
        const [{ field: at }] = placesOf(this.shape, field) as [ShapeField];
        return [field.slice(path.length + 1), asJson(below(variable, at.slice(place.length + 1)))] as const;
      }),
      ...inner.map((other) => [other.slice(path.length + 1), this.objects(other, { variable, place })] as const),
    ];
    return asJson(`transform(${from}, ${variable} -> ${map(members)})`);
  }

  /** The innermost list of objects in which a field or a list stands. */
  private listOf(field: string): string | undefined {
    const { objectLists = [] } = this.contract;
    return objectLists.filter((path) => field.startsWith(`${path}.`)).sort((a, b) => b.length - a.length)[0];
  }

  private place(field: string, { field: at, root, type, values }: ShapeField): string {
    const isTime = field === this.contract.time.field && type === 'long' && this.contract.time.format === 'iso8601';
    const column = this.column(root ?? at);
    if (isTime) return asJson(`to_iso8601(from_unixtime(${column} / 1e3, 'UTC'))`);
    if (root !== undefined) {
      const keys = at.slice(root.length + 1);
      // The keys of a map may have dots in them.
      const json = `r${this.roots.indexOf(root) + 1}`;
      const nested = athena.json.at(json, keys.split('.'));
      return keys.includes('.') ? `coalesce(${nested}, ${athena.json.at(json, [keys])})` : nested;
    }
    if (values === undefined) return asJson(column);
    const cases = Object.entries(values).map(
      ([ours, theirs]) => `WHEN ${athena.text(theirs)} THEN ${athena.text(ours)}`,
    );
    return asJson(`CASE ${column} ${cases.join(' ')} ELSE ${column} END`);
  }

  private column(path: string): string {
    const { each } = this.shape;
    return each !== undefined && path.startsWith(`${each}.`)
      ? below('e', path.slice(each.length + 1))
      : below('i', path);
  }
}

/** A part of a row. */
function below(row: string, path: string): string {
  return [row, ...path.split('.').map((name) => athena.identifier(name))].join('.');
}

function asJson(value: string): string {
  return `CAST(${value} AS json)`;
}

/** The JSON that a text is; a map of texts as JSON. */
function parsed(column: string): string {
  return `coalesce(TRY(json_parse(json_extract_scalar(CAST(${column} AS json), '$'))), CAST(${column} AS json))`;
}

/** Names with their JSON as one JSON, without those that have no value. */
function map(members: readonly (readonly [name: string, json: string])[]): string {
  const names = list(members.map(([name]) => athena.text(name)));
  const values = list(members.map(([, json]) => json));
  return `CAST(map_filter(MAP(ARRAY[${names}], ARRAY[${values}]), (k, v) -> v IS NOT NULL) AS json)`;
}
