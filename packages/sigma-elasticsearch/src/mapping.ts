import { setOwn } from '@tollgate/sigma/values/map';
import { holdersOf, isMappable, type FieldForm } from './names';

/**
 * The longest text that is indexed, in UTF-16 units: each takes 3 bytes at most, and Lucene takes terms of 32,766 bytes.
 * A longer one stays in the document, which then names the field in `_ignored`; such documents are judged in memory.
 */
export const LONGEST_TEXT = 10_922;

/** Lists beside a record, each only where a query asks for it. */
export const LISTS = {
  /** The text of every value at any depth, for keywords. */
  strings: 'tollgate.strings',
  /** Every name that is there, whatever its value, for `exists`. */
  names: 'tollgate.names',
  /** Every name of an object that holds a value at any depth, for `null`. */
  objects: 'tollgate.objects',
} as const;

/** `keyword` is any string; `ip` a textual address; `date` an ISO 8601 string. */
export type IndexFieldType = 'keyword' | 'ip' | 'long' | 'double' | 'boolean' | 'date';

/** What a query must know of a field: the type of its values, or that any value may stand there. */
export interface Known {
  type: IndexFieldType | 'any';
}

/** The fields of an index by their names, dots in them, of which each is mapped with its forms. */
export type IndexFields = Record<string, { type: IndexFieldType }>;

/** One field of a mapping. */
export interface MappedField {
  type: 'keyword' | 'ip' | 'long' | 'double' | 'boolean' | 'date';
  index?: boolean;
  doc_values?: boolean;
  ignore_above?: number;
  ignore_malformed?: boolean;
  coerce?: boolean;
  normalizer?: string;
  fields?: Record<string, MappedField>;
}

/** The body with which an index is made. */
export interface IndexBody {
  settings: Record<string, unknown>;
  mappings: { dynamic: false | 'strict'; subobjects?: false; properties: Record<string, MappedField> };
}

export const UNKNOWN: Known = { type: 'any' };

/** Name of the normalizer that folds case code point by code point, as `foldCase` does. */
const FOLDED = 'folded';

/** How an index field is asked for. */
export function casedField(name: string, field: Known): string {
  return formsOf(field.type).includes('text') ? `${name}.text` : name;
}

/** Numbers and booleans have no capitals in them, so they need no folded form. */
export function foldedField(name: string, field: Known): string {
  return formsOf(field.type).includes('folded') ? `${name}.folded` : `${name}.text`;
}

export function addressField(name: string): string {
  return `${name}.as_ip`;
}

export function numberField(name: string): string {
  return `${name}.as_number`;
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
function property(name: string, field: Known, needs: Needs | undefined): MappedField {
  const use = (index: string): { index: boolean; doc_values: boolean } => ({
    index: needs?.asked.has(index) ?? true,
    doc_values: needs?.columns.has(index) ?? true,
  });
  const text = { type: 'keyword', ignore_above: LONGEST_TEXT } as const;
  const forms: Record<FieldForm, MappedField> = {
    text: { ...text, ...use(`${name}.text`) },
    folded: { ...text, ...use(`${name}.folded`), normalizer: FOLDED },
    as_ip: { type: 'ip', ignore_malformed: true, ...use(`${name}.as_ip`) },
    as_number: { type: 'double', ignore_malformed: true, ...use(`${name}.as_number`) },
  };
  const fields: Record<string, MappedField> = Object.fromEntries(
    formsOf(field.type)
      .filter(
        (form) => needs === undefined || needs.asked.has(`${name}.${form}`) || needs.columns.has(`${name}.${form}`),
      )
      .map((form) => [form, forms[form]]),
  );
  switch (field.type) {
    case 'any':
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

function formsOf(type: Known['type']): FieldForm[] {
  switch (type) {
    case 'keyword':
      return ['folded'];
    case 'ip':
      return ['folded', 'as_ip'];
    case 'any':
      return ['folded', 'as_ip', 'as_number'];
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
 * The index of records whose fields are known, with all forms of them, or with those that are needed. A field that is not among
 * them rejects the document (`dynamic: strict`). Dotted keys and nested ones are the same; a null or a list may stand wherever the
 * names of fields have an object. `lists` are asked for as `untypedIndex` has them.
 */
export function typedIndex(fields: IndexFields, needs?: Needs): IndexBody {
  const properties = listProperties(needs?.asked ?? new Set());
  for (const [name, field] of Object.entries(fields)) setOwn(properties, name, property(name, field, needs));
  return { settings: settingsFor(properties), mappings: { dynamic: 'strict', properties } };
}

/**
 * The index of records of which nothing is known, for queries that ask these fields (`Compiled.asks`). It takes any
 * record, and indexes of it what is asked. Without `subobjects` a name may be a field and hold others too, in one record
 * or in two; the names of objects must be known, or lists of such objects would be passed over.
 */
export function untypedIndex(asked: ReadonlySet<string>): IndexBody {
  const properties = listProperties(asked);
  const names = new Set(
    [...asked]
      .filter((name) => !name.startsWith('tollgate.'))
      .map(withoutForm)
      .filter(isMappable),
  );
  const needs = { asked, columns: new Set<string>() };
  for (const name of names) setOwn(properties, name, property(name, UNKNOWN, needs));
  for (const name of holdersOf(names)) setOwn(properties, name, { type: 'keyword', index: false, doc_values: false });
  return { settings: settingsFor(properties), mappings: { dynamic: false, subobjects: false, properties } };
}

function withoutForm(index: string): string {
  return index.replace(/\.(?:folded|as_ip|as_number)$/, '');
}

function listProperties(asked: ReadonlySet<string>): Record<string, MappedField> {
  const properties: Record<string, MappedField> = {};
  for (const name of Object.values(LISTS)) {
    const forms = [name, `${name}.folded`];
    if (!forms.some((form) => asked.has(form))) continue;
    properties[name] = property(name, UNKNOWN, { asked, columns: new Set() });
  }
  return properties;
}

/** What the mapping can't do without; how an index is kept and refreshed is for whoever runs it. */
function settingsFor(properties: Record<string, MappedField>): IndexBody['settings'] {
  const fields = Object.values(properties).reduce(
    (sum, { fields: forms = {} }) => sum + 1 + Object.keys(forms).length,
    0,
  );
  return {
    'index.mapping.total_fields.limit': Math.max(10_000, 2 * fields),
    analysis: { normalizer: { [FOLDED]: { type: 'custom', filter: ['lowercase'] } } },
  };
}
