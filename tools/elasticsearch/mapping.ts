import { setOwn } from '../content/map';
import type { estypes } from '@elastic/elasticsearch';
import type { Contract, FieldType } from '../telemetry/contract';
import { fieldsOf } from '../telemetry/contract';
import { holdersOf, isMappable, type FieldForm } from './names';

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
  /** The text of a record that can't be indexed as it is. */
  record: 'tollgate.record',
} as const;

/** Lists beside a record, each only where a query asks for it. */
export const LISTS = {
  /** The text of every value at any depth, for keywords. */
  strings: 'tollgate.strings',
  /** Every name that is there, whatever its value, for `exists`. */
  names: 'tollgate.names',
  /** Every name of an object that holds a value at any depth, for `null`. */
  objects: 'tollgate.objects',
} as const;

/** What a query must know of a field: its contract's type, or that any value may stand there. */
export interface Known {
  type: FieldType | 'any';
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
function property(name: string, field: Known, needs: Needs | undefined): estypes.MappingProperty {
  const use = (index: string): { index: boolean; doc_values: boolean } => ({
    index: needs?.asked.has(index) ?? true,
    doc_values: needs?.columns.has(index) ?? true,
  });
  const text = { type: 'keyword', ignore_above: LONGEST_TEXT } as const;
  const forms: Record<FieldForm, estypes.MappingProperty> = {
    text: { ...text, ...use(`${name}.text`) },
    folded: { ...text, ...use(`${name}.folded`), normalizer: FOLDED },
    as_ip: { type: 'ip', ignore_malformed: true, ...use(`${name}.as_ip`) },
    as_number: { type: 'double', ignore_malformed: true, ...use(`${name}.as_number`) },
  };
  const fields: Record<string, estypes.MappingProperty> = Object.fromEntries(
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

type Index = Pick<estypes.IndicesCreateRequest, 'settings' | 'mappings'>;

/**
 * The index of one log source, with all forms of all fields, or with those that a run needs. A field that the contract
 * doesn't have rejects the document (`dynamic: strict`). Dotted keys and nested ones are the same; a null or a list may
 * stand wherever the names of fields have an object.
 */
export function indexFor(contract: Contract, needs?: Needs): Index {
  const properties = { ...DOCUMENT, ...listProperties(needs?.asked ?? new Set()) };
  for (const [name, field] of Object.entries(fieldsOf(contract)))
    setOwn(properties, name, property(name, field, needs));
  return { settings: { ...settingsFor(properties), ...OF_A_RUN }, mappings: { dynamic: 'strict', properties } };
}

/** The index of a run on records of which nothing is known: what `untypedIndex` has, and what we add to each document. */
export function untypedRunIndex(asked: ReadonlySet<string>): Index {
  const { settings, mappings } = untypedIndex(asked);
  return {
    settings: { ...settings, ...OF_A_RUN },
    mappings: { ...mappings, properties: { ...DOCUMENT, ...mappings?.properties } },
  };
}

/**
 * The index of records of which nothing is known, for queries that ask these fields (`Compiled.asks`). It takes any
 * record, and indexes of it what is asked. Without `subobjects` a name may be a field and hold others too, in one record
 * or in two; the names of objects must be known, or lists of such objects would be passed over.
 */
export function untypedIndex(asked: ReadonlySet<string>): Index {
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

/** What we add to each document of a run. */
const DOCUMENT: Record<string, estypes.MappingProperty> = {
  [OWN.n]: { type: 'long', index: false },
  [OWN.time]: { type: 'long', index: false },
  [OWN.ingested]: { type: 'long', index: false },
  [OWN.odd]: { type: 'keyword', doc_values: false },
  [OWN.record]: { type: 'keyword', index: false, doc_values: false },
};

function listProperties(asked: ReadonlySet<string>): Record<string, estypes.MappingProperty> {
  const properties: Record<string, estypes.MappingProperty> = {};
  for (const name of Object.values(LISTS)) {
    const forms = [name, `${name}.folded`];
    if (!forms.some((form) => asked.has(form))) continue;
    properties[name] = property(name, UNKNOWN, { asked, columns: new Set() });
  }
  return properties;
}

/** What the mapping can't do without; how an index is kept and refreshed is for whoever runs it. */
function settingsFor(properties: Record<string, estypes.MappingProperty>): Index['settings'] {
  const fields = Object.values(properties).reduce(
    (sum, { fields: forms = {} }) => sum + 1 + Object.keys(forms).length,
    0,
  );
  return {
    'index.mapping.total_fields.limit': Math.max(10_000, 2 * fields),
    analysis: { normalizer: { [FOLDED]: { type: 'custom', filter: ['lowercase'] } } },
  };
}

/** The most hits that one answer may hold. */
export const LARGEST_PAGE = 20_000;

/** These indices live as long as one run, which refreshes them itself; a crash loses the run, so no write waits for the disk. */
const OF_A_RUN: Index['settings'] = {
  number_of_shards: 1,
  number_of_replicas: 0,
  refresh_interval: '-1',
  'index.translog.durability': 'async',
  'index.max_result_window': LARGEST_PAGE,
};
