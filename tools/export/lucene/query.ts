import { foldCase } from '@tollgate/sigma/values/fold';
import { literalOf } from '@tollgate/sigma/rules/pattern';
import type { ComparisonOperator, Expr, PatternPart, PlanNumber, Test } from '@tollgate/sigma/rules/plan';
import { printPredicate } from '../plan/predicate';
import { NotExportable } from '../target';
import { checkExistence, holdable, KEYWORDS, type Differences, type ExportedFields } from './fields';
import { EVERY_IPV4, holdsMapped } from './network';

/**
 * Writes a detection in Lucene's query syntax, as Kibana's detection rules run it (`query_string`). A keyword field is
 * compared by its folded subfield unless the rule says `cased`; lists match when any of their values does, as in Sigma.
 * Throws `NotExportable` for what this language can't say: regular expressions (its own differ), comparisons of two
 * fields, parts of a time, keywords.
 */
export function luceneQuery(expr: Expr, fields: ExportedFields, differences: Differences): string {
  const writer = new Writer(fields, differences);
  return printPredicate(expr, {
    and: ' AND ',
    or: ' OR ',
    always: EVERYTHING,
    never: NOTHING,
    // A query of nothing but NOT means nothing in Lucene; `*:*` says what is left over.
    not: (inside) => `(${EVERYTHING} AND NOT ${inside})`,
    test: (test, negated) => writer.test(test, negated),
    either: (any) => writer.either(any),
  });
}

interface Term {
  field: string;
  value: string;
}

const EVERYTHING = '*:*';
const NOTHING = '(*:* AND NOT *:*)';

function network(field: string, network: string): string {
  const within = `${field}:"${network}"`;
  return holdsMapped(network) ? `(${within} AND NOT ${field}:"${EVERY_IPV4}")` : within;
}

class Writer {
  constructor(
    private readonly fields: ExportedFields,
    private readonly differences: Differences,
  ) {}

  /** `a:x OR a:y` becomes `a:(x OR y)`, which is how people write and read it. */
  either(parts: readonly Expr[]): string | null {
    const terms = parts.map((part) => (part.op === 'test' ? this.term(part.test) : null));
    const field = terms[0]?.field;
    if (terms.length < 2 || terms.some((term) => term === null || term.field !== field)) return null;
    return `${field}:(${terms.map((term) => term!.value).join(' OR ')})`;
  }

  test(test: Test, negated: boolean): string {
    switch (test.kind) {
      case 'pattern':
        if (test.field === null) throw new NotExportable(KEYWORDS);
        return show(this.term(test)) ?? NOTHING;
      case 'exists': {
        checkExistence(this.fields, test.field, test.present, negated, this.differences);
        const exists = `_exists_:${escapeTerm(test.field)}`;
        return test.present ? exists : `(${EVERYTHING} AND NOT ${exists})`;
      }
      case 'null':
        this.fields.get(test.field);
        return `(${EVERYTHING} AND NOT _exists_:${escapeTerm(test.field)})`;
      case 'number':
        return this.number(test.field, test.op, test.value);
      case 'boolean':
        this.expect(test.field, ['boolean'], 'a boolean');
        return `${escapeTerm(test.field)}:${test.value}`;
      case 'cidr':
        this.expect(test.field, ['ip'], 'a network');
        return network(escapeTerm(test.field), test.network);
      case 'regex':
        throw new NotExportable("Lucene's regular expressions are another language than Sigma's.");
      case 'time':
        throw new NotExportable("Lucene's query syntax can't ask for a part of a time.");
      case 'ref':
        throw new NotExportable("Lucene's query syntax can't compare two fields.");
      default:
        return test satisfies never;
    }
  }

  /** A pattern as a field and what stands after the colon; `null` for another test, or a text that the field can't hold. */
  private term(test: Test): Term | null {
    if (test.kind !== 'pattern' || test.field === null) return null;
    const { parts, cased, field: name } = test;
    const literal = literalOf(parts);
    const { type } = this.fields.get(name);
    if (type === 'keyword') {
      const fold = (text: string): string => (cased ? text : foldCase(text));
      const value =
        literal === null ? parts.map((part) => wildcard(part, fold)).join('') : `"${escapeQuoted(fold(literal))}"`;
      return { field: escapeTerm(cased ? name : this.fields.folded(name)), value };
    }
    if (literal === null || type === 'date') {
      throw new NotExportable(`${name} is of type ${type}, on which Elasticsearch can't match a text.`);
    }
    return holdable(type, literal) ? { field: escapeTerm(name), value: `"${escapeQuoted(literal)}"` } : null;
  }

  private number(name: string, op: ComparisonOperator, value: PlanNumber): string {
    this.expect(name, op === 'eq' ? ['long', 'double', 'keyword'] : ['long', 'double'], 'a number');
    const field = escapeTerm(name);
    switch (op) {
      case 'eq':
        return `${field}:"${value}"`;
      case 'lt':
        return `${field}:[* TO ${value}}`;
      case 'lte':
        return `${field}:[* TO ${value}]`;
      case 'gt':
        return `${field}:{${value} TO *]`;
      case 'gte':
        return `${field}:[${value} TO *]`;
      default:
        return op satisfies never;
    }
  }

  private expect(name: string, types: string[], what: string): void {
    const { type } = this.fields.get(name);
    if (!types.includes(type))
      throw new NotExportable(`${name} is of type ${type}; Elasticsearch can't compare it with ${what}.`);
  }
}

function show(term: Term | null): string | null {
  return term && `${term.field}:${term.value}`;
}

/** Every character that may mean something to the parser gets a backslash. */
function escapeTerm(text: string): string {
  return text.replace(/[+\-=&|><!(){}[\]^"~*?:\\/\s]/gu, '\\$&');
}

function escapeQuoted(text: string): string {
  return text.replace(/["\\]/g, '\\$&');
}

function wildcard(part: PatternPart, fold: (text: string) => string): string {
  if (typeof part === 'string') return escapeTerm(fold(part));
  return part.wild === 'any' ? '*' : '?';
}
