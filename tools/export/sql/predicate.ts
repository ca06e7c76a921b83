import ipaddr from 'ipaddr.js';
import type { Expr, PatternPart, Test } from '@tollgate/sigma/rules/plan';
import { foldCase } from '@tollgate/sigma/values/fold';
import type { Contract } from '../../telemetry/contract';
import { printPredicate } from '../plan/predicate';
import { NotExportable } from '../target';
import { columnOf, OWN, textOf, TIMES, type Column } from './columns';
import type { Dialect, SqlType } from './dialect';

/** A predicate on a source's table that is true or false and never null, as the executor in memory. */
export function predicate(dialect: Dialect, contract: Contract, expr: Expr): string {
  const tests = new FieldTest(dialect, contract);
  return printPredicate(expr, {
    and: ' AND ',
    or: ' OR ',
    always: 'TRUE',
    never: 'FALSE',
    not: (inside) => `NOT ${inside}`,
    test: (test) => tests.of(test),
  });
}

/** Writes one test of a field, which holds when any value of the field satisfies it. */
class FieldTest {
  constructor(
    private readonly dialect: Dialect,
    private readonly contract: Contract,
  ) {}

  of(test: Test): string {
    const { dialect } = this;
    if (test.field === null)
      throw new NotExportable(
        'Keywords are looked for in every text of a record, and a table has no more than its columns.',
      );
    switch (test.kind) {
      case 'pattern':
        return this.any(test.field, (value, type) => this.pattern(textOf(dialect, value, type), test));
      case 'regex':
        return this.any(test.field, (value, type) => dialect.regex(textOf(dialect, value, type), test));
      case 'exists':
        return test.present ? this.presence(test.field) : `NOT ${this.presence(test.field)}`;
      case 'null': {
        const { name, list } = this.column(test.field);
        return list ? `NOT ${certain(dialect.hasElement(this.named(name)))}` : `${this.named(name)} IS NULL`;
      }
      case 'number':
        return this.any(test.field, (value, type) => this.number(value, type, test));
      case 'boolean':
        return this.any(test.field, (value, type) => {
          if (type === 'boolean') return test.value ? value : `NOT ${value}`;
          const wanted = String(test.value);
          return type === 'text' ? `${dialect.fold(value, wanted)} = ${dialect.text(wanted)}` : 'FALSE';
        });
      case 'cidr':
        return this.any(test.field, (value, type) => (type === 'text' ? this.network(value, test.network) : 'FALSE'));
      case 'time': {
        const part = (time: string) => `${dialect.timePart(time, test.part)} ${OPERATORS[test.op]} ${test.value}`;
        if (Object.hasOwn(TIMES, test.field)) return certain(part(this.named(TIMES[test.field]!)));
        return this.any(test.field, (value, type) => (type === 'text' ? part(dialect.timeOf(value)) : 'FALSE'));
      }
      case 'ref':
        return this.reference(test);
    }
  }

  private any(field: string, test: (value: string, type: SqlType) => string): string {
    const { name, type, list } = this.column(field);
    const column = this.named(name);
    return certain(list ? this.dialect.some(column, 'x', (element) => test(element, type)) : test(column, type));
  }

  private pattern(text: string, { parts, cased }: Extract<Test, { kind: 'pattern' }>): string {
    const { dialect } = this;
    const folded = cased ? parts : parts.map((part) => (typeof part === 'string' ? foldCase(part) : part));
    const letters = folded.filter((part) => typeof part === 'string').join('');
    return this.matches(cased ? text : dialect.fold(text, letters), folded);
  }

  private matches(value: string, parts: PatternPart[]): string {
    const [only] = parts;
    if (parts.length === 0) return `${value} = ${this.dialect.text('')}`;
    return parts.length === 1 && typeof only === 'string'
      ? `${value} = ${this.dialect.text(only)}`
      : this.dialect.like(value, parts);
  }

  private number(value: string, type: SqlType, { op, value: bound }: Extract<Test, { kind: 'number' }>): string {
    const { dialect } = this;
    if (type === 'boolean') return 'FALSE';
    if (type !== 'text')
      return `${value} ${OPERATORS[op]} ${typeof bound === 'string' ? bound : numeral(dialect, bound)}`;
    if (op === 'eq') return `${value} = ${dialect.text(String(bound))}`;
    if (typeof bound === 'string')
      throw new NotExportable(`No text is compared with ${bound}: it has more digits than a double.`);
    return `${dialect.numberOf(value)} ${OPERATORS[op]} ${dialect.double(bound)}`;
  }

  private network(value: string, network: string): string {
    const [base, bits] = ipaddr.parseCIDR(network);
    const mapped = base.kind() === 'ipv4';
    const bytes = (mapped ? (base as ipaddr.IPv4).toIPv4MappedAddress() : base).toByteArray();
    const free = mapped ? 32 - bits : 128 - bits;
    const low = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
    const hex = (address: bigint) => this.dialect.text(address.toString(16).padStart(32, '0'));
    const inside = `${this.dialect.addressOf(value)} BETWEEN ${hex(low)} AND ${hex(low + (1n << BigInt(free)) - 1n)}`;
    if (mapped) return inside;
    // An address of IPv4 is in no network of IPv6, however that is written.
    const first = 0xffffn << 32n;
    return `(${inside} AND NOT ${this.dialect.addressOf(value)} BETWEEN ${hex(first)} AND ${hex(first + 0xffffffffn)})`;
  }

  private reference({ field, other, match, cased }: Extract<Test, { kind: 'ref' }>): string {
    const { dialect } = this;
    const folded = (value: string, type: SqlType) => {
      const text = textOf(dialect, value, type);
      return cased ? text : dialect.fold(text);
    };
    return this.any(field, (value, type) => {
      const left = folded(value, type);
      const { name, type: otherType, list } = this.column(other);
      const compare = (right: string) => this.related(left, folded(right, otherType), match);
      return list ? dialect.some(this.named(name), 'y', compare) : compare(this.named(name));
    });
  }

  private related(left: string, right: string, match: Extract<Test, { kind: 'ref' }>['match']): string {
    switch (match) {
      case 'equals':
        return `${left} = ${right}`;
      case 'startswith':
        return this.dialect.startsWith(left, right);
      case 'endswith':
        return this.dialect.endsWith(left, right);
      case 'contains':
        return this.dialect.contains(left, right);
    }
  }

  private presence(field: string): string {
    const { name, raw, list } = this.column(field);
    const value = list ? certain(this.dialect.hasElement(this.named(name))) : `${this.named(name)} IS NOT NULL`;
    if (!raw) return value;
    const without = this.dialect.some(
      this.named(OWN.valueless),
      'z',
      (each) => `${each} = ${this.dialect.text(field)}`,
    );
    return `(${value} OR ${certain(without)})`;
  }

  private column(field: string): Column {
    return columnOf(this.contract, field);
  }

  private named(name: string): string {
    return this.dialect.identifier(name);
  }
}

const OPERATORS = { eq: '=', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

function certain(test: string): string {
  return `coalesce(${test}, FALSE)`;
}

function numeral(dialect: Dialect, value: number): string {
  return Number.isSafeInteger(value) ? String(value) : dialect.double(value);
}
