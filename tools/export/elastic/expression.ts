import { foldCase } from '@tollgate/sigma/values/fold';
import { literalOf } from '@tollgate/sigma/rules/pattern';
import type { ComparisonOperator, Expr, PatternPart, Test, TimePart } from '@tollgate/sigma/rules/plan';
import { printPredicate } from '../plan/predicate';
import { NotExportable } from '../target';
import { checkExistence, holdable, KEYWORDS, type Differences, type ExportedFields } from '../lucene/fields';
import { EVERY_IPV4, holdsMapped } from '../lucene/network';

/**
 * Writes a detection as an ES|QL condition. ES|QL knows three truth values: a comparison with a missing field is null. As
 * a whole condition, and below AND and OR, null counts as false, which is Sigma's meaning; below NOT it would not, so what
 * is negated is made two-valued first. A comparison with a list is null too, so lists are compared as joined text.
 * Throws `NotExportable` for what it can't say.
 *
 * With `inCase` it is a condition of CASE, which is not pushed down to the index: there a text is compared with many by one
 * automaton, rather than with one after the other.
 */
export function esqlCondition(expr: Expr, fields: ExportedFields, differences: Differences, inCase = false): string {
  const writer = new Writer(fields, differences, inCase);
  return printPredicate(expr, {
    and: ' AND ',
    or: ' OR ',
    always: 'true',
    never: 'false',
    not: (inside) => `NOT COALESCE(${inside}, false)`,
    test: (test, negated) => writer.test(test, negated),
    either: (any) => writer.among(any),
  });
}

/** Words of the language, which are no names. */
const RESERVED =
  /^(and|as|asc|by|desc|false|first|in|is|join|last|like|metadata|not|null|nulls|on|or|rlike|true|where|with)$/i;

/** A field's or column's name, in backticks where the grammar asks for them. */
export function identifier(name: string): string {
  const plain = /^[A-Za-z_@][A-Za-z0-9_]*(\.[A-Za-z_@][A-Za-z0-9_]*)*$/.test(name);
  return plain && !name.split('.').some((part) => RESERVED.test(part)) ? name : `\`${name.replaceAll('`', '``')}\``;
}

/** A text as a literal. */
export function quote(text: string): string {
  const escapes: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  return `"${text.replace(/["\\\n\r\t]/g, (character) => escapes[character] ?? `\\${character}`)}"`;
}

/** Not `IS NULL`: ES|QL of 8.19 makes null of every other condition in which a field stands that is said to be null. */
function absent(name: string): string {
  return `COALESCE(MV_COUNT(${identifier(name)}), 0) == 0`;
}

/** Separates the values of a list that is compared as text; no documented value holds one. */
const SEPARATOR = '\n';

const OPERATORS: Record<ComparisonOperator, string> = { eq: '==', lt: '<', lte: '<=', gt: '>', gte: '>=' };
const PARTS: Record<TimePart, string> = {
  minute: 'minute_of_hour',
  hour: 'hour_of_day',
  day: 'day_of_month',
  week: 'aligned_week_of_year',
  month: 'month_of_year',
  year: 'year',
};

class Writer {
  constructor(
    private readonly fields: ExportedFields,
    private readonly differences: Differences,
    private readonly inCase: boolean,
  ) {}

  /** Several texts that one field may equal; `null` where it is not that simple. */
  among(parts: readonly Expr[]): string | null {
    if (parts.length < 2) return null;
    const equals = parts.map((part) => (part.op === 'test' ? this.equality(part.test) : null));
    const column = equals[0]?.column;
    if (!equals.every((one) => one !== null && one.column === column)) return null;
    const texts = equals.map((one) => one!.text);
    if (this.inCase && texts.includes('')) return null;
    if (this.inCase) return `${column} RLIKE ${quote(texts.map(escapeRegex).join('|'))}`;
    return `${column} IN (${texts.map(quote).join(', ')})`;
  }

  private equality(test: Test): { column: string; text: string } | null {
    if (test.kind !== 'pattern' || test.field === null) return null;
    const { type, list } = this.fields.get(test.field);
    const literal = literalOf(test.parts);
    if (type !== 'keyword' || list || literal === null) return null;
    return { column: this.column(test.field, test.cased), text: test.cased ? literal : foldCase(literal) };
  }

  private column(name: string, cased: boolean): string {
    return identifier(cased ? name : this.fields.folded(name));
  }

