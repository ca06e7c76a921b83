import type { Comparisons } from '../baseline/equal';
import type { DetectorFacts } from '../replay/detector';
import type { WorldExposure } from '../replay/exposure';
import type { Added } from './added';
import type { UnitSpec } from './plan';

/** The campaigns of one kind: `loud` with 500 messages or more in their busiest hour. */
export type Pace = 'loud' | 'slow';

/** What was found with one set of scenarios: sums over its units, as far as reports and budgets need them. Plain JSON. */
export interface MeasuredSet {
  /** World → digest of the content that was measured in it, see `worldDigests`. */
  digests: Record<string, string>;
  units: MeasuredUnit[];
  detectors: MeasuredDetector[];
  pack: MeasuredPack[];
  /** The public baselines on the same units; null where a measurement has none. */
  comparisons: Comparisons | null;
}

/** The committed outcome of a measurement: with the scenarios written alongside the rules, and with the independent ones. */
export interface Results extends MeasuredSet {
  /** Measured on the seeds on which thresholds may be chosen. */
  development: boolean;
  /** With the independent scenarios; null where the plan has none. */
  independent: MeasuredSet | null;
}

export interface MeasuredUnit extends UnitSpec {
  events: number;
  /** Of what it found, see `resultDigest`. */
  found: string;
}

/** A rule or query over all units. */
export interface MeasuredDetector extends Pick<DetectorFacts, 'id' | 'title' | 'kind' | 'path' | 'level' | 'sources'> {
  worlds: MeasuredWorld[];
  specials: { world: string; scenario: string; perYear: number; occurrences: number; episodes: number }[];
  campaigns: MeasuredCampaigns[];
  /** By pace; null where it caught none. */
  until: Record<Pace, UntilAlert | null>;
  truePositives: number;
  induced: number;
  /** Beside the detectors that read no source besides its own. */
  added: Added;
}

export interface MeasuredWorld extends WorldExposure {
  nearness: number | null;
  /** The benign scenario that came so near; null where ordinary traffic did. */
  nearest: string | null;
}

/** The campaigns of one scenario in one world. */
export interface MeasuredCampaigns {
  world: string;
  scenario: string;
  pace: Pace;
  caught: number;
  missed: number;
  blind: number;
}

/** Until the first alert, over the campaigns that were caught. */
export interface UntilAlert {
  seconds: { median: number; p95: number };
  /** Medians of what was gone by then. */
  messages: number;
  usd: number;
}

/** The content as a whole in one world. */
export interface MeasuredPack {
  world: string;
  days: number;
  sends: number;
  /** Episodes of ordinary traffic by the level of the detector, with what they are a count of. */
  episodes: { level: string; episodes: number; days: number }[];
  campaigns: PackCampaigns[];
  until: Record<Pace, UntilAlert | null>;
  /** Incidents of ordinary traffic in those days, and those of them that became high. */
  incidents: IncidentCounts;
  /** What each benign special scenario made of it. */
  honest: ({ scenario: string; perYear: number; occurrences: number } & IncidentCounts)[];
}

export interface IncidentCounts {
  incidents: number;
  high: number;
}

export interface PackCampaigns extends MeasuredCampaigns {
  /** Of those that were caught: with an incident that became high. */
  atHigh: number;
  /** Before a half, and before nine tenths, of the money was gone. */
  beforeHalf: number;
  beforeNineTenths: number;
  /** By detectors of two log sources or more. */
  byTwoSources: number;
  /** Of each that was caught, the true alerts and the incidents that they make. */
  alerts: number[];
  incidents: number[];
  /** US dollars: what all of them cost, what was gone before the first alert of any detector, and before an incident was high. */
  cost: number;
  lost: number;
  lostBeforeHigh: number;
  /** US dollars that were gone when an observer who knew all rates could first have known, see `firstKnowable`. */
  lostAtBound: number;
}
