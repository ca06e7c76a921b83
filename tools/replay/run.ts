import { Failure } from '../content/failure';
import type { HuntQuery } from '../hunt/types';
import type { Engine, EngineResult, Progress, SourceCount } from '../sigma/execution';
import type { Rule } from '../sigma/model';
import type { Dataset } from '../simulate/types';
import type { Contract } from '../telemetry/contract';
import { settle, type Way } from './against-sliding';
import { compareEngines } from './compare';
import type { Detector } from './detector';
import { judge } from './judge';
import { LabelStore } from './labels';
import { MatchStore, RequestBook } from './matches';
import { bookQuery } from './query-detector';
import type { ReplayReport } from './result';
import { bookRules } from './rule-detector';
import { totals, type WorldResult } from './totals';
import type { WindowModel } from './windows';

export interface ReplayOptions {
  /** All rules that are needed, base rules included; those are reported that `rule-detector.ts` says. */
  rules: Rule[];
  queries: HuntQuery[];
  contracts: Map<string, Contract>;
  /** One run of each world. */
  datasets: Dataset[];
  /** One engine, or two whose answers are held against each other; the first one's answers are judged. */
  engines: [Engine] | [Engine, Engine];
  progress: Progress;
  /** Worlds or scenarios were left out on purpose. */
  partial?: boolean;
  /** How the windows of rules lie in time; `sliding`, as they mean, by default. Queries have schedules of their own. */
  window?: WindowModel;
}

/**
 * Replays content against datasets: each world's events go to the engine, and what matched is judged against the labels,
 * which the engine never sees. Throws the engine's `Failure` (3) when an event was lost.
 */
export async function replay(options: ReplayOptions): Promise<ReplayReport> {
  const worlds: Omit<WorldResult, 'judgements'>[] = [];
  const byDetector = new Map<string, [Way, ...Way[]]>();
  const report = emptyReport(options);
  for (const dataset of options.datasets) {
    const { book, detectorsOf } = prepare(options, dataset);
    const labels = new LabelStore(dataset.start);
    const results: EngineResult[] = [];
    for (const [index, engine] of options.engines.entries()) {
      const events =
        index === 0 ? labels.watch(dataset.events((message) => labels.addMessage(message))) : dataset.events();
      const run = `${dataset.world}-${dataset.seed}`;
      results.push(await engine.execute(run, events, book.requests, within(options.progress, dataset.world)));
    }
    const [first, second] = results as [EngineResult, EngineResult?];
    addCounts(report.events, first.events);
    if (labels.size === 0)
      throw new Failure(2, `${dataset.world} has no events`, 'an empty dataset would make every rule look quiet');
    report.decided.alone += first.decidedAlone;
    report.decided.requests += book.requests.length;
    if (second) {
      const [a, b] = options.engines as [Engine, Engine];
      report.differences.push(...compareEngines(book.requests, [a.name, first], [b.name, second]));
    }
    const store = new MatchStore(book.requests, first.matches, labels);
    const detectors = detectorsOf(store);
    for (const [done, detector] of detectors.entries()) {
      options.progress.update(`${dataset.world}: judging`, done, detectors.length);
      const inOthers = report.window === 'sliding' ? [] : (detector.under?.(report.window) ?? []);
      const ways = byDetector.get(detector.id) ?? wayOfEach(detector, inOthers);
      byDetector.set(detector.id, ways);
      for (const [index, one] of [detector, ...inOthers].entries())
        ways[index]!.judgements.push(judge(one, dataset, labels));
    }
    worlds.push({ dataset, labels });
  }
  const settled = [...byDetector.values()].map((ways) => settle(ways, options.partial));
  for (const { result } of settled) report[result.kind === 'rule' ? 'rules' : 'queries'].push(result);
  report.totals = totals(
    worlds.map((world, index) => ({ ...world, judgements: settled.map(({ judgements }) => judgements[index]!) })),
  );
  return report;
}

/** Books every rule and query; the detectors come once the matches are there. */
function prepare({ rules, queries, contracts }: ReplayOptions, dataset: Dataset) {
  const book = new RequestBook();
  const makers = [
    ...bookRules(rules, contracts, dataset, book),
    ...queries.map((query) => bookQuery(query, dataset, book)),
  ];
  return { book, detectorsOf: (store: MatchStore): Detector[] => makers.map((make) => make(store)) };
}

function wayOfEach(detector: Detector, others: Detector[]): [Way, ...Way[]] {
  return [{ detector, judgements: [] }, ...others.map((other): Way => ({ detector: other, judgements: [] }))];
}

function emptyReport({ datasets, engines, window = 'sliding' }: ReplayOptions): ReplayReport {
  return {
    engine: {
      name: engines.map((engine) => engine.name).join('+'),
      version: engines[0].version,
    },
    seed: datasets[0]?.seed ?? 0,
    days: datasets[0]?.days ?? 0,
    window,
    worlds: datasets.map((dataset) => dataset.world),
    events: { expected: 0, indexed: 0 },
    decided: { alone: 0, requests: 0 },
    rules: [],
    queries: [],
    totals: totals([]),
    differences: [],
  };
}

function addCounts(sum: SourceCount, counts: Record<string, SourceCount>): void {
  for (const { expected, indexed } of Object.values(counts)) {
    sum.expected += expected;
    sum.indexed += indexed;
  }
}

/** The same progress, with the world before each stage. */
function within(progress: Progress, world: string): Progress {
  return { update: (stage, done, total) => progress.update(`${world}: ${stage}`, done, total) };
}