  test(test: Test, negated: boolean): string {
    switch (test.kind) {
      case 'pattern':
        if (test.field === null) throw new NotExportable(KEYWORDS);
        return this.pattern(test.field, test.parts, test.cased);
      case 'exists':
        checkExistence(this.fields, test.field, test.present, negated, this.differences);
        return test.present ? `${identifier(test.field)} IS NOT NULL` : absent(test.field);
      case 'null':
        this.fields.get(test.field);
        return absent(test.field);
      case 'number':
        if (test.op === 'eq' && this.fields.get(test.field).type === 'keyword') {
          return this.pattern(test.field, [String(test.value)], true);
        }
        return `${this.single(test.field, ['long', 'double'])} ${OPERATORS[test.op]} ${test.value}`;
      case 'boolean':
        return `${this.single(test.field, ['boolean'])} == ${test.value}`;
      case 'cidr': {
        const column = this.single(test.field, ['ip', 'keyword']);
        const address = this.fields.get(test.field).type === 'ip' ? column : `TO_IP(${column})`;
        const within = (network: string) => `CIDR_MATCH(${address}, ${quote(network)})`;
        return holdsMapped(test.network)
          ? `(${within(test.network)} AND NOT ${within(EVERY_IPV4)})`
          : within(test.network);
      }
      case 'time': {
        if (test.part === 'week') throw new NotExportable("ES|QL's number of a week is not the ISO 8601 week.");
        const part = `DATE_EXTRACT(${quote(PARTS[test.part])}, ${this.single(test.field, ['date'])})`;
        return `${part} ${OPERATORS[test.op]} ${test.value}`;
      }
      case 'ref':
        return this.reference(test);
      case 'regex':
        throw new NotExportable("ES|QL's regular expressions are another language than Sigma's.");
      default:
        return test satisfies never;
    }
  }

  private pattern(name: string, parts: PatternPart[], cased: boolean): string {
    const { type, list } = this.fields.get(name);
    const fold = (text: string): string => (cased ? text : foldCase(text));
    const literal = literalOf(parts);
    if (type !== 'keyword') {
      if (literal === null || type === 'date') {
        throw new NotExportable(`${name} is of type ${type}, on which ES|QL can't match a text.`);
      }
      if (!holdable(type, literal)) return 'false';
      const value = type === 'ip' ? `TO_IP(${quote(literal)})` : literal;
      return `${this.single(name, [type])} == ${value}`;
    }
    const column = this.column(name, cased);
    if (list) return this.inList(name, column, parts, fold);
    if (literal !== null) return `${column} == ${quote(fold(literal))}`;
    return `${column} LIKE ${quote(parts.map((part) => wildcard(part, fold)).join(''))}`;
  }

  private inList(name: string, column: string, parts: PatternPart[], fold: (text: string) => string): string {
    if (parts.some((part, i) => typeof part !== 'string' && (part.wild === 'one' || (i > 0 && i < parts.length - 1)))) {
      throw new NotExportable(
        `${name} is a list, of which ES|QL can't match the values one by one with wildcards inside.`,
      );
    }
    const text = parts.map((part) => wildcard(part, fold)).join('');
    const start = parts[0] !== undefined && typeof parts[0] !== 'string' ? '' : `*${SEPARATOR}`;
    const end = parts.length > 0 && typeof parts.at(-1) !== 'string' ? '' : `${SEPARATOR}*`;
    const joined = `CONCAT(${quote(SEPARATOR)}, MV_CONCAT(${column}, ${quote(SEPARATOR)}), ${quote(SEPARATOR)})`;
    return `${joined} LIKE ${quote(`${start}${text}${end}`)}`;
  }

  private reference(test: Test & { kind: 'ref' }): string {
    for (const name of [test.field, test.other]) this.single(name, ['keyword']);
    const [field, other] = [this.column(test.field, test.cased), this.column(test.other, test.cased)];
    switch (test.match) {
      case 'equals':
        return `${field} == ${other}`;
      case 'startswith':
        return `STARTS_WITH(${field}, ${other})`;
      case 'endswith':
        return `ENDS_WITH(${field}, ${other})`;
      case 'contains':
        return `(LOCATE(${field}, ${other}) > 0 OR (${other} == "" AND ${field} IS NOT NULL))`;
      default:
        return test.match satisfies never;
    }
  }

  /** The column of a field that holds one value of one of these types. */
  private single(name: string, types: string[]): string {
    const { type, list } = this.fields.get(name);
    if (!types.includes(type))
      throw new NotExportable(`${name} is of type ${type}, where the rule expects ${types.join(' or ')}.`);
    if (list) throw new NotExportable(`${name} is a list, of which ES|QL can't compare the values one by one.`);
    return identifier(name);
  }
}

function wildcard(part: PatternPart, fold: (text: string) => string): string {
  if (typeof part === 'string') return fold(part).replace(/[*?\\]/g, '\\$&');
  return part.wild === 'any' ? '*' : '?';
}

/** Every character that Lucene's regular expressions may give a meaning gets a backslash. */
function escapeRegex(text: string): string {
  return text.replace(/[^\p{L}\p{N}_ -]/gu, '\\$&');
}
