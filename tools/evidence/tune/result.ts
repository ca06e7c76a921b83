import type { FalsePositiveBudget } from '../../detection/rules/section';

/** A world's false episodes in the budget's unit, and the upper 95 % bound of that rate. */
export interface WorldRate {
  world: string;
  rate: number;
  high: number;
}

/** What a rule or query did at one value of a parameter, over all worlds and seeds. */
export interface TunePoint {
  value: number;
  /** Those that one of its sources shows. */
  campaigns: { present: number; caught: number };
  /** US dollars that these campaigns had cost at its first alert, all of them where it missed one; and what they cost in all. */
  usdLost: number;
  usd: number;
  /** Of ordinary traffic: incidents a day (none below level medium), alerts, episodes a day and their exact 95 % interval. */
  incidentsPerDay: number;
  alerts: number;
  episodes: number;
  days: number;
  perDay: number;
  interval: [number, number];
  /** Episodes that benign special scenarios raised. */
  specials: number;
  /** The world that is worst for the budget, whatever world that is of; null where there is no budget or nothing to hold it against. */
  worst: WorldRate | null;
  /** Whether no world has more false episodes than the budget allows; null without a budget. */
  isWithin: boolean | null;
}

/** A parameter that was swept. */
export interface TunedParameter {
  /** `rule.name`. */
  parameter: string;
  description: string;
  unit: string;
  range: [number, number];
  /** The value that it has. */
  present: number;
  /** On the development seeds, from the lowest value up. */
  points: TunePoint[];
  /** The value to take; null where no value is within the budget, or there is no budget. */
  choice: number | null;
  /** Where no value is within the budget, the one that comes nearest. */
  nearest: number | null;
  /** The present value and the chosen (or nearest) one on the seeds that chose nothing; one where they are the same. */
  reported: TunePoint[];
}

/** A sweep. Field names are the machine-readable form that others build on. */
export interface TuneReport {
  id: string;
  name: string;
  kind: 'rule' | 'query';
  path: string;
  budget: Pick<FalsePositiveBudget, 'max' | 'per' | 'world'> | null;
  worlds: string[];
  days: number;
  seeds: number[];
  reportSeeds: number[];
  parameters: TunedParameter[];
}
