/**
 * The executable form of a detection: and / or / not over tests. Every Sigma modifier has been lowered into a
 * test, so that no executor knows a modifier. A plan is plain JSON.
 */

/** A piece of a pattern: literal text, `*` (any run of characters, also none) or `?` (exactly one code point). */
export type PatternPart = string | { wild: 'any' | 'one' };

export type Comparison = 'eq' | 'lt' | 'lte' | 'gt' | 'gte';
export type TimePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** A test on one field. `field: null` is a keyword: it holds when any string value of the event matches. */
export type Test =
  | { kind: 'pattern'; field: string | null; parts: PatternPart[]; cased: boolean }
  | { kind: 'regex'; field: string | null; source: string; ignoreCase: boolean; multiline: boolean; dotAll: boolean }
  | { kind: 'exists'; field: string; present: boolean }
  | { kind: 'null'; field: string }
  | { kind: 'number'; field: string; op: Comparison; value: number }
  | { kind: 'boolean'; field: string; value: boolean }
  | { kind: 'cidr'; field: string; network: string }
  | { kind: 'time'; field: string; part: TimePart; op: Comparison; value: number }
  | {
      kind: 'ref';
      field: string;
      other: string;
      match: 'equals' | 'startswith' | 'endswith' | 'contains';
      cased: boolean;
    };

/** A boolean expression over leaves. */
export type Tree<Leaf> =
  | { op: 'and'; all: Tree<Leaf>[] }
  | { op: 'or'; any: Tree<Leaf>[] }
  | { op: 'not'; expr: Tree<Leaf> }
  | { op: 'test'; test: Leaf };

export type Expr = Tree<Test>;

/** What an executor runs: one detection on one log source. */
export interface Plan {
  expr: Expr;
  /** Every field that the tests read, sorted. */
  fields: string[];
}
