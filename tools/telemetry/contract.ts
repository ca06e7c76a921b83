/** How a field is known: read in the vendor's pages, told by others, or not verified (which caps a rule's status). */
export type Evidence = 'documented' | 'third_party' | 'unverified';

/** `keyword` is any string; `ip` a textual address; `date` an ISO 8601 string. */
export type FieldType = 'keyword' | 'ip' | 'long' | 'double' | 'boolean' | 'date';

/** What a raw field can tell of a campaign; a scenario names those by which it stands out. The contract's schema says what each means. */
export type Signal =
  'number' | 'country' | 'client' | 'agent' | 'fingerprint' | 'verdict' | 'attempt' | 'channel' | 'outcome' | 'caller';

/** Some values of a field, and where they are documented. */
export interface KnownValues {
  of: Literal[];
  /** One of the contract's references, or `contract` where it lays them down itself; only what is unverified has none. */
  source?: string;
  /** `documented` where it is left out. */
  evidence?: Evidence;
}

export type Literal = string | number | boolean;

export interface Field {
  type: FieldType;
  meaning: string;
  evidence: Evidence;
  /** The record holds a list of these. */
  list?: boolean;
  /** May be absent or null in a record. */
  optional?: boolean;
  /**
   * The values that are known, with their sources; `site`: they are the site's own, such as its hosts and paths; `amount`: a quantity,
   * whose threshold is a rule's own.
   */
  values?: KnownValues[] | 'site' | 'amount';
  /** There are more values than the list has. */
  others?: boolean;
  /** Name in the Elastic Common Schema, where there is one. */
  ecs?: string;
  /** `time`: it holds when something happened, in whatever form. */
  tells?: Signal | 'time';
}

/**
 * How a derived field is computed while ingesting. `from` is a field of the record, a derived field above it, or a path listed in
 * `Contract.entries` or `Contract.objectLists`. Where the value can't be computed the event does not get the field.
 */
export type Derivation =
  /** ISO 3166-1 country of an E.164 number's prefix; the number less its last four digits; less its last six; its last four digits. */
  | { how: 'country' | 'block' | 'range' | 'suffix'; from: string }
  /** A decimal number that the record holds as text. */
  | { how: 'number'; from: string }
  | { how: 'copy'; from: string }
  /** An address without the name of its channel and the colon: the number of `whatsapp:+14155550100`, and of a number alone itself. */
  | { how: 'address'; from: string }
  /** The value of `from`, or else the first value of `or`. */
  | { how: 'first'; from: string; or: string }
  /** Of a list of objects, or of one object, `from` of the first whose `by` is `is`, in whatever case; both are fields of these objects. */
  | { how: 'picked'; from: string; by: string; is: string }
  /**
   * The product that an account or host belongs to, by the site's own table; what it does not hold stays as it is. The first of the
   * fields that holds a text decides, or else the contract's id, so that no event lacks an asset; one that a record came with stays.
   * Where only some of the records that lack a field have the next one, that is none to fall back on: one product would be taken for two.
   */
  | { how: 'asset'; from?: string | string[] }
  /** Names of the entries whose value changed to `to`. */
  | { how: 'changed'; from: string; to: string }
  /** Each entry as `name:previous>updated`, since the parts of one entry can't be told from those of another once indexed. */
  | { how: 'pairs'; from: string }
  /** What follows a prefix in the first `{name}` of a list of objects whose name begins with it. */
  | { how: 'after'; from: string; prefix: string };

export interface DerivedField extends Field {
  derive: Derivation;
}

/** The fields that name an asset, in the order in which they are looked at. */
export function assetFields({ from = [] }: Derivation & { how: 'asset' }): string[] {
  return [from].flat();
}

