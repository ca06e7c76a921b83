import type { Shape, ShapeType } from '../../telemetry/shape';

/** A column of a table that Athena reads, as the catalog has it. */
export interface GlueColumn {
  Name: string;
  Type: string;
}

/** Names with types or further names; `list` where there is a list of these. */
interface Part {
  parts: Map<string, Part>;
  type: string;
  list: boolean;
}

/** The columns of a shape's table that its fields stand in, with no more parts than these ask for. */
export function rawColumns(shape: Shape): GlueColumn[] {
  return [...tree(shape).parts].map(([Name, part]) => ({ Name, Type: typeOf(part) }));
}

/** The names of what the elements of a list consist of, in their order. */
export function elementFields(shape: Shape, each: string): string[] {
  return [...tree(shape).parts.get(each)!.parts.keys()];
}

function tree({ fields, lists = {}, each, only = {} }: Shape): Part {
  const top = part();
  const areLists = new Set([...Object.values(lists), ...(each === undefined ? [] : [each])]);
  const add = (path: string, type: string) => {
    let at = top;
    const names = path.split('.');
    names.forEach((name, index) => {
      let next = at.parts.get(name);
      if (!next) at.parts.set(name, (next = part()));
      next.list = areLists.has(names.slice(0, index + 1).join('.'));
      at = next;
    });
    at.type = type;
  };
  for (const name of Object.keys(only)) add(name, 'string');
  for (const { field, root, type } of Object.values(fields).flat()) add(root ?? field, TYPES[type]);
  return top;
}

function part(): Part {
  return { parts: new Map(), type: 'string', list: false };
}

function typeOf({ parts, type, list }: Part): string {
  const own =
    parts.size === 0 ? type : `struct<${[...parts].map(([name, each]) => `${name}:${typeOf(each)}`).join(',')}>`;
  return list ? `array<${own}>` : own;
}

/** A part of a flattened field is read of its text. */
const TYPES: Readonly<Record<ShapeType, string>> = {
  keyword: 'string',
  ip: 'string',
  text: 'string',
  date: 'string',
  flattened: 'string',
  long: 'bigint',
  double: 'double',
  boolean: 'boolean',
};
