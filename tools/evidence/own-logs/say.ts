import ipaddr from 'ipaddr.js';
import { NONE, type Query } from '@tollgate/sigma-elasticsearch/query';
import { foldCase } from '@tollgate/sigma/values/fold';
import { Failure } from '../../foundation/content/failure';

/** An index field, as a cluster has it. */
export interface Place {
  field: string;
  type: string;
  /** The contract's values, and the index's for them. */
  values: Record<string, string> | null;
}

/** One condition on one field. */
export interface Clause {
  kind: 'term' | 'terms' | 'prefix' | 'wildcard' | 'regexp' | 'range';
  value: { value?: string | number; [key: string]: unknown };
  /** Case doesn't matter; the value is folded. */
  folded: boolean;
  /** It is about an address, and its value may be a network. */
  address: boolean;
}

const TRUTHS = ['true', 'false'];
const WHOLE = new Set(['long', 'integer', 'short', 'byte', 'unsigned_long']);
const NUMBERS = new Set([...WHOLE, 'double', 'float', 'half_float', 'scaled_float']);

/**
 * A condition as a query on a field of another type; null where none can say it. Throws a `Failure` (1) where the index has nothing that
 * stands for its value.
 */
export function sayIn(place: Place, clause: Clause): Query | null {
  const { kind, value, address } = clause;
  if (address) return place.type === 'ip' ? ({ [kind]: { [place.field]: value } } as unknown as Query) : null;
  if (kind === 'range') return NUMBERS.has(place.type) ? ({ range: { [place.field]: value } } as Query) : null;
  if (place.values !== null) return kind === 'term' ? sayConverted(place, String(value.value)) : null;
  switch (place.type) {
    case 'keyword':
      return sayText(place.field, clause);
    case 'flattened':
      // Of its parts no cluster answers patterns.
      return kind === 'term' || kind === 'prefix' ? sayText(place.field, clause) : null;
    case 'ip':
      return kind === 'term' ? sayExactly(place.field, value.value, ipaddr.isValid(String(value.value))) : null;
    case 'boolean':
      return kind === 'term' ? sayExactly(place.field, value.value, TRUTHS.includes(String(value.value))) : null;
    default:
      if (!NUMBERS.has(place.type) || kind !== 'term') return null;
      return sayExactly(place.field, value.value, isNumberOf(place.type, String(value.value)));
  }
}

/** A value that the field's type can't have is in no record. */
function sayExactly(field: string, value: string | number | undefined, isPossible: boolean): Query {
  return isPossible ? { term: { [field]: { value: value! } } } : NONE;
}

function isNumberOf(type: string, text: string): boolean {
  return WHOLE.has(type) ? /^-?\d{1,18}$/.test(text) : /^-?\d+(?:\.\d+)?$/.test(text);
}

function sayText(field: string, { kind, value, folded }: Clause): Query | null {
  if (!folded) return { [kind]: { [field]: value } } as unknown as Query;
  // The cluster folds letters of ASCII only.
  if (/[^\p{ASCII}]/u.test(String(value.value))) return null;
  return { [kind]: { [field]: { ...value, case_insensitive: true } } } as unknown as Query;
}

function sayConverted({ field, values }: Place, text: string): Query {
  const known = Object.keys(values!).find((one) => one === text || foldCase(one) === text);
  if (known === undefined) throw new Failure(1, `nothing is known that stands for the value '${text}' in ${field}`);
  return { term: { [field]: { value: values![known]! } } };
}
