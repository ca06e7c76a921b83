import { casedField, addressField, foldedField } from '@tollgate/sigma-elasticsearch/mapping';
import type { Query } from '@tollgate/sigma-elasticsearch/query';
import { indexPattern } from '../../export/elastic/names';
import { fieldsOf, type Contract, type Field } from '../../telemetry/contract';

/** Where and under which names a source's records live in a cluster. */
export interface IndexShape {
  /** As reports name the form: `contract`, or the platform. */
  name: string;
  /** Index or pattern. */
  index: string;
  /** The fields as a detection is compiled with them. */
  fields: Record<string, Field>;
  /** Every index field that may be asked. */
  indexFields: string[];
  /** The index field for one that a compiled query asks; null where there is none. */
  translated(name: string): string | null;
  /** The index field that has a field's values as they are; null where there is none. */
  column(name: string): string | null;
  /** A compiled query, in the index's own names. */
  rewrite(query: Query): Query;
}

/** The indices that the export to Elastic makes, or others of the same fields. */
export function contractShape(contract: Contract, index = indexPattern(contract)): IndexShape {
  const fields = fieldsOf(contract);
  const column = (name: string): string | null => {
    const field = Object.hasOwn(fields, name) ? fields[name]! : null;
    return field && (field.type === 'date' ? casedField(name, field) : name);
  };
  const forms = (name: string, field: Field): string[] => [
    name,
    casedField(name, field),
    foldedField(name, field),
    ...(field.type === 'ip' ? [addressField(name)] : []),
  ];
  return {
    name: 'contract',
    index,
    fields,
    indexFields: [...new Set(Object.entries(fields).flatMap(([name, field]) => forms(name, field)))],
    translated: (name) => name,
    column,
    rewrite: (query) => query,
  };
}

/** Where a source's records may be: in an index that is named, or where the exports put them. */
export function shapesOf(contract: Contract, index?: string): IndexShape[] {
  return [contractShape(contract, index)];
}
