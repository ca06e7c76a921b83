/** How a field is known: read in the vendor's pages, told by others, or not verified (which caps a rule's status). */
export type Evidence = 'documented' | 'third_party' | 'unverified';

/** `keyword` is any string; `ip` a textual address; `date` an ISO 8601 string. */
export type FieldType = 'keyword' | 'ip' | 'long' | 'double' | 'boolean' | 'date';

export interface Field {
  type: FieldType;
  meaning: string;
  evidence: Evidence;
  /** The record holds a list of these. */
  list?: boolean;
  /** May be absent or null in a record. */
  optional?: boolean;
  /** Every value that the vendor documents, where the list is closed. */
  values?: (string | number)[];
  /** Name in the Elastic Common Schema, where there is one. */
  ecs?: string;
}

/** How a derived field is computed while ingesting. `from` is a field of the record. */
export type Derivation =
  | { how: 'country'; from: string }
  | { how: 'block'; from: string }
  | { how: 'suffix'; from: string }
  | { how: 'number'; from: string }
  | { how: 'copy'; from: string };

export interface DerivedField extends Field {
  derive: Derivation;
}

/** What one log source documents (design, section 4). Loaded from `schemas/telemetry/<id>.yml`. */
export interface Contract {
  id: string;
  title: string;
  /** What it sees, in two sentences. */
  description: string;
  logsource: { category?: string; product?: string; service?: string };
  references: string[];
  enabled: { byDefault: boolean; how: string };
  /** ISO 8601 durations, such as `PT5M`. */
  delay: { typical: string; worst: string };
  retention: string;
  /** The record's own time field; `@timestamp` is computed from it. */
  time: { field: string; format: 'iso8601' | 'epoch_millis' | 'sns' };
  /** Fields that name the asset, the acting identity and the destination; `null` where the source has none. */
  roles: { asset: string; identity: string | null; destination: string | null };
  fields: Record<string, Field>;
  derived: Record<string, DerivedField>;
  /** What the source never logs and the reader must know. */
  never: string[];
  /** The vendor's documented example record, which must satisfy this contract. */
  example: Record<string, unknown>;
}

/** Fields that every event has, whatever its source. */
export const COMMON_FIELDS: Record<string, Field> = {
  '@timestamp': { type: 'date', meaning: 'When it happened', evidence: 'documented', ecs: '@timestamp' },
  'event.ingested': { type: 'date', meaning: 'When the log delivered it', evidence: 'documented', ecs: 'event.ingested' },
};

/** All fields a rule on this source may use: the record's, the derived ones and the common ones. */
export function fieldsOf(contract: Contract): Record<string, Field> {
  return { ...COMMON_FIELDS, ...contract.fields, ...contract.derived };
}
