import type { Expr, Test } from '@tollgate/sigma/rules/plan';
import { listAbove } from '../sql/columns';
import type { Contract } from '../../telemetry/contract';
import { NotExportable } from '../target';
import { LIMITS } from './limits';

/** What is asked of one field; `isNot` of a condition that must not hold. */
interface Term {
  test: Test;
  isNot: boolean;
}

/** More conjunctions than this are no rule that somebody wants as filters. */
const MOST = 200;

/**
 * A detection as filter patterns for CloudWatch Logs, of which any one matches where the detection does. Throws `NotExportable` for what a pattern can't say.
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html)
 */
export function filterPatterns(expr: Expr, contract: Contract): string[] {
  const conjunctions = normal(expr, false).map((terms) => conjunction(terms, contract));
  const patterns: string[] = [];
  let open: string[] = [];
  for (const one of conjunctions) {
    if (patternOf([one]).length > LIMITS.patternCharacters)
      throw new NotExportable(
        `A part of it is longer than the ${LIMITS.patternCharacters} characters of a filter pattern.`,
      );
    if (open.length > 0 && patternOf([...open, one]).length > LIMITS.patternCharacters) {
      patterns.push(patternOf(open));
      open = [];
    }
    open.push(one);
  }
  return [...patterns, patternOf(open)];
}

function patternOf(conjunctions: readonly string[]): string {
  return `{ ${conjunctions.length === 1 ? conjunctions[0]! : conjunctions.map((one) => `(${one})`).join(' || ')} }`;
}

/** An expression as conjunctions, any of which may hold. */
function normal(expr: Expr, isNot: boolean): Term[][] {
  switch (expr.op) {
    case 'test':
      return [[{ test: expr.test, isNot }]];
    case 'not':
      return normal(expr.expr, !isNot);
    default: {
      const parts = (expr.op === 'and' ? expr.all : expr.any).map((one) => normal(one, isNot));
      const both = (expr.op === 'and') !== isNot;
      const all = both
        ? parts.reduce((left, right) => left.flatMap((a) => right.map((b) => [...a, ...b])), [[]] as Term[][])
        : parts.flat();
      if (all.length > MOST) throw new NotExportable('It has too many alternatives for filter patterns.');
      return all;
    }
  }
}

function conjunction(terms: readonly Term[], contract: Contract): string {
  if (terms.length === 0) throw new NotExportable('It asks for nothing, and a filter pattern asks for something.');
  return terms.map((term) => `(${written(term, contract)})`).join(' && ');
}

function written({ test, isNot }: Term, contract: Contract): string {
  const { field } = test;
  if (field === null || !Object.hasOwn(contract.fields, field))
    throw new NotExportable(
      `A metric filter reads the record's own fields alone, and ${field ?? 'a keyword'} is none.`,
    );
  if (contract.fields[field]!.list === true || listAbove(contract, field) !== undefined)
    throw new NotExportable(`${field} is a list, of which a filter pattern reads one element by its number alone.`);
  const at = selector(field);
  const absent = `(${at} NOT EXISTS) || (${at} IS NULL)`;
  if (test.kind === 'exists' || test.kind === 'null') {
    if ((test.kind === 'null' || !test.present) !== isNot) return absent;
    throw new NotExportable(`A filter pattern has no word for a ${field} that is there.`);
  }
  if (test.kind === 'pattern' && isAnything(test)) {
    if (isNot) return absent;
    throw new NotExportable(`A filter pattern has no word for a ${field} that is there.`);
  }
  if (test.kind === 'pattern' && !isNot) return `${at} = ${constant(test)}`;
  throw new NotExportable(
    isNot
      ? `What a filter pattern says of a ${field} that is not something, where there is none, is not documented.`
      : `A filter pattern can't ask of ${field} what the rule does (${test.kind}).`,
  );
}

function isAnything({ parts }: Test & { kind: 'pattern' }): boolean {
  return parts.length > 0 && parts.every((part) => typeof part !== 'string' && part.wild !== 'dash');
}

/** A text with `*` for any characters; the pattern language has no escape for one that is meant as such. */
function constant({ parts }: Test & { kind: 'pattern' }): string {
  const text = parts.map((part) => {
    if (typeof part !== 'string') {
      if (part.wild === 'any') return '*';
      throw new NotExportable('A filter pattern has no sign for a single character, nor for any dash.');
    }
    if (!/^[\x20-\x7e]*$/.test(part) || /["*\\%]/.test(part))
      throw new NotExportable(`How the text ${JSON.stringify(part)} is written in a filter pattern is not documented.`);
    return part;
  });
  return `"${text.join('')}"`;
}

function selector(field: string): string {
  return `$.${field}`;
}
