import { getOwn } from '@tollgate/sigma/values/map';
import type { ComparisonOperator, Expr, PatternPart, Plan, PlanNumber, Test } from '@tollgate/sigma/rules/plan';
import { foldCase } from '@tollgate/sigma/values/fold';
import {
  addressField,
  casedField,
  foldedField,
  LISTS,
  numberField,
  UNKNOWN,
  type IndexFields,
  type Known,
} from './mapping';
import { isMappable } from './names';
import { networkQuery } from './network';
import type { Oddity } from './oddity';
import { ALL, both, either, NONE, patternQuery, without, type Query } from './query';
import { toLucene, type Lucene } from './regexp';
import { hasNewLetters, isWellFormed } from './text';

export type { Query };

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

/**
 * Compiles a plan for the index of a contract (`indexFor`), whose `fields` it needs, or, where they are `null`, for the
 * index of records of which nothing is known (`untypedIndex`). With `lists` each document carries the lists that we put
 * beside its record; an index that others fill has none.
 */
export function compileQuery(plan: Plan, fields: IndexFields | null, lists = fields === null): Compiled {
  const compiler = new Compiler(fields, lists);
  const { query, exact } = compiler.expr(plan.expr, 'over');
  return {
    query,
    bound: exact ? 'exact' : 'over',
    asks: [...compiler.reads, ...compiler.parsed].sort(),
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

class Compiler {
  readonly reads = new Set<string>();
  /** What is no address is in no network, and what is no number is not compared: what was ignored needs no second look. */
  readonly parsed = new Set<string>();
  /** No text that isn't well-formed Unicode is in the index as it is in the document. */
  readonly odd = new Set<Oddity>(['text']);
  /** What was found out about the fields: a rule has a dozen tests on two or three. */
  private readonly mappable = new Map<string, boolean>();
  private readonly foldedNames = new Map<string, string>();

  constructor(
    private readonly fields: IndexFields | null,
    private readonly lists: boolean,
  ) {
    if (fields === null) this.odd.add('shape');
  }

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
    if (this.fields === null && test.field !== null) {
      // What has no place in the index is looked for in every document.
      const names = test.kind === 'ref' ? [test.field, test.other] : [test.field];
      if (!names.every((name) => this.isMappable(name))) return { query: side === 'over' ? ALL : NONE, exact: false };
    }
    switch (test.kind) {
      case 'pattern':
        return test.field === null ? this.keyword(test, side) : this.pattern(test, test.field, side);
      case 'regex':
        return this.regex(test, side);
      case 'exists':
        return this.presence(test, side);
      case 'null':
        return this.absence(test.field, side);
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

  private pattern(test: Extract<Test, { kind: 'pattern' }>, name: string, side: Side): Part {
    const field = this.known(name);
    return field === undefined ? { query: NONE, exact: true } : this.patternOn(test, name, field, side);
  }

  private patternOn(
    { cased, parts }: Extract<Test, { kind: 'pattern' }>,
    name: string,
    field: Known,
    side: Side,
  ): Part {
    if (parts.some((part) => typeof part === 'string' && hasNewLetters(part))) this.odd.add('letters');
    const folded = (): PatternPart[] => parts.map((part) => (typeof part === 'string' ? foldCase(part) : part));
    const part = cased
      ? patternQuery(this.cased(name, field), parts)
      : patternQuery(this.folded(name, field), folded());
    return part.exact || side === 'over' ? part : { query: NONE, exact: false };
  }

  /** An index without our list of texts has those of its fields; what else its documents hold, it does not know. */
  private keyword(test: Extract<Test, { kind: 'pattern' }>, side: Side): Part {
    if (this.lists) return this.patternOn(test, LISTS.strings, UNKNOWN, side);
    if (side === 'under') return { query: NONE, exact: false };
    const parts = Object.entries(this.fields ?? {}).map(([name, field]) => this.patternOn(test, name, field, side));
    return { query: either(parts.map(({ query }) => query)), exact: false };
  }

  private regex(test: Extract<Test, { kind: 'regex' }>, side: Side): Part {
    const lucene = toLucene(test);
    if (hasNewLetters(test.source)) this.odd.add('letters');
    if (side === 'under' && lucene?.exact !== true) return { query: NONE, exact: false };
    if (test.field !== null) {
      const { query } = this.on(test.field, (field) => this.regexp(this.cased(test.field!, field), lucene));
      return { query, exact: lucene?.exact === true };
    }
    if (this.lists) return { query: this.regexp(this.read(LISTS.strings), lucene), exact: lucene?.exact === true };
    if (side === 'under') return { query: NONE, exact: false };
    const names = Object.entries(this.fields ?? {});
    return { query: either(names.map(([name, field]) => this.regexp(this.cased(name, field), lucene))), exact: false };
  }

  /** Without a translation, whatever has a value. */
  private regexp(index: string, lucene: Lucene | null): Query {
    if (lucene === null) return { exists: { field: index } };
    const effort = lucene.effort > 0 ? { max_determinized_states: lucene.effort } : {};
    return { regexp: { [index]: { value: lucene.text, flags: 'INTERSECTION', ...effort } } };
  }

  private number(test: Extract<Test, { kind: 'number' }>, side: Side): Part {
    const { op, value } = test;
    // Equality is that of the number's shortest text, by which numbers and numeric strings are the same.
    if (op === 'eq') return this.on(test.field, (field) => this.term(this.cased(test.field, field), String(value)));
    const known = this.known(test.field);
    if (known?.type === 'any') {
      // Java reads some texts as numbers that JSON does not.
      this.odd.add('number');
      return this.compared(this.parse(numberField(test.field)), op, value, side);
    }
    if (known !== undefined && known.type !== 'long' && known.type !== 'double') return this.atMost([test.field], side);
    if (known === undefined) return { query: NONE, exact: true };
    this.reads.add(test.field);
    if (known.type === 'double') return this.compared(test.field, op, value, side);
    // Elasticsearch refuses a bound that no long can have.
    if (Math.abs(Number(value)) < 2 ** 63) return { query: { range: { [test.field]: { [op]: value } } }, exact: true };
    const all = op.startsWith('l') === Number(value) > 0;
    return { query: all ? { exists: { field: test.field } } : NONE, exact: true };
  }

  /** A column of doubles has integers beyond 2^53 as the nearest ones, so that there a bound is met by its equals too. */
  private compared(index: string, op: Exclude<ComparisonOperator, 'eq'>, value: PlanNumber, side: Side): Part {
    const bound = Number(value);
    if (Math.abs(bound) < 2 ** 53) return { query: { range: { [index]: { [op]: bound } } }, exact: true };
    const below = op.startsWith('l');
    return {
      query: { range: { [index]: { [side === 'over' ? (below ? 'lte' : 'gte') : below ? 'lt' : 'gt']: bound } } },
      exact: false,
    };
  }

  private cidr(test: Extract<Test, { kind: 'cidr' }>, side: Side): Part {
    const known = this.known(test.field);
    if (known !== undefined && known.type !== 'ip' && known.type !== 'any') return this.atMost([test.field], side);
    // Java reads some texts as addresses that we don't.
    this.odd.add('address');
    return this.on(test.field, () => networkQuery(this.parse(addressField(test.field)), test.network));
  }

  /** For what a query can't say: every event in which all of the fields have a value, or, asked for fewer, no event. */
  private atMost(names: string[], side: Side): Part {
    if (side === 'under') return { query: NONE, exact: false };
    return { query: both(names.map((name) => this.anyValue(name))), exact: false };
  }

  private anyValue(name: string): Query {
    return this.on(name, (field) => ({ exists: { field: this.cased(name, field) } })).query;
  }

  private presence({ field, present }: Extract<Test, { kind: 'exists' }>, side: Side): Part {
    if (this.fields === null) {
      const query = { term: { [this.read(LISTS.names)]: { value: field } } };
      return { query: present ? query : without(query), exact: true };
    }
    // Nulls and empty lists are present too, and leave no trace in the index.
    this.odd.add('null');
    return this.value(field, present, side);
  }

  private absence(name: string, side: Side): Part {
    if (this.fields !== null) return this.value(name, false, side);
    const object = { term: { [this.read(LISTS.objects)]: { value: name } } };
    return { query: without(either([this.anyValue(name), object])), exact: true };
  }

  private value(name: string, present: boolean, side: Side): Part {
    // An object that holds fields: the index doesn't know whether it was one, or their names had dots in them.
    const holder = Object.keys(this.fields ?? {}).some((each) => each.startsWith(`${name}.`));
    if (holder) return { query: side === 'over' ? ALL : NONE, exact: false };
    const query = this.anyValue(name);
    return { query: present ? query : without(query), exact: true };
  }

  /** A field that the contract doesn't have is in no document of its index. */
  private on(name: string, query: (field: Known) => Query): Part {
    const field = this.known(name);
    return { query: field === undefined ? NONE : query(field), exact: true };
  }

  private known(name: string): Known | undefined {
    return this.fields === null ? UNKNOWN : getOwn(this.fields, name);
  }

  private term(index: string, text: string): Query {
    return isWellFormed(text) ? { term: { [index]: { value: text } } } : NONE;
  }

  private cased(name: string, field: Known): string {
    return this.read(casedField(name, field));
  }

  private folded(name: string, field: Known): string {
    const known = this.foldedNames.get(name);
    if (known !== undefined) return known;
    const index = this.read(foldedField(name, field));
    this.foldedNames.set(name, index);
    // A number's text is not folded; a string in its place, which is not its type, names the field in `_ignored`.
    if (foldedField(name, field) === casedField(name, field)) this.read(name);
    return index;
  }

  private isMappable(name: string): boolean {
    let mappable = this.mappable.get(name);
    if (mappable === undefined) this.mappable.set(name, (mappable = isMappable(name)));
    return mappable;
  }

  private read(index: string): string {
    this.reads.add(index);
    return index;
  }

  private parse(index: string): string {
    this.parsed.add(index);
    return index;
  }
}
