import { readEvent } from '../../../../tools/foundation/ndjson/read-event';

type Selection = unknown;
export interface Expectation {
  selection: Selection;
  /** The selection as it stands in the rule, where that matters. */
  written?: string;
  holds?: unknown[];
  fails?: unknown[];
  /** The diagnostic instead. */
  error?: string;
  /** Pairs of values that are one to groups, aliases and distinct counts, and pairs that are two. */
  same?: [unknown, unknown][];
  different?: [unknown, unknown][];
}

export const when = (selection: Selection, holds: unknown[], fails: unknown[] = []): Expectation => ({
  selection,
  holds,
  fails,
});
export const written = (text: string, holds: unknown[], fails: unknown[] = []): Expectation => ({
  ...when(text, holds, fails),
  written: text,
});
export const refused = (selection: Selection, error: string): Expectation => ({ selection, error });
export const LONG = 'x'.repeat(40_000);
export const LONG_INTEGER = '7'.repeat(301);
/** An event as it is read from its text. */
export const eventOf = (text: string): unknown => readEvent(Buffer.from(text), 0, Buffer.byteLength(text));
/** An event whose field `a` has a value that is written so. */
export const read = (value: string): unknown => eventOf(`{"a": ${value}}`);
export const PLACEHOLDERS = { servers: ['srv*', 'a\\*b'], digits: ['\\d+'] };

/** Each point of a part of the page → what it means. */
export type Points = Record<string, Expectation[]>;
