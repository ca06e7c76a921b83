import type { PatternPart, Test } from '@tollgate/sigma/rules/plan';
import type { FieldType } from '../../telemetry/contract';

/** The types of columns: a contract's fields, and what is counted with. `decimal` keeps twelve digits after the point. */
export type SqlType = Exclude<FieldType, 'ip' | 'date' | 'keyword'> | 'text' | 'decimal' | 'whole';

/**
 * What SQL engines don't share. All expressions are SQL texts; `null` in gives null out. What an engine can't say throws `NotExportable` with the
 * reason.
 */
export interface Dialect {
  /** Name of the target, and the engine's own name with the versions that are meant. */
  name: string;
  title: string;
  /** How far the export has been tried: `executed` in the engine by the tests, or only `parsed` by somebody's grammar. */
  proof: 'executed' | 'parsed';
  /** The schema or data set that holds the tables. */
  schema: string;
  /** What makes the schema, and the functions that the others call. */
  setup: string;

  identifier(name: string): string;
  /** A constant. Throws for a text that the engine can't hold. */
  text(value: string): string;
  double(value: number): string;
  type(type: SqlType, list: boolean): string;
  cast(expression: string, type: SqlType): string;

  /** Folds case as `foldCase` does. */
  fold(text: string): string;
  /** Whether a text is like a pattern of literals, `*` and `?`. */
  like(text: string, parts: readonly PatternPart[]): string;
  /** Whether RE2's regular expression is found in a text. */
  regex(text: string, test: Extract<Test, { kind: 'regex' }>): string;
  startsWith(text: string, other: string): string;
  endsWith(text: string, other: string): string;
  contains(text: string, other: string): string;
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

  /** Whether any element of a list satisfies a test of it, which is given its name. */
  some(list: string, test: (element: string) => string): string;
  /** Whether a list has an element. */
  hasElement(list: string): string;
  /** What follows FROM so that there is a row for each element, or for each different one, as `alias.x`. */
  each(list: string, alias: string, distinct: boolean): string;
  /** A percentile by linear interpolation between ranks, over a window of rows or over a group. */
  percentile(expression: string, percent: number): string;
  /** A text that is the same for the same texts only. */
  key(texts: readonly string[]): string;
  /** Epoch milliseconds of this moment. */
  now: string;
  /** Epoch milliseconds as people read them. */
  shownTime(milliseconds: string): string;
  /** A statement that takes a CSV file with a header into a table. */
  copy(table: string, path: string): string;
  /** Markdown for the export's page: how to install, load, run, verify and remove it. */
  howTo: string;
  /** What makes a query a view that is replaced where it is there. */
  view(name: string, query: string): string;
}
