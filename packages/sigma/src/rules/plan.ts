/**
 * The executable form of a detection: and / or / not over tests. Every Sigma modifier has been lowered into a
 * test, so that no executor knows a modifier. A plan is plain JSON.
 */

/**
 * A piece of a pattern: literal text, `*` (any run of characters, also none), `?` (exactly one code point), or one of the dashes
 * that `windash` takes for one another.
 */
export type PatternPart = string | { wild: 'any' | 'one' | 'dash' };

/** The dashes, of which any may stand for another. */
export const DASHES = '-/–—―';

export type ComparisonOperator = 'eq' | 'lt' | 'lte' | 'gt' | 'gte';
export type TimePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** A number; as a text, the digits of an integer that no double keeps. */
export type PlanNumber = number | string;

/** A test on one field. `field: null` is a keyword: it holds when the text of any value of the event matches. */
export type Test =
  | { kind: 'pattern'; field: string | null; parts: PatternPart[]; cased: boolean }
  | { kind: 'regex'; field: string | null; source: string; ignoreCase: boolean; multiline: boolean; dotAll: boolean }
  | { kind: 'exists'; field: string; present: boolean }
  | { kind: 'null'; field: string }
  | { kind: 'number'; field: string; op: ComparisonOperator; value: PlanNumber }
  | { kind: 'boolean'; field: string; value: boolean }
  | { kind: 'cidr'; field: string; network: string }
  | { kind: 'time'; field: string; part: TimePart; op: ComparisonOperator; value: number }
  | {
      kind: 'ref';
      field: string;
      other: string;
      match: 'equals' | 'startswith' | 'endswith' | 'contains';
      cased: boolean;
    };

/** A boolean expression over leaves. */
export type BooleanTree<Leaf> =
  | { op: 'and'; all: BooleanTree<Leaf>[] }
  | { op: 'or'; any: BooleanTree<Leaf>[] }
  | { op: 'not'; expr: BooleanTree<Leaf> }
  | { op: 'test'; test: Leaf };

export type Expr = BooleanTree<Test>;

/** What an executor runs: one detection on one log source. */
export interface Plan {
  expr: Expr;
  /** Every field that the tests read, sorted. */
  fields: string[];
}
