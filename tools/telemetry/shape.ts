/**
 * How an index field is known: the vendor's page names it, its name was read in the platform's files, it is used where a cluster has it, or it is assumed of the
 * vendor's own names.
 */
export type ShapeEvidence = 'documented' | 'seen' | 'usual' | 'unverified';

export type ShapeType = 'keyword' | 'ip' | 'long' | 'double' | 'boolean' | 'date' | 'text' | 'flattened';

/** Where an index holds a contract's field. */
export interface ShapeField {
  field: string;
  type: ShapeType;
  /** Of a part of a flattened field, the field of that type. */
  root?: string;
  evidence: ShapeEvidence;
  /** A key of `Shape.files`. */
  file: string;
  /** The contract's values, and what the index has for them. */
  values?: Record<string, string>;
  /** How its values differ from the contract's. */
  differs?: string;
}

/**
 * Under which names a platform's own integration keeps the records of one log source. Loaded from `schemas/shapes/<platform>/<id>.yml`.
 * Derived fields are in no such index: they are derived anew.
 */
export interface Shape {
  /** Telemetry contract id. */
  id: string;
  title: string;
  platform: string;
  /** Index pattern. */
  index: string;
  repository: string;
  /** Files that were read, by the names that fields have for them. */
  files: Record<string, string>;
  /** What documents of the source have, where the index holds others too: values of an index field, or any value. */
  only?: Record<string, string[] | true>;
  /** Where one row of the index holds several records, the list of them; fields below it are read of each of its elements. */
  each?: string;
  /** The column by which the index is cut, so that the newest rows can be read alone; how its texts are written, or that it is a time. */
  partition?: { column: string; format: 'yyyy/MM/dd' | 'yyyy/MM/dd/HH' | 'timestamp' };
  /** Where the index's files are rewritten, the contract's field that no two of its records share. */
  key?: string;
  /** The contract's lists of objects, and the index's objects for them. */
  lists?: Record<string, string>;
  /** By the contract's fields; of several index fields, the first that has a value is meant. */
  fields: Record<string, ShapeField | ShapeField[]>;
  /** The contract's fields that the index does not have, with the reason. */
  lacks: Record<string, string>;
  doubts?: string[];
}

/** The index fields that may hold a contract's field, in order. */
export function placesOf(shape: Shape, name: string): ShapeField[] {
  return Object.hasOwn(shape.fields, name) ? [shape.fields[name]!].flat() : [];
}
