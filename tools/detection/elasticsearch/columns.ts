import {
  fieldReader,
  isScalar,
  scalarAt,
  type Event,
  type FieldReader,
  type Scalar,
} from '@tollgate/sigma/values/event';
import type { Match } from '@tollgate/sigma/correlate/match';
import type { Field, FieldType } from '../../telemetry/contract';
import { casedField, LONGEST_TEXT } from '@tollgate/sigma-elasticsearch/mapping';
import type { Hit } from './search';
import { isWellFormed } from '@tollgate/sigma-elasticsearch/text';

/**
 * Which fields of one log source can be read back from the index's columns (doc values), which is twice as fast as from
 * the documents. A column sorts and deduplicates a list, and makes a number in a string field a string; so a field
 * qualifies as long as every event held one value of the contract's own type, or none.
 */
export class Columns {
  private readonly fit = new Map<string, { field: Field; read: FieldReader }>();

  constructor(names: Iterable<string>, fields: Record<string, Field>) {
    for (const name of names) {
      const field = fields[name];
      if (field !== undefined && field.list !== true) this.fit.set(name, { field, read: fieldReader(name) });
    }
  }

  /** Those that still qualify, of all that were asked for; `keepOnly` says it of events that were looked at before. */
  names(): string[] {
    return [...this.fit.keys()];
  }

  keepOnly(names: ReadonlySet<string>): void {
    for (const name of this.fit.keys()) if (!names.has(name)) this.fit.delete(name);
  }

  /** Looks at an event on its way to the index. */
  observe(event: Event): void {
    for (const [name, { field, read }] of this.fit) {
      const values = read(event);
      if (values.length === 0) continue;
      const scalars = values.length === 1 ? values : values.filter(isScalar);
      if (scalars.length > 1 || (isScalar(scalars[0]) && !isPlain(scalars[0], field.type))) this.fit.delete(name);
    }
  }

  /** All doc-value fields that a match may be read from. */
  all(): string[] {
    return [...this.fit.keys()].map((name) => this.column(name)!);
  }

  /** The doc-value fields that hold these fields; undefined where any of them must be read from the document. */
  of(names: string[]): string[] | undefined {
    const columns = names.map((name) => this.column(name));
    return columns.includes(undefined) ? undefined : (columns as string[]);
  }

  /** A match from a hit whose columns were asked for. */
  match(hit: Hit, names: string[]): Match {
    const values = names.map((name) => (hit.columns[this.column(name)!]?.[0] ?? null) as Scalar | null);
    return { event: hit.n, time: hit.time, ingested: hit.ingested, values };
  }

  private column(name: string): string | undefined {
    const field = this.fit.get(name)?.field;
    if (field === undefined) return undefined;
    return field.type === 'keyword' || field.type === 'ip' || field.type === 'date' ? casedField(name, field) : name;
  }
}

function isPlain(value: Scalar, type: FieldType): boolean {
  switch (type) {
    case 'keyword':
    case 'ip':
    case 'date':
      return typeof value === 'string' && value.length <= LONGEST_TEXT && isWellFormed(value);
    case 'long':
      return Number.isSafeInteger(value);
    case 'double':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    default:
      return type satisfies never;
  }
}

/** A match from a hit whose record was fetched. */
export function matchFrom(hit: Hit, event: Event, names: string[]): Match {
  const values = names.map((name) => scalarAt(event, name));
  return { event: hit.n, time: hit.time, ingested: hit.ingested, values };
}
