import { ROOT } from '../../foundation/root';
import { join } from 'node:path';
import { Failure } from '../../foundation/content/failure';
import { contentName, findYaml } from '../../foundation/content/find';
import type { Detector, DetectorMaker } from '../replay/detector';
import type { RequestBook } from '../replay/matches';
import { bookRules, closure, reported } from '../replay/rule-detector';
import { loadRules } from '../../detection/rules/load';
import type { CorrelationRule, DetectionRule, Rule } from '@tollgate/sigma/rules/model';
import type { Dataset } from '../../simulate/types';
import type { Contract } from '../../telemetry/contract';
import { contractFor } from '../../telemetry/logsource';
import { AUTHGEAR_IDS, bookAuthgear } from './authgear';

/** A published detection that the pack is compared with. It may be several detectors, whose episodes add up. */
export interface Baseline {
  /** The file's name without `.yml`. */
  name: string;
  title: string;
  /** Ids of its detectors as they are published. */
  detectors: string[];
  /** These at several thresholds, the published one times a factor, rounded up; none where the threshold is not one number. */
  thresholds: { factor: number; detectors: string[] }[];
  /** Puts what all of these need on the book. */
  book(contracts: Map<string, Contract>, dataset: Dataset, book: RequestBook): DetectorMaker[];
}

/** By how much thresholds are lowered and raised in the search for the pack's rate. */
const FACTORS = [0.2, 0.35, 0.5, 0.7, 1.5, 2];

const AUTHGEAR = 'authgear';

/**
 * The baselines of a folder: each file of correlations is one, and `authgear.yml` has what Authgear's limits count. Throws a
 * `Failure` (1) with the first diagnostic where a file has an error.
 */
export function loadBaselines(folder: string): Baseline[] {
  return findYaml([folder]).map((file) => {
    const { rules, diagnostics } = loadRules([file]);
    const [wrong] = diagnostics.filter(({ severity }) => severity === 'error');
    if (wrong) throw new Failure(1, `${wrong.file}:${wrong.line}:${wrong.column}: ${wrong.message}`, wrong.hint);
    const name = contentName(file);
    return name === AUTHGEAR ? authgear(name, rules) : counting(name, rules);
  });
}

function counting(name: string, rules: Rule[]): Baseline {
  const published = reported(rules).filter((rule) => rule.kind === 'correlation');
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const variants = FACTORS.map((factor) => ({ factor, rules: published.map((rule) => withThreshold(rule, factor)) }));
  return {
    name,
    title: titleOf(published),
    detectors: published.map(({ id }) => id),
    thresholds: [{ factor: 1, rules: published }, ...variants].map((one) => {
      return { factor: one.factor, detectors: one.rules.map(({ id }) => id) };
    }),
    book: (contracts, dataset, book) =>
      published.flatMap((rule, place) => {
        const others = variants.map((one) => one.rules[place]!);
        const makers = bookRules([...closure(rule, byId), ...others], contracts, dataset, book);
        const skip = quietSkipper();
        return makers.map((make, n): DetectorMaker => {
          const threshold = thresholdOf(others[n - 1] ?? rule);
          return (store) => ({ ...skip(make(store), threshold, n === 0), kind: 'baseline' });
        });
      }),
  };
}

function thresholdOf({ condition }: CorrelationRule): number {
  return Number(condition.gte ?? condition.gt);
}

/**
 * For the same rule at several thresholds: where one raised nothing, a higher one is not run, since it raises nothing either; unless
 * it is always to be run, so that its nearness is known.
 */
function quietSkipper(): (detector: Detector, threshold: number, always: boolean) => Detector {
  /** View → the lowest threshold that was quiet in it. */
  const quiet = new Map<string, number>();
  return (detector, threshold, always) => ({
    ...detector,
    run(view) {
      const key = JSON.stringify(view);
      const known = quiet.get(key) ?? Infinity;
      if (threshold >= known && !always) return { alerts: [], excluded: 0, nearness: null };
      const outcome = detector.run(view);
      if (outcome.alerts.length === 0) quiet.set(key, Math.min(threshold, known));
      return outcome;
    },
  });
}

/** The title of the only rule, or what the titles of several have in common before a comma. */
function titleOf(rules: CorrelationRule[]): string {
  const [first] = rules;
  return rules.length === 1 ? first!.title : first!.title.split(', ')[0]!;
}

/** The rule with its threshold so many times as high. */
function withThreshold(rule: CorrelationRule, factor: number): CorrelationRule {
  const condition = { ...rule.condition };
  if (condition.gte !== undefined) condition.gte = Math.ceil(Number(condition.gte) * factor);
  if (condition.gt !== undefined) condition.gt = Math.ceil(Number(condition.gt) * factor);
  const times = `×${factor}`;
  return { ...rule, id: `${rule.id}${times}`, title: `${rule.title}, threshold ${times}`, condition };
}

function authgear(name: string, rules: Rule[]): Baseline {
  const named = (wanted: string) => rules.find((rule) => rule.name === wanted) as DetectionRule;
  const [sent, verified] = [named('authgear_code_sent'), named('authgear_code_verified')];
  return {
    name,
    title: "Authgear's published limits",
    detectors: AUTHGEAR_IDS,
    thresholds: [],
    book: (contracts, dataset, book) => {
      const { id } = contractFor(sent.logsource, contracts.values())!;
      return bookAuthgear({ source: id, sent, verified }, dataset, book);
    },
  };
}

/** Where Tollgate's own baselines are. */
export const OWN_BASELINES = join(ROOT, 'datasets', 'baselines');
