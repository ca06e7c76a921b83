import type { Numeric } from '../values/scalar';
import type { Plan, BooleanTree } from './plan';

export type Level = 'informational' | 'low' | 'medium' | 'high' | 'critical';
export type Status = 'stable' | 'test' | 'experimental' | 'deprecated' | 'unsupported';

/** How a rule relates to another one, which is named by its id. */
export interface Related {
  id: string;
  type: 'derived' | 'obsolete' | 'merged' | 'renamed' | 'similar';
}

export interface LogSource {
  category?: string;
  product?: string;
  service?: string;
  /** For readers only: what must be switched on to get these logs. */
  definition?: string;
  /** Keys that the specification does not know, such as a tenant, as they are written; absent where there are none. */
  custom?: Record<string, unknown>;
}

/** The attributes that detection rules and correlation rules share. */
export interface RuleBase {
  /** The rule's `id`, or its `name`, or `<file>#<document>` where it has neither. */
  id: string;
  name?: string;
  title: string;
  /** Absent where the rule says nothing, and so is the level. */
  status?: Status;
  level?: Level;
  description: string;
  references: string[];
  tags: string[];
  falsepositives: string[];
  /** Where it stands. */
  file: string;
  /** 0-based number of the YAML document in the file. */
  document: number;
  license?: string;
  author?: string;
  /** `YYYY-MM-DD`. */
  date?: string;
  /** `YYYY-MM-DD`. */
  modified?: string;
  /** Fields that an analyst wants to see. */
  fields?: string[];
  scope?: string[];
  related?: Related[];
  /** The rule's own attributes: keys that the specification does not know, as they are written. */
  attributes: Record<string, unknown>;
}

export interface DetectionRule extends RuleBase {
  kind: 'detection';
  logsource: LogSource;
  /** The detection and, joined with `and`, the filters that name this rule. */
  plan: Plan;
  /** Ids of those filters. */
  filters?: string[];
}

/** A Sigma filter: a condition that is joined with `and` to the rules it names. */
export interface Filter {
  /** Its `id`, or `<file>#<document>`. */
  id: string;
  title: string;
  logsource: LogSource;
  /** Ids of the detection rules that it is applied to. */
  rules: string[];
  plan: Plan;
  file: string;
  document: number;
}

export type CorrelationType =
  | 'event_count'
  | 'value_count'
  | 'temporal'
  | 'temporal_ordered'
  | 'value_sum'
  | 'value_avg'
  | 'value_percentile'
  | 'value_median';

export interface CorrelationCondition {
  /** A bigint is an integer that no double keeps. */
  gt?: Numeric;
  gte?: Numeric;
  lt?: Numeric;
  lte?: Numeric;
  eq?: Numeric;
  neq?: Numeric;
  /** Counted or summed fields. Distinctness of several is that of the tuple. */
  field?: string[];
  /** value_percentile only. */
  percentile?: number;
  /** temporal only, and without bounds: which of the rules must have matched, by their positions in `rules`. */
  expression?: BooleanTree<number>;
}

export interface CorrelationRule extends RuleBase {
  kind: 'correlation';
  type: CorrelationType;
  /** Ids of the rules it refers to, resolved from ids or names; in the written order. */
  rules: string[];
  groupBy: string[];
  /** alias → rule id → field. */
  aliases: Record<string, Record<string, string>>;
  timespanMs: number;
  /** temporal types: the default is "all of the rules". */
  condition: CorrelationCondition;
  generate: boolean;
}

export type Rule = DetectionRule | CorrelationRule;

/** Ids of the rules that are there for a correlation, which does not say that they are rules of their own (`generate`). */
export function partsOf(rules: readonly Rule[]): Set<string> {
  return new Set(rules.flatMap((rule) => (rule.kind === 'correlation' && !rule.generate ? rule.rules : [])));
}
