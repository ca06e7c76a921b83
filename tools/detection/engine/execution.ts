import type { Event } from '@tollgate/sigma/values/event';
import type { Match } from '@tollgate/sigma/correlate/match';
import type { Plan } from '@tollgate/sigma/rules/plan';

/** One record of one log source, as an executor gets it. Labels never enter an executor. */
export interface SourcedEvent {
  /** 0-based, consecutive over all sources of the run, in the order of the stream. */
  n: number;
  /** Telemetry contract id. */
  source: string;
  /** `@timestamp`, epoch ms. */
  time: number;
  /** `event.ingested`, epoch ms. */
  ingested: number;
  /** The vendor's record plus `@timestamp`, `event.ingested` and the derived fields. */
  event: Event;
}

/** One detection to run on one source. `fields` are what correlations and hunts need of each match. */
export interface MatchRequest {
  source: string;
  plan: Plan;
  fields: string[];
}

export interface SourceCount {
  expected: number;
  indexed: number;
}

export interface EngineResult {
  /** For each request, its matches in the order of (time, event). */
  matches: Match[][];
  /** Source → how many events were expected and how many the engine holds. */
  events: Record<string, SourceCount>;
  /** How many requests the engine decided alone, without a second check in memory. */
  decidedAlone: number;
}

export interface Progress {
  /**
   * `stage` says what is being done, its parts apart by ` · `, the more telling before the less. `total` is undefined while it is not
   * known. With `share`, what part of the work is done from 0 to 1, `done` and `total` count events instead, `total` being an estimate.
   */
  update(stage: string, done: number, total?: number, share?: number): void;
}

/** How an engine may keep a run's events for the next run on the same ones. */
export interface Keeping {
  /** Names the events: others have another. */
  digest: string;
  /** What else the next run will need of them, asked for once they have passed. The engine hands it back and looks at none of it. */
  beside: () => Uint8Array;
}

/** What was kept of a run: its answers to these requests, and what was put beside its events. */
export interface Recalled extends EngineResult {
  beside: Uint8Array;
}

/** Executes plans on a stream of events: in memory, or in a real Elasticsearch. */
export interface Engine {
  readonly name: 'memory' | 'elasticsearch';
  readonly version: string;
  /**
   * Takes the events once and answers every request. Throws a `Failure` with exit code 3 when any event was lost.
   * `run` names the dataset (lower-case letters, digits and hyphens) and is part of the names of what the engine makes.
   */
  execute(
    run: string,
    events: Iterable<SourcedEvent>,
    requests: MatchRequest[],
    progress: Progress,
    keeping?: Keeping,
  ): Promise<EngineResult>;
  /**
   * Answers every request on the events that were kept under this digest; null where none are, or not as they were or as these requests need
   * them. Absent where an engine keeps nothing.
   */
  recall?(digest: string, requests: MatchRequest[], progress: Progress): Promise<Recalled | null>;
  /**
   * The same, handing each match over as it is found instead of keeping it: those of a request in the order of the events. Absent
   * where an engine has all matches of a request at once.
   */
  stream?(
    events: Iterable<SourcedEvent>,
    requests: MatchRequest[],
    progress: Progress,
    take: (request: number, match: Match) => void,
  ): Omit<EngineResult, 'matches'>;
  close(): Promise<void>;
}
