/** Tollgate as a library: Sigma rules as data and as predicates, without a file, a cluster or a process being touched. */
export { parse, parseFiles, type ParseOptions, type Parsed } from './parse';
export { compile, plan, type Predicate } from './compile';
export { evaluate, type EvaluateOptions, type Evaluation, type RuleAlert, type RuleMatch } from './evaluate';
export { Failure } from '../content/failure';
export type { Diagnostic } from '../content/diagnostic';
export type { Event, Scalar } from '../content/event';
export type { Alert } from '../correlate/types';
export type { CorrelationRule, DetectionRule, Filter, Rule } from '../sigma/model';
export type { Expr, PatternPart, Plan, Test } from '../sigma/plan';
