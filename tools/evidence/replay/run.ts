import type { Dataset } from '../../simulate/types';
import { settle, type Way } from './against-sliding';
import type { ReplayReport } from './result';
import { Steps } from './steps';
import { replayPicture, type ReplayPicture } from './replay-picture';
import { totals, type PackUnit } from './totals';
import { runUnit, type UnitOptions, type UnitResult } from './unit';
import type { VerdictOptions } from './verdict';
import { sum } from '../../foundation/statistics/sum';

export interface ReplayOptions extends UnitOptions, VerdictOptions {
  /** One run of each world. */
  datasets: Dataset[];
  /** About how much work each of them is, for the progress; by default all the same. */
  weights?: number[];
}

/** Replays content against datasets, one unit each, and puts the units together. Throws what `runUnit` throws. */
export async function replay(options: ReplayOptions): Promise<ReplayReport> {
  return reportOf(await replayUnits(options), options);
}

/** The units alone, one of each dataset. Throws what `runUnit` throws. */
export async function replayUnits(options: ReplayOptions): Promise<UnitResult[]> {
  const { datasets, weights } = options;
  const steps = datasets.map(({ world }, i) => ({ name: world, weight: weights?.[i] ?? 1 }));
  const worlds = new Steps(options.progress, steps, 'world');
  const units: UnitResult[] = [];
  for (const dataset of datasets) units.push(await runUnit({ ...options, progress: worlds.next() }, dataset));
  return units;
}

type ReportOptions = Pick<UnitOptions, 'window'> & VerdictOptions;

/** The report on units of the same content, at least one. */
export function reportOf(units: UnitResult[], { window = 'sliding', ...options }: ReportOptions = {}): ReplayReport {
  const [first] = units as [UnitResult];
  const settled = settledOf(units, options);
  const ofKind = (kind: string) => settled.flatMap(({ result }) => (result.kind === kind ? result : []));
  return {
    engine: first.engine,
    seed: first.seed,
    days: first.days,
    window,
    worlds: [...new Set(units.map(({ world }) => world))],
    events: {
      expected: sum(units.map(({ events }) => events.expected)),
      indexed: sum(units.map(({ events }) => events.indexed)),
    },
    decided: {
      alone: sum(units.map(({ decided }) => decided.alone)),
      requests: sum(units.map(({ decided }) => decided.requests)),
    },
    rules: ofKind('rule'),
    queries: ofKind('query'),
    totals: totals(packUnits(units, settled)),
    differences: units.flatMap(({ differences }) => differences),
  };
}

/** What pictures of the same units show beside the report; they were run with `pictured`. */
export function pictureOfUnits(units: UnitResult[], options: VerdictOptions = {}): ReplayPicture {
  return replayPicture(units, packUnits(units, settledOf(units, options)));
}

type Settled = ReturnType<typeof settle>;

function settledOf(units: UnitResult[], options: VerdictOptions): Settled[] {
  return units[0]!.detectors.map((_, place) => settle(waysOf(units, place), options));
}

/** The units as the content as a whole sees them, baselines left out. */
function packUnits(units: UnitResult[], settled: Settled[]): PackUnit[] {
  const pack = settled.filter(({ result }) => result.kind !== 'baseline');
  return units.map(({ world, days, campaigns }, index) => ({
    ...{ world, days, campaigns },
    detectors: pack.map(({ result, judgements }) => ({ detector: result, judgement: judgements[index]! })),
  }));
}

/** A detector as it means in all units, and then each other way in which it ran. */
function waysOf(units: UnitResult[], place: number): [Way, ...Way[]] {
  const each = units.map(({ detectors }) => detectors[place]!);
  const { detector, others } = each[0]!;
  return [
    { detector, judgements: each.map(({ judgement }) => judgement) },
    ...others.map(({ window }, way) => ({
      detector,
      window,
      judgements: each.map((unit) => unit.others[way]!.judgement),
    })),
  ];
}
