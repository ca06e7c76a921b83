import type { Engine, Progress } from '../../detection/engine/execution';
import type { Parameter } from '../../detection/parameters/declared';
import { fullName } from '../../detection/parameters/declared';
import type { Dataset } from '../../simulate/types';
import type { DetectorFacts } from '../replay/detector';
import { Steps } from '../replay/steps';
import { runUnit } from '../replay/unit';
import { choiceOf, nearestOf } from './choose';
import { pointOf, type TunedUnit } from './point';
import type { TunedParameter, TunePoint, TuneReport } from './result';
import type { Setting, TuneSubject } from './subject';
import { inOrder } from './values';

/** A parameter with the values that it is tried at; the others keep theirs meanwhile. */
export interface Sweep {
  parameter: Parameter;
  values: number[];
}

export interface TuneOptions {
  subject: TuneSubject;
  sweeps: Sweep[];
  /** The runs of each world with a seed. */
  datasetsOf: (seed: number) => Dataset[];
  /** Seeds on which values are chosen, and others on which the choice is reported. */
  seeds: number[];
  reportSeeds: number[];
  engine: Engine;
  progress: Progress;
}

/**
 * Sweeps parameters: each run of a world is simulated and matched once, and then judged with every value. Throws what `runUnit`
 * throws.
 */
export async function tune(options: TuneOptions): Promise<TuneReport> {
  const { subject, sweeps, seeds, reportSeeds, datasetsOf, progress } = options;
  const steps = new Steps(
    progress,
    [...seeds, ...reportSeeds].flatMap((seed) => datasetsOf(seed).map(() => ({ name: `seed ${seed}`, weight: 1 }))),
    'run',
  );
  const settings = settingsOf(sweeps);
  const development = await judgedWith(settings, seeds, options, steps);
  const found = sweeps.map(({ parameter, values }): Omit<TunedParameter, 'reported'> => {
    const points = inOrder([...values, parameter.value]).map((value) => development.point(parameter, value));
    const choice = choiceOf(points, parameter.value)?.value ?? null;
    const nearest = choice === null ? (nearestOf(points, parameter.value)?.value ?? null) : null;
    const { description, unit, range, value: present } = parameter;
    return { parameter: fullName(parameter), description, unit, range, present, points, choice, nearest };
  });
  const shown = found.map(({ present, choice, nearest }) => inOrder([present, choice ?? nearest ?? present]));
  const chosen = settingsOf(sweeps.map(({ parameter }, place) => ({ parameter, values: shown[place]! })));
  const reporting = await judgedWith(chosen, reportSeeds, options, steps);
  const [first] = datasetsOf(seeds[0]!);
  return {
    ...{ id: subject.id, name: subject.title, kind: subject.kind, path: subject.file },
    budget: development.facts.budget ?? null,
    worlds: datasetsOf(seeds[0]!).map(({ world }) => world),
    ...{ days: first!.days, seeds, reportSeeds },
    parameters: sweeps.map(({ parameter }, place) => ({
      ...found[place]!,
      reported: reportSeeds.length === 0 ? [] : shown[place]!.map((value) => reporting.point(parameter, value)),
    })),
  };
}

/** What is written, once for all parameters, and every other value. */
function settingsOf(sweeps: readonly Sweep[]): Setting[] {
  const others = sweeps.flatMap(({ parameter, values }) =>
    inOrder(values).flatMap((value) => (value === parameter.value ? [] : { parameter, value })),
  );
  return [null, ...others];
}

interface Judged {
  facts: DetectorFacts;
  point(parameter: Parameter, value: number): TunePoint;
}

async function judgedWith(
  settings: Setting[],
  seeds: readonly number[],
  { subject, datasetsOf, engine }: TuneOptions,
  steps: Steps,
): Promise<Judged> {
  const units: TunedUnit[][] = settings.map(() => []);
  let facts: DetectorFacts | undefined;
  for (const dataset of seeds.flatMap(datasetsOf)) {
    const { detectors, campaigns } = await runUnit(
      {
        ...{ rules: [], queries: [], contracts: subject.contracts, engines: [engine], progress: steps.next() },
        more: (ground, book) => subject.book(settings, ground, book),
      },
      dataset,
    );
    for (const [place, { detector, judgement }] of detectors.entries()) {
      facts ??= detector;
      units[place]!.push({ judgement, campaigns });
    }
  }
  return {
    facts: facts!,
    point(parameter, value) {
      const place = settings.findIndex((one) =>
        value === parameter.value ? one === null : one?.parameter === parameter && one.value === value,
      );
      return pointOf(value, facts!, units[place]!);
    },
  };
}
