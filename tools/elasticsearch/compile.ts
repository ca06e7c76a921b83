import type { estypes } from '@elastic/elasticsearch';
import type { Expr, PatternPart, Plan, Test } from '../sigma/plan';
import type { Field } from '../telemetry/contract';
import { foldCase } from '../telemetry/fold';
import { addressField, casedField, foldedField, type Oddity } from './mapping';
import { toLucene } from './regexp';
import { isWellFormed } from './text';

export type Query = NonNullable<estypes.QueryDslQueryContainer>;

export interface Compiled {
  query: Query;
  /**
   * `exact`: finds the events that the plan means; `over`: all of those and perhaps more, so its hits are to be checked
   * again. Either way apart from the documents that `reads` and `odd` name.
   */
  bound: 'exact' | 'over';
  /** Index fields that the query asks. */
  asks: string[];
  /** Those that hold every value: a document that names one of these in `_ignored` is to be checked itself. */
  reads: string[];
  /** A document with one of these is to be checked itself. */
  odd: Oddity[];
}

/** Compiles a plan for the index of a contract (`indexFor`), whose `fields` it needs. */
export function compileQuery(plan: Plan, fields: Record<string, Field>): Compiled {
  const compiler = new Compiler(fields);
  const { query, exact } = compiler.expr(plan.expr, 'over');
  return {
    query,
    bound: exact ? 'exact' : 'over',
    asks: [...compiler.reads, ...compiler.addresses].sort(),
    reads: [...compiler.reads].sort(),
    odd: [...compiler.odd].sort(),
  };
}

/** A query, and whether it is exact; where it isn't, it errs to the side that was asked for. */
interface Part {
  query: Query;
  exact: boolean;
}

/** To which side a query may err: more events than meant, or fewer. A `not` turns it round. */
type Side = 'over' | 'under';

export const ALL: Query = { match_all: {} };
export const NONE: Query = { match_none: {} };

class Compiler {
  readonly reads = new Set<string>();
  /** What is no address is in no network, so a value that was ignored for that needs no second look. */
  readonly addresses = new Set<string>();
  /** No text that isn't well-formed Unicode is in the index as it is in the document. */
  readonly odd = new Set<Oddity>(['text']);

  constructor(private readonly fields: Record<string, Field>) {}

  expr(expr: Expr, side: Side): Part {
    switch (expr.op) {
      case 'and': {
        const parts = expr.all.map((each) => this.expr(each, side));
        return { query: both(parts.map((part) => part.query)), exact: parts.every((part) => part.exact) };
      }
      case 'or': {
        const parts = expr.any.map((each) => this.expr(each, side));
        return { query: either(parts.map((part) => part.query)), exact: parts.every((part) => part.exact) };
      }
      case 'not': {
        const { query, exact } = this.expr(expr.expr, side === 'over' ? 'under' : 'over');
        return { query: without(query), exact };
      }
      case 'test':
        return this.test(expr.test, side);
      default:
        return expr satisfies never;
    }
  }

  private test(test: Test, side: Side): Part {
    switch (test.kind) {
      case 'pattern':
        return test.field === null ? this.keyword(test, side) : this.pattern(test, test.field);
      case 'regex':
        return this.regex(test, side);
      case 'exists': {
        // Nulls and empty lists are present too, and leave no trace in the index.
        this.odd.add('null');
        return this.presence(test.field, test.present, side);
      }
      case 'null':
        return this.presence(test.field, false, side);
      case 'number':
        return this.number(test, side);
      case 'boolean':
        return this.on(test.field, (field) => this.term(this.folded(test.field, field), String(test.value)));
      case 'cidr':
        return this.cidr(test, side);
      case 'time':
        return this.atMost([test.field], side);
      case 'ref':
        return this.atMost([test.field, test.other], side);
      default:
        return test satisfies never;
    }
  }

  private pattern(test: Extract<Test, { kind: 'pattern' }>, name: string): Part {
    return this.on(name, (field) => {
      const [index, parts] = this.patternOn(test, name, field);
      return patternQuery(index, parts, () => this.term(index, ''));
    });
  }

  private patternOn(test: Extract<Test, { kind: 'pattern' }>, name: string, field: Field): [string, PatternPart[]] {
    if (test.cased) return [this.cased(name, field), test.parts];
    const parts = test.parts.map((part) => (typeof part === 'string' ? foldCase(part) : part));
    return [this.folded(name, field), parts];
  }

  /** A keyword looks at strings only, and the index can't tell a number's text from a string, so this asks for both. */
  private keyword(test: Extract<Test, { kind: 'pattern' }>, side: Side): Part {
    if (side === 'under') return { query: NONE, exact: false };
    const queries = Object.entries(this.fields).map(([name, field]) => {
      const [index, parts] = this.patternOn(test, name, field);
      return patternQuery(index, parts, () => this.term(index, ''));
    });
    return { query: either(queries), exact: false };
  }

  private regex(test: Extract<Test, { kind: 'regex' }>, side: Side): Part {
    const lucene = toLucene(test);
    const names = test.field === null ? Object.keys(this.fields) : [test.field];
    if (lucene === null) return this.atMost(names, side, 'any');
    if (test.field === null && side === 'under') return { query: NONE, exact: false };
    const queries = names.map(
      (name) =>
        this.on(name, (field) => ({ regexp: { [this.cased(name, field)]: { value: lucene, flags: 'NONE' } } })).query,
    );
    return { query: either(queries), exact: test.field !== null };
  }

