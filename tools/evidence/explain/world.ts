import type { Namer } from '@tollgate/sigma/explain/explain';
import { planOf } from '@tollgate/sigma/rules/expr';
import type { Expr, Plan } from '@tollgate/sigma/rules/plan';
import { MemoryEngine } from '../../detection/engine/memory-engine';
import type { Progress } from '../../detection/engine/execution';
import type { Dataset } from '../../simulate/types';
import type { Contract } from '../../telemetry/contract';
import type { Detector } from '../replay/detector';
import { branchOf, judge, type CampaignOutcome } from '../replay/judge';
import { LabelStore } from '../replay/labels';
import { MatchStore, RequestBook } from '../replay/matches';
import { bookQuery } from '../replay/query-detector';
import { bookRules } from '../replay/rule-detector';
import { thresholdOf } from '../replay/rule-run';
import type { Part, Explainable } from './subject';

/** What a rule or query did in one run of a world, and why it missed what it missed. */
export interface WorldExplanation {
  kind: 'rule' | 'query';
  id: string;
  title: string;
  file: string;
  line: number;
  world: string;
  seed: number;
  days: number;
  /** Whether the world runs all of its sources. */
  runnable: boolean;
  parts: WorldPart[];
  /** The least value that satisfies a correlation; null of a query, a single detection and a correlation of which less is more. */
  threshold: number | null;
  /** Benign activity: its episodes in ordinary traffic, and how near it came to the threshold (null where there is no such measure). */
  benign: { episodes: number; nearness: number | null; nearest: string | null };
  campaigns: CampaignExplanation[];
}

/** A detection on the events of its source in the world. `selections`: its named parts, on how many events each of them holds. */
export interface WorldPart {
  id: string;
  title: string;
  source: string;
  file: string;
  line: number;
  of: number;
  matched: number;
  selections: { name: string; line: number; holds: number }[];
}

/** What a campaign was to the rule or query. */
export interface CampaignExplanation extends Pick<
  CampaignOutcome,
  'scenario' | 'occurrence' | 'outcome' | 'seconds' | 'messages' | 'usd'
> {
  /** How near it came to the condition, together with ordinary traffic: 1 is at the threshold; null where there is no such measure. */
  nearness: number | null;
  /** How many of the campaign's own events each part matched. */
  matches: number[];
}

/** Runs a rule or query on one run of a world, in memory, and judges it as a replay does. */
export function explainIn(
  subject: Explainable,
  dataset: Dataset,
  contracts: Map<string, Contract>,
  progress: Progress,
): WorldExplanation {
  const book = new RequestBook();
  const [make] =
    subject.kind === 'rule'
      ? bookRules(subject.family, contracts, dataset, book).slice(0, 1)
      : [bookQuery(subject.query, dataset, book)];
  const asked = subject.parts.map((part) => ({
    part,
    whole: book.add(part.contract.id, part.plan, part.fields),
    selections: selectionsOf(part).map((one) => ({ ...one, request: book.add(part.contract.id, one.plan, []) })),
  }));
  const labels = new LabelStore(dataset.start, dataset.days);
  const store = new MatchStore(book.requests, labels);
  const events = labels.watch(dataset.events((message) => labels.addMessage(message)));
  const answer = new MemoryEngine().stream(events, book.requests, progress, (request, match) =>
    store.add(request, match),
  );
  const detector = make!(store);
  const judgement = judge(detector, dataset, labels);
  const { id, title } = subject.kind === 'rule' ? subject.rule : subject.query;
  return {
    ...{ kind: subject.kind, id, title, file: subject.file, line: subject.line },
    ...{ world: dataset.world, seed: dataset.seed, days: dataset.days, runnable: detector.runnable },
    parts: asked.map(({ part, whole, selections }) => ({
      ...{ id: part.id, title: part.title, source: part.contract.id, file: part.file, line: part.line },
      of: answer.events[part.contract.id]?.indexed ?? 0,
      matched: store.table(whole).length,
      selections: selections.map(({ name, line, request }) => ({ name, line, holds: store.table(request).length })),
    })),
    threshold: subject.kind === 'rule' && subject.rule.kind === 'correlation' ? thresholdOf(subject.rule) : null,
    benign: { episodes: judgement.ordinary.episodes, nearness: judgement.nearness, nearest: judgement.nearest },
    campaigns: judgement.campaigns.map(({ scenario, occurrence, outcome, seconds, messages, usd }) => ({
      ...{ scenario, occurrence, outcome, seconds, messages, usd },
      nearness: outcome === 'blind' ? null : nearnessOf(detector, dataset, occurrence),
      matches: asked.map(({ whole }) => store.of(whole, occurrence).length),
    })),
  };
}

function nearnessOf(detector: Detector, dataset: Dataset, number: number): number | null {
  const occurrence = dataset.occurrences.find((one) => one.number === number)!;
  return detector.run(branchOf(detector, occurrence).branch).nearness;
}

/** The named parts of a detection, each once, as plans of their own. */
function selectionsOf({ plan, nameOf }: Part): { name: string; line: number; plan: Plan }[] {
  const found = new Map<string, { name: string; line: number; plan: Plan }>();
  for (const expr of exprsIn(plan.expr, nameOf)) {
    const named = nameOf(expr);
    const own = named && planOf(expr);
    if (own && !found.has(named.name)) found.set(named.name, { ...named, plan: own });
  }
  return [...found.values()];
}

/** A plan's parts down to those that are named. */
function* exprsIn(expr: Expr, nameOf: Namer): Generator<Expr> {
  yield expr;
  if (nameOf(expr) !== null || expr.op === 'test') return;
  const parts = expr.op === 'not' ? [expr.expr] : expr.op === 'and' ? expr.all : expr.any;
  for (const part of parts) yield* exprsIn(part, nameOf);
}
