import type { Window } from '@tollgate/sigma/correlate/types';
import type { ParameterChange } from '../../detection/parameters/change';
import type { DetectorFacts } from './detector';
import type { CampaignOutcome, SpecialOutcome } from './judge';
import type { WindowModel } from './windows';

/**
 * `no-budget`: nothing says what it may cost, so there is nothing to pass. `not-proven`: inside its budget as far as this replay can tell, which is too short to prove it. `not-tested`: nothing that was
 * replayed can be seen by its sources, so that nothing is said of it.
 */
export type Verdict = 'pass' | 'no-budget' | 'not-proven' | 'not-tested' | 'fail';

/** One rule or query in a report. Field names are the machine-readable form that others build on. */
export interface DetectorResult {
  id: string;
  name: string;
  kind: DetectorFacts['kind'];
  path: string;
  level: string;
  status: string;
  shows: string[];
  sources: string[];
  campaigns: { present: number; caught: number; blind: number };
  benign: {
    /** Episodes of ordinary traffic in the measured days, over all worlds. */
    episodes: number;
    alerts: number;
    days: number;
    sends: number;
    perDay: number;
    /** Exact 95 % interval of `perDay`. */
    interval: [number, number];
    /** The world with the most episodes a day, which the budget is held against. */
    worst: { world: string; episodes: number; days: number; perDay: number; upper95: number } | null;
  };
  specials: SpecialOutcome[];
  outcomes: CampaignOutcome[];
  precision: number | null;
  induced: number;
  excluded: number;
  nearness: number | null;
  /** Over the campaigns that it caught; negative where the alert came before the first message. */
  timeToDetectSeconds: { median: number | null; p95: number | null };
  /** Median over the campaigns that it caught. */
  lossBeforeAlert: { messages: number | null; usd: number | null };
  budget: DetectorFacts['budget'] | null;
  verdict: Verdict;
  /** Why it fails, has nothing to pass, is not proven or not tested; of one that passes, what proves it where that is not this replay. */
  reasons: string[];
  /** In a replay under another window model than `sliding`, of a rule: the windows of the worst phase, and what they change. */
  window?: Window | undefined;
  change?: WindowChange;
}

/** What other windows than sliding ones make of a rule on the same data: the figure there less the figure in sliding windows. */
export interface WindowChange {
  /** Campaigns. */
  caught: number;
  /** Episodes of ordinary traffic. */
  benignEpisodes: number;
  /** Episodes that benign special scenarios raised. */
  specialEpisodes: number;
  /** Median time to the first alert, each over what was caught; null where either caught nothing. */
  medianSeconds: number | null;
}

/** One replay. */
export interface ReplayReport {
  engine: { name: string; version: string };
  seed: number;
  days: number;
  /** The window model that rules ran under. */
  window: WindowModel;
  worlds: string[];
  /** Worlds that were not asked for, in which something could run; absent where that was not decided. */
  leftOut?: string[];
  /** Parameters that had other values than in their files; absent where none had. */
  parameters?: ParameterChange[];
  events: { expected: number; indexed: number };
  /** Requests that the engine decided alone, of all. */
  decided: { alone: number; requests: number };
  rules: DetectorResult[];
  queries: DetectorResult[];
  totals: {
    /** `atHigh`: of those that were caught, with an incident that became high. */
    campaigns: { present: number; caught: number; atHigh: number; blind: number };
    /** Incidents that ordinary traffic made of all rules and queries together, a day; of the worst world. */
    benignIncidentsPerDay: number;
    /** Before the first alert, before an incident was high, and when an observer who knew all rates could first have known. */
    usdLost: number;
    usdLostBeforeHigh: number;
    usdLostAtBound: number;
    usdSaved: number;
    /** Campaigns that nothing caught, as `world/scenario`. */
    missed: string[];
  };
  /** `both` only: what the two engines disagree on. */
  differences: string[];
}