/** What one log source documents. Loaded from `schemas/telemetry/<id>.yml`. */
export interface Contract {
  id: string;
  title: string;
  /** What it sees, in two sentences. */
  description: string;
  logsource: { category?: string; product?: string; service?: string };
  references: string[];
  enabled: { byDefault: boolean; how: string };
  /** Markdown for the source's page, below how to turn it on. */
  guide?: string;
  /** ISO 8601 durations, such as `PT5M`. */
  delay: { typical: string; worst: string; evidence: Evidence };
  retention: string;
  /** The record's own time field; `@timestamp` is computed from it. */
  time: { field: string; format: 'iso8601' | 'epoch_millis' | 'sns' };
  /** Fields that name the asset, the acting identity and the destination; `null` where the source has none. */
  roles: { asset: string; identity: string | null; destination: string | null };
  /** Fields that tell which step of a flow a record is of. A scenario decides which steps are taken, so the audit compares records of one. */
  step: string[];
  /** Paths that hold a list of objects; the fields below them are lists to a rule. */
  objectLists?: string[];
  /**
   * Paths where the vendor's record has a map with data for keys, `{<name>: {previous, updated}}`. While ingesting it
   * becomes a list of `{name, previous, updated}`, and `fields` describe that list.
   */
  entries?: string[];
  fields: Record<string, Field>;
  derived: Record<string, DerivedField>;
  /** What the source never logs and the reader must know. */
  never: string[];
  /** Where sources contradict each other, or where nobody could verify what is assumed here. */
  doubts?: string[];
  /** The vendor's documented example record, which must satisfy this contract. */
  example: Record<string, unknown>;
  /** In which forms its records are delivered, by their ids; the first that fits a record is its. */
  forms?: Record<string, Form>;
}

/**
 * How a vendor delivers records of a source, where that is not the contract's own shape: as rows of a table, in an envelope, or with
 * other names. A form without `record`, `fields` and `yields` is the contract's own shape, or one that differs from it by what it lacks.
 */
export interface Form {
  title: string;
  /** Where the vendor, or somebody who has such records, shows them. */
  reference: string;
  evidence: Evidence;
  /** How it is written, where it is no JSON: a table with a header, lines of columns, or the same with the columns named in the file. */
  layout?: 'csv' | 'columns' | 'w3c';
  /** Of lines of columns, their names in order; more may follow. */
  columns?: string[];
  /** What shows that something delivered is of this form. */
  when: Conditions;
  /** It is of the source's delivery and no record, such as a control message. */
  skip?: true;
  /** Where the record lies in what is delivered; a text there is JSON. */
  record?: string;
  /** Whatever `fields` does not name stays as it is. */
  passes?: true;
  /** The contract's fields, or lists of objects of them, and where their values are. */
  fields?: Record<string, FormValue>;
  /** Where one record stands for several events: what each has beside `fields`. */
  yields?: { when?: Conditions; fields: Record<string, FormValue> }[];
  /** The contract's fields that it does not have, of those that it passes. */
  lacks?: string[];
  /** As it is delivered, with values that belong to nobody: a map, or the text with its header. */
  example?: Record<string, unknown> | string;
}

/** A path → that there is a value, or none, or texts one of which the value is; `*` in them stands for any characters. */
export type Conditions = Record<string, boolean | string | string[]>;

/** Where a value is: a path, or more about it. */
export type FormValue =
  | string
  | { is: string | number | boolean }
  | { list: Record<string, string>[] }
  | {
      /** The first of these paths that has a value, or, with `joined`, the values of all with a space between. */
      from: string | string[];
      joined?: true;
      /** Texts that stand for no value. */
      none?: string[];
      /** Its text → what the contract calls it. */
      values?: Record<string, string | number | boolean>;
      as?: Conversion;
      prefix?: string;
    };

/**
 * `time`: a time in any of the usual forms, made the contract's. `address`: an address without its port. `decoded`: percent-encoding
 * undone. The others of HTTP take a part of a request line, such as `GET https://app.example/path?query HTTP/1.1`.
 */
export type Conversion =
  | 'text'
  | 'long'
  | 'double'
  | 'boolean'
  | 'time'
  | 'upper'
  | 'lower'
  | 'address'
  | 'decoded'
  | 'method'
  | 'host'
  | 'path'
  | 'query'
  | 'version';

/** Fields that every event has, whatever its source. */
export const COMMON_FIELDS: Record<string, Field> = {
  '@timestamp': { type: 'date', meaning: 'When it happened', evidence: 'documented', ecs: '@timestamp' },
  'event.ingested': {
    type: 'date',
    meaning: 'When the log delivered it',
    evidence: 'documented',
    ecs: 'event.ingested',
  },
};

/** All fields a rule on this source may use: the record's, the derived ones and the common ones. */
export function fieldsOf(contract: Contract): Record<string, Field> {
  return { ...COMMON_FIELDS, ...contract.fields, ...contract.derived };
}
