import type { CorrelationCondition, CorrelationType } from '@tollgate/sigma/rules/model';
import type { Explained } from '@tollgate/sigma/explain/explain';
import type { Scalar } from '@tollgate/sigma/values/event';
import type { Numeric } from '@tollgate/sigma/values/scalar';
import type { CaseKind } from '../replay/case-events';
import type { ExplainedFormula } from './having';

/** Why a rule or query does what it does on some events. Field names are the machine-readable form that others build on. */
export interface Explanation {
  kind: 'rule' | 'query';
  id: string;
  title: string;
  file: string;
  line: number;
  /** In the order of time. The numbers of events everywhere else are places in this list, from 0. */
  events: { name: string; time: number }[];
  parts: PartExplanation[];
  /** Each correlation of the rule, the outermost first. */
  correlations: CorrelationExplanation[];
  /** What a query's runs came to; null of a rule. */
  hunt: HuntExplanation | null;
  alerts: ExplainedAlert[];
  /** The case that the events are of. */
  case: { name: string; kind: CaseKind; expected: number; file: string; line: number; column: number } | null;
}

/** One detection on the events of its source. */
export interface PartExplanation {
  id: string;
  title: string;
  source: string;
  file: string;
  line: number;
  /** How many events are of its source, and which of them it matched. */
  of: number;
  matched: number[];
  /** Its events by which of its tests hold, those that match last; in each of these the events with the fewest parts that fail first. */
  alike: AlikeEvents[];
}

/** Events on which the same tests of a detection hold. */
export interface AlikeEvents {
  holds: boolean;
  events: number[];
  /** That of the first event. */
  tree: Explained;
}

/** A correlation over what its rules matched. */
export interface CorrelationExplanation {
  id: string;
  title: string;
  file: string;
  type: CorrelationType;
  groupBy: string[];
  timespanMs: number;
  condition: CorrelationCondition;
  /** The rules that it refers to; `matches` is null of a correlation. */
  rules: { id: string; title: string; matches: number | null; alerts: number | null }[];
  alerts: number;
  /** Matches that are in no group, and how many of them lack which field. */
  excluded: { count: number; lacking: Record<string, number> };
  /** The highest value that any group reached in a window; null where nothing was counted or low values satisfy the condition. */
  reached: Numeric | null;
  /** How much `reached` is below the least value that satisfies; null where it is not, or nothing is known. 0: it must be passed. */
  short: Numeric | null;
  /** The groups, the one that reached most first; null of a correlation of correlations. */
  groups: GroupReach[] | null;
}

/** What one group reached. */
export interface GroupReach {
  group: Record<string, Scalar>;
  /** How many matches it has of each rule, in the order of the rules. */
  matches: number[];
  /** The highest value in any window. */
  reached: Numeric | null;
  /** The value of all of its matches together, whatever their time. */
  together: Numeric | null;
}

/** A query's runs over the events. */
export interface HuntExplanation {
  /** Rows of all runs: a group in a window. */
  rows: number;
  /** Events that are in no group, and how many of them lack which field. */
  excluded: { count: number; lacking: Record<string, number> };
  /** The row that came nearest to `having`; null where there was none. */
  nearest: {
    nearness: number;
    /** When the query ran. */
    at: number;
    group: Record<string, Scalar>;
    /** Measures and derived values. */
    values: Record<string, number | null>;
    having: ExplainedFormula;
  } | null;
}

/** An alert with what it rests on. */
export interface ExplainedAlert {
  group: Record<string, Scalar>;
  start: number;
  end: number;
  value: Numeric;
  /** Each of its events, with the parts that matched it, by their places. */
  events: { event: number; parts: number[] }[];
}
