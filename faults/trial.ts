/** What a trial can show to be wrong. */
export const WRONGS = ['answer', 'wait', 'leftover', 'secret'] as const;

/**
 * - `answer`: less than the truth passed as the truth, or the exit code or the message says something else than what happened.
 * - `wait`: it took longer than the stated deadline.
 * - `leftover`: an index, a process or a file was there still after the next command.
 * - `secret`: a password or a key was printed.
 */
export type Wrong = (typeof WRONGS)[number];

/** One trial and what came of it. */
export interface Trial {
  /** What was done, as the table's rows name it, such as `killed while it indexes`: many trials may share one. */
  what: string;
  /** How to do this one again, such as `--only kills --seed 7`, and what else tells it from the others of its row. */
  which: string;
  /** What was not right, with what was seen; empty where all was. */
  wrong: { wrong: Wrong; seen: string }[];
  /** Why it could not be tried on this machine; then nothing is known of it. */
  skipped?: string;
}

/** What the trials of one kind of fault have at hand. */
export interface Bench {
  /** Everything that is drawn is drawn from it. */
  seed: number;
  /** A folder of this run's own, removed at its end. */
  folder: string;
  /** Whether a trial of this name is asked for. */
  wants(name: string): boolean;
  /** Says what is being done, on a terminal. */
  say(doing: string): void;
}

/** Tries faults of one kind, one after the other. */
export type Trials = (bench: Bench) => AsyncIterable<Trial>;
