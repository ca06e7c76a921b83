import type { PatternPart, Test } from '@tollgate/sigma/rules/plan';
import type { FieldType } from '../../telemetry/contract';
import type { JsonOperators } from './json';

/** The types of columns: a contract's fields, and what is counted with. `decimal` keeps digits after the point; `whole` has room for sums of `long`. */
export type SqlType = Exclude<FieldType, 'ip' | 'date' | 'keyword'> | 'text' | 'decimal' | 'whole';

/** A table's name, its columns with their types, and those of times by which rows are looked up, the chief one first. */
export interface TableShape {
  name: string;
  columns: readonly (readonly [name: string, type: string])[];
  times: readonly string[];
}

/** What follows a table in FROM so that there is a row for each element of a list, and what the element is called. */
export interface Unnested {
  join: string;
  element: string;
}

/**
 * How far an export has been tried: `executed` in the engine by `npm test`; `executed on demand`, by `npm run property`; only `parsed` by somebody's
 * grammar; or `untried`.
 */
export type Proof = 'executed' | 'executed on demand' | 'parsed' | 'untried';

/**
 * What SQL engines don't share. All expressions are SQL texts; `null` in gives null out. What an engine can't say throws `NotExportable` with the
 * reason.
 */
export interface Dialect {
  /** Name of the target, and the engine's own name with the versions that are meant. */
  name: string;
  title: string;
  proof: Proof;
  /** What has been tried and what not: sentences for the export's page. */
  tried: string;
  /** What makes the schema, and the functions that the others call. */
  setup: string;
  /** What removes these, when all views and tables are gone. */
  teardown: string;
  /** Ends each query: settings under which it means the same. */
  settings: string;
  /** What is written before a step of a query that is to be computed once: `MATERIALIZED `, or nothing. */
  once: string;
  /** A statement by which the engine's own shell reads another file; `null` where it has none, and views stand in one file. */
  include: ((path: string) => string) | null;
  /** Markdown for the export's page: how to install, load, run, verify and remove it. */
  howTo: string;

  identifier(name: string): string;
  /** A table or view of the export. */
  relation(name: string): string;
  /** A constant. Throws for a text that the engine can't hold. */
  text(value: string): string;
  double(value: number): string;
  type(type: SqlType, list: boolean): string;
  cast(expression: string, type: SqlType): string;
  /** How many digits after the point its decimals have. */
  decimalDigits: number;
  /** A sum of decimals as a double. */
  sum(decimals: string): string;
  /** Makes a table unless it is there. */
  table(shape: TableShape): string;
  /** Removes all rows of a table. */
  clear(table: string): string;
  /** Makes a query a view; one that is there has the same columns. */
  view(name: string, query: string): string;

  /** Folds case as `foldCase` does; where `letters` are given, at least that of these, so that a comparison with a text of them has the same answer. */
  fold(text: string, letters?: string): string;
  /** Whether a text, folded or not, is like a pattern of literals, `*` and `?`. */
  like(text: string, parts: readonly PatternPart[]): string;
  /** Whether RE2's regular expression is found in a text. */
  regex(text: string, test: Extract<Test, { kind: 'regex' }>): string;
  startsWith(text: string, other: string): string;
  endsWith(text: string, other: string): string;
  contains(text: string, other: string): string;
  /** Where a text first stands in another, from 1 on; 0 where it doesn't. */
  position(text: string, other: string): string;
  /** Whether a text is ASCII digits and nothing else, and has one. */
  isDigits(text: string): string;
  /** The text of a double as JavaScript writes it, up to 2^53. */
  textOfDouble(expression: string): string;
  /** The number that a text is, as JSON writes it; else null. */
  numberOf(text: string): string;
  /** An IPv6 address, or an IPv4 one mapped to that, as 32 hexadecimal digits, which sort as addresses do. */
  addressOf(text: string): string;
  /** Epoch milliseconds of a time as `readDateTime` reads it. */
  timeOf(text: string): string;
  /** A part of epoch milliseconds in UTC. */
  timePart(milliseconds: string, part: Extract<Test, { kind: 'time' }>['part']): string;
  remainder(dividend: string, divisor: number): string;

  /** Whether any element of a list satisfies a test of it. A variable is a name that no other expression about it has. */
  some(list: string, variable: string, test: (element: string) => string): string;
  /** Whether a list has an element that is not null. */
  hasElement(list: string): string;
  /** The texts that are not null, as a list. */
  listOf(texts: readonly string[]): string;
  /** A list's first element. */
  first(list: string): string;
  /** A row for each element, or for each different one. `alias` is the table's. */
  each(list: string, alias: string, distinct: boolean): Unnested;
  /** What is written before OVER for a percentile, by linear interpolation between ranks, of the last rows. */
  slidingPercentile(expression: string, percent: number): string;
  /** A text that is the same for the same texts only. */
  key(texts: readonly string[]): string;
  /** A text that no other row has. */
  newId: string;
  /** Epoch milliseconds of this moment. */
  now: string;
  /** Epoch milliseconds as people read them. */
  shownTime(milliseconds: string): string;
  json: JsonOperators;
}