  private number(test: Extract<Test, { kind: 'number' }>, side: Side): Part {
    const { op, value } = test;
    // Equality is that of the number's shortest text, by which numbers and numeric strings are the same.
    if (op === 'eq') return this.on(test.field, (field) => this.term(this.cased(test.field, field), String(value)));
    const field = this.fields[test.field];
    if (field !== undefined && field.type !== 'long' && field.type !== 'double') return this.atMost([test.field], side);
    return this.on(test.field, ({ type }) => {
      this.reads.add(test.field);
      // Elasticsearch refuses a bound that no long can have.
      if (type === 'double' || Math.abs(value) < 2 ** 63) return { range: { [test.field]: { [op]: value } } };
      return op.startsWith('l') === value > 0 ? { exists: { field: test.field } } : NONE;
    });
  }

  private cidr(test: Extract<Test, { kind: 'cidr' }>, side: Side): Part {
    const field = this.fields[test.field];
    if (field !== undefined && field.type !== 'ip') return this.atMost([test.field], side);
    const exact = this.on(test.field, () => {
      this.addresses.add(addressField(test.field));
      return { term: { [addressField(test.field)]: test.network } };
    });
    // Elasticsearch holds IPv4 addresses as IPv6 ones (::ffff:0:0/96), which a wide IPv6 network would take in.
    const wide = test.network.includes(':') && Number(test.network.split('/')[1]) < 96;
    if (!wide || side === 'over') return { ...exact, exact: !wide };
    return { query: NONE, exact: false };
  }

  /** For what a query can't say: every event in which all of the fields have a value, or, asked for fewer, no event. */
  private atMost(names: string[], side: Side, how: 'all' | 'any' = 'all'): Part {
    if (side === 'under') return { query: NONE, exact: false };
    const queries = names.map((name) => this.anyValue(name));
    return { query: how === 'all' ? both(queries) : either(queries), exact: false };
  }

  private anyValue(name: string): Query {
    return this.on(name, (field) => ({ exists: { field: this.cased(name, field) } })).query;
  }

  private presence(name: string, present: boolean, side: Side): Part {
    // An object that holds fields: the index doesn't know whether it was one, or their names had dots in them.
    const holder = Object.keys(this.fields).some((each) => each.startsWith(`${name}.`));
    if (holder) return { query: side === 'over' ? ALL : NONE, exact: false };
    const query = this.anyValue(name);
    return { query: present ? query : without(query), exact: true };
  }

  /** A field that the contract doesn't have is in no document of its index. */
  private on(name: string, query: (field: Field) => Query): Part {
    const field = this.fields[name];
    return { query: field === undefined ? NONE : query(field), exact: true };
  }

  private term(index: string, text: string): Query {
    return isWellFormed(text) ? { term: { [index]: { value: text } } } : NONE;
  }

  private cased(name: string, field: Field): string {
    return this.read(casedField(name, field));
  }

  private folded(name: string, field: Field): string {
    // A number's text is not folded; a string in its place, which is not its type, names the field in `_ignored`.
    if (foldedField(name, field) === casedField(name, field)) this.read(name);
    return this.read(foldedField(name, field));
  }

  private read(index: string): string {
    this.reads.add(index);
    return index;
  }
}

/** A pattern on one index field. Half a surrogate pair is in no text that is indexed as it is. */
function patternQuery(index: string, parts: PatternPart[], empty: () => Query): Query {
  if (parts.length === 0) return empty();
  if (parts.some((part) => typeof part === 'string' && !isWellFormed(part))) return NONE;
  const [first, second] = parts;
  if (typeof first === 'string' && parts.length === 1) return { term: { [index]: { value: first } } };
  if (typeof first === 'object' && first.wild === 'any' && parts.length === 1) return { exists: { field: index } };
  if (typeof first === 'string' && parts.length === 2 && typeof second === 'object' && second.wild === 'any') {
    return { prefix: { [index]: { value: first } } };
  }
  const value = parts.map((part) => (typeof part === 'string' ? escaped(part) : part.wild === 'any' ? '*' : '?'));
  return { wildcard: { [index]: { value: value.join('') } } };
}

function escaped(text: string): string {
  return text.replace(/[\\*?]/g, '\\$&');
}

/** The queries joined by `and`. */
export function both(queries: Query[]): Query {
  if (queries.includes(NONE)) return NONE;
  const real = queries.filter((query) => query !== ALL);
  if (real.length === 0) return ALL;
  return real.length === 1 ? real[0]! : { bool: { filter: real } };
}

/** The queries joined by `or`. */
export function either(queries: Query[]): Query {
  if (queries.includes(ALL)) return ALL;
  const real = queries.filter((query) => query !== NONE);
  if (real.length === 0) return NONE;
  return real.length === 1 ? real[0]! : { bool: { should: real, minimum_should_match: 1 } };
}

/** Every event that a query does not find. */
export function without(query: Query): Query {
  const bool = query.bool ?? {};
  const [negated, ...more] = [bool.must_not ?? []].flat();
  if (negated !== undefined && more.length === 0 && Object.keys(bool).length === 1) return negated;
  if (query === ALL) return NONE;
  if (query === NONE) return ALL;
  return { bool: { must_not: [query] } };
}
