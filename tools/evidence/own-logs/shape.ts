import type { Query } from '@tollgate/sigma-elasticsearch/query';
import type { Match } from '@tollgate/sigma/correlate/match';
import type { Plan } from '@tollgate/sigma/rules/plan';

/** What a cluster says of an index field. */
export interface KnownField {
  /** Null where it differs between indices. */
  type: string | null;
  searchable: boolean;
  aggregatable: boolean;
}

export type KnownFields = ReadonlyMap<string, KnownField>;

/** Where and under which names a source's records may live in a cluster. */
export interface IndexShape {
  /** As reports name the form: `contract`, or the platform whose integration it is. */
  name: string;
  /** Index or pattern. */
  index: string;
  /** Every index field that may be asked or read. */
  indexFields: string[];
  /** Whether an index with these fields has this shape. */
  fits(known: KnownFields): boolean;
  open(known: KnownFields): OpenIndex;
}

/** How a source's records are asked and read in an index that is there. */
export interface OpenIndex {
  /** Finds the source's records among all documents. */
  scope: Query;
  ask(plan: Plan): Asked;
  /** What reads some of the contract's fields of what was found; with a plan, what was found is looked at again. */
  reader(names: readonly string[], plan: Plan | null): MatchReader | Refused;
  /** The index field by which the cluster can group as a field of the contract does; null where there is none. */
  grouping(name: string): GroupField | null;
  /** Finds the records that have a value of a field, or that of which it is derived. */
  present(name: string): Query;
}

/** Why something can't be done in an index. */
export interface Refused {
  refused: string;
}

/** How a detection is asked of an index. Where it is not `exact`, its query finds more, of which each is to be looked at again. */
export type Asked = { query: Query; exact: boolean } | Refused;

/** An index field whose values are groups, and the group of records that have none; null where these are in no group. */
export interface GroupField {
  field: string;
  missing: string | null;
}

/** A document as a search gives it. */
export interface FoundDocument {
  /** Epoch ms. */
  time: number;
  /** Values by index field. */
  fields: Record<string, unknown>;
  /** The parts of it that were asked for whole. */
  source: Record<string, unknown>;
}

export interface MatchReader {
  /** Index fields whose values are fetched. */
  fields: string[];
  /** Objects that are fetched whole, since their parts belong together. */
  objects: string[];
  /** The values of the fields that were asked for; null where a second look shows no match. */
  values(hit: FoundDocument): Match['values'] | null;
}

/** The values of a hit's index field. */
export function valuesIn(hit: FoundDocument, field: string): unknown[] {
  const list = hit.fields[field];
  return Array.isArray(list) ? list : [];
}
