import type { Dialect } from '../../../../tools/export/sql/dialect';

/** What a column of an answer holds, with whole numbers as doubles. */
export type Cell = string | number | boolean | null;

/** A database with nothing in it. */
export interface Engine {
  /** The process that does the work: this one, or one of its own, whose memory and time are the engine's alone. */
  pid: number;
  /** Runs statements that nobody asks for rows. */
  run(script: string): Promise<void>;
  rows(query: string): Promise<Record<string, Cell>[]>;
  /** Makes these texts of JSON the rows of `incoming`. */
  receive(records: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** A dialect with the engine that it is tried in. */
export interface Subject {
  dialect: Dialect;
  open(): Promise<Engine>;
}

export function cellOf(value: unknown): Cell {
  return typeof value === 'bigint' ? Number(value) : (value as Cell);
}
