/** Sigma rules as data, as predicates and as correlations, without a file, a network or a process being touched. */
export { parse, type ParseOptions, type Parsed } from './parse';
export { compile, plan, type Predicate } from './compile';
export { evaluate, type EvaluateOptions, type Evaluation, type RuleAlert, type RuleMatch } from './evaluate';
export type { Diagnostic, DiagnosticCode, DiagnosticCodes } from './diagnostics/diagnostic';
export type { Event, Scalar } from './values/event';
export type { Alert } from './correlate/types';
export type { Numeric } from './values/scalar';
export type {
  CorrelationCondition,
  CorrelationRule,
  CorrelationType,
  DetectionRule,
  Filter,
  Level,
  LogSource,
  Related,
  Rule,
  RuleBase,
  Status,
} from './rules/model';
export type {
  BooleanTree,
  ComparisonOperator,
  Expr,
  PatternPart,
  Plan,
  PlanNumber,
  Test,
  TimePart,
} from './rules/plan';
export type { Placeholders } from './rules/transform';
