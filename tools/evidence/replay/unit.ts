import type { Window } from '@tollgate/sigma/correlate/types';
import { Failure } from '../../foundation/content/failure';
import type { HuntQuery } from '../../detection/hunt/types';
import type { Engine, EngineResult, Progress, SourceCount } from '../../detection/engine/execution';
import type { Rule } from '@tollgate/sigma/rules/model';
import type { Dataset } from '../../simulate/types';
import type { Contract } from '../../telemetry/contract';
import { campaignsOf, type Campaign } from './campaigns';
import { compareEngines } from './compare';
import { factsOf, type Detector, type DetectorFacts, type DetectorMaker, type MoreDetectors } from './detector';
import { judge, type Judgement } from './judge';
import { LabelStore } from './labels';
import { MatchStore, RequestBook } from './matches';
import { pictureOf, type NearnessPicture, type UnitPicture } from './picture';
import { bookQuery } from './query-detector';
import { bookRules } from './rule-detector';
import { Stages } from './stages';
import type { WindowModel } from './windows';

/** How long the judgement takes, in parts of the time that indexing takes. */
const JUDGING = 0.5;

/** What is run on each dataset, and how. */
export interface UnitOptions {
  /** All rules that are needed, base rules included; those are reported that `rule-detector.ts` says. */
  rules: Rule[];
  queries: HuntQuery[];
  contracts: Map<string, Contract>;
  /** Judged beside the rules and queries, and no part of the pack. */
  more?: MoreDetectors;
  /** One engine, or two whose answers are held against each other; the first one's answers are judged. */
  engines: [Engine] | [Engine, Engine];
  /** Hears of the unit as of one work: its stage, the events that have passed of about how many, and what part of the work is done. */
  progress: Progress;
  /** How the windows of rules lie in time; `sliding`, as they mean, by default. Queries have schedules of their own. */
  window?: WindowModel;
  /** Whether to tell what pictures show as well. */
  pictured?: boolean;
}

/** One run of one world, judged. Plain JSON, so that it crosses processes and is kept in files. */
export interface UnitResult {
  world: string;
  seed: number;
  /** Measured days. */
  days: number;
  engine: { name: string; version: string };
  events: SourceCount;
  /** Requests that the engine decided alone, of all. */
  decided: { alone: number; requests: number };
  detectors: DetectorUnit[];
  campaigns: Campaign[];
  /** What two engines disagree on. */
  differences: string[];
  /** Where it was asked for. */
  picture?: UnitPicture;
}

/** A detector in a unit: judged as it means, and under a window model other than `sliding` in each way that is tried. */
export interface DetectorUnit {
  detector: DetectorFacts;
  judgement: Judgement;
  others: { window: Window; judgement: Judgement }[];
}

/**
 * Runs content on one dataset: its events go to the engine, and what matched is judged against the labels, which the
 * engine never sees. Throws the engine's `Failure` (3) when an event was lost, and one (2) where the dataset is empty.
 */
export async function runUnit(options: UnitOptions, dataset: Dataset): Promise<UnitResult> {
  const clock = new StreamClock(dataset);
  const progress = new Stages(options.progress, options.engines, clock, { judging: JUDGING });
  const book = new RequestBook();
  const makers = makersFor(options, dataset, book);
  const labels = new LabelStore(dataset.start, dataset.days);
  const store = new MatchStore(book.requests, labels);
  const watched = clock.watch(labels.watch(dataset.events((message) => labels.addMessage(message))));
  const [engine, second] = options.engines;
  let answer: Omit<EngineResult, 'matches'>;
  const differences: string[] = [];
  const digest = second === undefined && engine.recall ? (dataset.digest?.() ?? null) : null;
  const take = ({ matches }: EngineResult): void => {
    for (const [request, list] of matches.entries()) for (const match of list) store.add(request, match);
  };
  const recalled = digest === null ? null : await engine.recall!(digest, book.requests, progress);
  if (recalled) {
    labels.restore(recalled.beside);
    take(recalled);
    answer = recalled;
  } else if (second === undefined && engine.stream) {
    answer = engine.stream(watched, book.requests, progress, (request, match) => store.add(request, match));
  } else {
    const run = `${dataset.world}-${dataset.seed}`;
    const keeping = digest === null ? undefined : { digest, beside: () => labels.toBytes() };
    const first = await engine.execute(run, watched, book.requests, progress, keeping);
    answer = first;
    take(first);
    if (second) {
      const other = await second.execute(run, clock.watch(dataset.events()), book.requests, progress);
      differences.push(...compareEngines(book.requests, [engine.name, first], [second.name, other]));
    }
  }
  if (labels.size === 0)
    throw new Failure(2, `${dataset.world} has no events`, 'an empty dataset would make every rule look quiet');
  const pictures: NearnessPicture[] = [];
  const detectors = makers.map((make, done) => {
    progress.update('judging', done, makers.length);
    const detector = make(store);
    const near = new Map<number, number | null>();
    const unit = judged(detector, options.window ?? 'sliding', dataset, labels, near);
    if (options.pictured) pictures.push({ groups: detector.nearnessOfGroups?.() ?? null, near: [...near] });
    return unit;
  });
  progress.update('judging', makers.length, makers.length);
  return {
    world: dataset.world,
    seed: dataset.seed,
    days: dataset.days,
    engine: { name: options.engines.map(({ name }) => name).join('+'), version: engine.version },
    events: sumOf(answer.events),
    decided: { alone: answer.decidedAlone, requests: book.requests.length },
    detectors,
    campaigns: campaignsOf(dataset, labels),
    differences,
    ...(options.pictured && { picture: pictureOf(dataset, labels, pictures) }),
  };
}

/** Books all detectors. Each is made when it is its turn, so that what it needs in memory goes before the next one's comes. */
function makersFor(options: UnitOptions, dataset: Dataset, book: RequestBook): DetectorMaker[] {
  const { rules, queries, contracts, more } = options;
  return [
    ...bookRules(rules, contracts, dataset, book),
    ...queries.map((query) => bookQuery(query, dataset, book)),
    ...(more?.(dataset, book) ?? []),
  ];
}

function judged(
  detector: Detector,
  window: WindowModel,
  dataset: Dataset,
  labels: LabelStore,
  near: Map<number, number | null>,
): DetectorUnit {
  const others = window === 'sliding' ? [] : (detector.under?.(window) ?? []);
  return {
    detector: factsOf(detector),
    judgement: judge(detector, dataset, labels, near),
    others: others.map((other) => ({ window: other.window!, judgement: judge(other, dataset, labels) })),
  };
}

function sumOf(counts: Record<string, SourceCount>): SourceCount {
  const sum = { expected: 0, indexed: 0 };
  for (const { expected, indexed } of Object.values(counts)) {
    sum.expected += expected;
    sum.indexed += indexed;
  }
  return sum;
}

/** How far a stream of events has come, by their time: nobody knows their number before they have passed. */
class StreamClock {
  private first: number | undefined;
  private now = 0;

  constructor(private readonly dataset: Dataset) {}

  *watch<Event extends { time: number }>(events: Iterable<Event>): Generator<Event> {
    this.first = undefined;
    for (const event of events) {
      this.first ??= event.time;
      this.now = event.time;
      yield event;
    }
  }

  get share(): number {
    return this.first === undefined ? 0 : (this.now - this.first) / (this.dataset.end - this.first);
  }
}
