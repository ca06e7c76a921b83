import type { estypes } from '@elastic/elasticsearch';
import type { Contract, Field, FieldType } from '../telemetry/contract';
import { fieldsOf } from '../telemetry/contract';

/**
 * The longest text that is indexed, in UTF-16 units: each takes 3 bytes at most, and Lucene takes terms of 32,766 bytes.
 * A longer one stays in the document, which then names the field in `_ignored`; such documents are judged in memory.
 */
export const LONGEST_TEXT = 10_922;

/** Ours in every document, beside the record: what the engine needs and no rule can read. */
export const OWN = {
  /** The event's number. */
  n: 'tollgate.n',
  /** When it happened and when it was delivered, epoch ms. */
  time: 'tollgate.time',
  ingested: 'tollgate.ingested',
  /** What the index cannot tell about this document: see `Oddity`. */
  odd: 'tollgate.odd',
} as const;

/**
 * `null`: holds a null, an empty list or an empty object, which leave no trace in an index.
 * `text`: holds characters that an index may not keep or fold as we do.
 */
export type Oddity = 'null' | 'text';

/** Name of the normalizer that folds case code point by code point, as `foldCase` does. */
const FOLDED = 'folded';

/** How an index field is asked for. */
export function casedField(name: string, field: Field): string {
  return formsOf(field.type).includes('text') ? `${name}.text` : name;
}

/** Numbers and booleans have no capitals in them, so they need no folded form. */
export function foldedField(name: string, field: Field): string {
  return formsOf(field.type).includes('folded') ? `${name}.folded` : `${name}.text`;
}

export function addressField(name: string): string {
  return `${name}.ip`;
}

/** What a run needs of an index: the fields that its queries ask, and the columns that its matches are read from. */
export interface Needs {
  asked: ReadonlySet<string>;
  columns: ReadonlySet<string>;
}

/**
 * One field, with those of its forms that are needed: an index of everything takes twice as long to build. A value that
 * is not what the contract says never rejects its document: it is named in `_ignored` instead.
 */
function property(name: string, field: Field, needs: Needs | undefined): estypes.MappingProperty {
  const use = (index: string): { index: boolean; doc_values: boolean } => ({
    index: needs?.asked.has(index) ?? true,
    doc_values: needs?.columns.has(index) ?? true,
  });
  const text = { type: 'keyword', ignore_above: LONGEST_TEXT } as const;
  const forms: Record<Form, estypes.MappingProperty> = {
    text: { ...text, ...use(`${name}.text`) },
    folded: { ...text, ...use(`${name}.folded`), normalizer: FOLDED },
    ip: { type: 'ip', ignore_malformed: true, ...use(`${name}.ip`) },
  };
  const fields: Record<string, estypes.MappingProperty> = Object.fromEntries(
    formsOf(field.type)
      .filter(
        (form) => needs === undefined || needs.asked.has(`${name}.${form}`) || needs.columns.has(`${name}.${form}`),
      )
      .map((form) => [form, forms[form]]),
  );
  switch (field.type) {
    case 'keyword':
    case 'ip':
      return { ...text, ...use(name), fields };
    case 'long':
    case 'double':
      // Without coercion a numeric string is not made a number, nor a fraction whole, by rules of Elasticsearch's own.
      return { type: field.type, coerce: false, ignore_malformed: true, ...use(name), fields };
    case 'boolean':
    case 'date':
      return { type: field.type, ignore_malformed: true, ...use(name), fields };
    default:
      return field.type satisfies never;
  }
}

/** A further form in which a value is indexed beside its own type, as a subfield. */
type Form = 'text' | 'folded' | 'ip';

function formsOf(type: FieldType): Form[] {
  switch (type) {
    case 'keyword':
      return ['folded'];
    case 'ip':
      return ['folded', 'ip'];
    case 'date':
      return ['text', 'folded'];
    case 'long':
    case 'double':
    case 'boolean':
      return ['text'];
    default:
      return type satisfies never;
  }
}

/**
 * The index of one log source, with all forms of all fields, or with those that a run needs. A field that the contract
 * doesn't have rejects the document (`dynamic: strict`). Dotted keys and nested ones are the same; a null or a list may
 * stand wherever the names of fields have an object.
 */
export function indexFor(
  contract: Contract,
  needs?: Needs,
): Pick<estypes.IndicesCreateRequest, 'settings' | 'mappings'> {
  const properties: Record<string, estypes.MappingProperty> = {
    [OWN.n]: { type: 'long', index: false },
    [OWN.time]: { type: 'long', index: false },
    [OWN.ingested]: { type: 'long', index: false },
    [OWN.odd]: { type: 'keyword', doc_values: false },
  };
  for (const [name, field] of Object.entries(fieldsOf(contract))) properties[name] = property(name, field, needs);
  return {
    settings: {
      number_of_shards: 1,
      number_of_replicas: 0,
      refresh_interval: '-1',
      // These indices live as long as one run: a crash loses the run, so no write waits for the disk.
      'index.translog.durability': 'async',
      'index.max_result_window': LARGEST_PAGE,
      'index.mapping.total_fields.limit': 10_000,
      analysis: { normalizer: { [FOLDED]: { type: 'custom', filter: ['lowercase'] } } },
    },
    mappings: { dynamic: 'strict', properties },
  };
}

/** The most hits that one answer may hold. */
export const LARGEST_PAGE = 20_000;
