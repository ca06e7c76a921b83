import type { SourcedEvent } from '../detection/engine/execution';

/** Whose doing an event is. It travels beside the record, where no rule can read it. */
export interface Label {
  kind: 'benign' | 'malicious' | 'induced';
  /** 0 for the world's ordinary traffic, else the number of the occurrence (`Dataset.occurrences[n - 1]`). */
  occurrence: number;
}

/** One record of one log source, with whose doing it is. */
export interface SimulatedEvent extends SourcedEvent {
  label: Label;
}

/** A message that a carrier took and that is paid for. */
export interface Message {
  label: Label;
  /** When it was sent, epoch ms. */
  time: number;
  /** By the rate card; a call as a text, which is less than it costs (ours). */
  usd: number;
  /** Where its number is, and the number's range of ten thousand neighbours. */
  country: string;
  block: string;
  /** When its code came back (epoch ms); null where it never did. */
  usedAt: number | null;
  /** Contract ids of the sources that record it. */
  sources: string[];
}

/**
 * One placing of a scenario on the timeline. Each occurrence is a branch of its own: it is judged together with the
 * ordinary traffic (and with `within`, where it hides in an honest scenario), never with other occurrences.
 */
export interface Occurrence {
  /** 1-based. */
  number: number;
  /** The scenario's file name without `.yml`. */
  scenario: string;
  title: string;
  kind: 'benign' | 'malicious';
  /** Number of the benign occurrence in which this one hides. */
  within?: number;
  /** Epoch ms; every event that it causes lies in [start, end]. */
  start: number;
  end: number;
  /** Benign: how many such occurrences a business of this kind has in a year. */
  perYear?: number;
}

/** One simulated run of one world. */
export interface Dataset {
  world: string;
  seed: number;
  /** Start of the measured days, epoch ms; earlier events are history for baselines only. */
  start: number;
  /** End of the measured days, epoch ms. */
  end: number;
  days: number;
  /** Contract ids of the sources this world runs. */
  sources: string[];
  occurrences: Occurrence[];
  /** Names its bytes, as `datasetDigest` has it; null, or left out, where they are to be made each time. */
  digest?: () => string | null;
  /**
   * All events in the order of their time; each call starts anew and yields the same bytes. `onMessage` is told every message,
   * also those that no source records, so that money is counted apart from what logs show.
   */
  events(onMessage?: (message: Message) => void): Iterable<SimulatedEvent>;
}
