import { scalarReader, type Event, type Scalar } from '@tollgate/sigma/values/event';
import { jsonOf } from '@tollgate/sigma/values/json';
import { DAY } from '../../simulate/curve';
import { buildDataset } from '../../simulate/dataset';
import { milliseconds, type Scenario } from '../../simulate/scenario';
import type { World } from '../../simulate/world';
import type { Contract } from '../../telemetry/contract';
import { Reservoir } from './reservoir';
import type { Value } from './tree';

export const SEEDS = [5, 6, 7];
/** Ordinary traffic is thinned or multiplied to this: the distribution of a field does not depend on the volume. */
export const SENDS_PER_DAY = 2000;
/** How many records of each kind are kept. */
export const MOST = 600;
const FEWEST_DAYS = 4;

/** Records of one source and step, a list of the values of the raw fields for each. */
export interface StepSamples {
  source: string;
  step: string;
  ordinary?: Reservoir<Value[]>;
  /** Malicious scenario → its records. */
  campaigns: Map<string, Reservoir<Value[]>>;
}

/** Samples of what a world's sources record of ordinary traffic and of every malicious scenario that it can have. */
export function sampleSteps(world: World, all: Scenario[], contracts: Map<string, Contract>): StepSamples[] {
  const malicious = all.filter(({ kind }) => kind === 'malicious');
  const hosts = all.filter(({ name }) => malicious.some(({ within }) => within === name));
  const longest = Math.max(0, ...malicious.flatMap(({ duration }) => [duration].flat().map(milliseconds)));
  const days = Math.max(FEWEST_DAYS, Math.ceil(longest / DAY) + 1);
  const steps = new Map<string, StepSamples>();
  const readers = new Map([...contracts].map(([id, contract]) => [id, readersOf(contract)]));
  for (const seed of SEEDS) {
    const set = buildDataset({
      world,
      scenarios: [...malicious, ...hosts],
      contracts,
      seed,
      days,
      history: { days: 0, sources: [] },
      scale: SENDS_PER_DAY / world.sends_per_day,
    });
    for (const { label, source, event } of set.events()) {
      const scenario = set.occurrences[label.occurrence - 1]?.scenario;
      if (scenario !== undefined && label.kind !== 'malicious') continue;
      const read = readers.get(source)!;
      const step = read.step(event);
      const key = `${source} ${step}`;
      let samples = steps.get(key);
      if (!samples) steps.set(key, (samples = { source, step, campaigns: new Map() }));
      const reservoir = () => new Reservoir<Value[]>(`${world.name} ${scenario} ${key}`, MOST);
      let sample = scenario === undefined ? (samples.ordinary ??= reservoir()) : samples.campaigns.get(scenario);
      if (!sample) samples.campaigns.set(scenario!, (sample = reservoir()));
      sample.offer(() => read.values(event));
    }
  }
  return [...steps.values()];
}

/** Which step a record is of, in the words of its source, and the values of its raw fields. */
function readersOf(contract: Contract): { step: (event: Event) => string; values: (event: Event) => Value[] } {
  const [steps, fields] = [contract.step, rawFields(contract)].map((names) => names.map(scalarReader));
  return {
    step: (event) =>
      steps!
        .map((read) => read(event))
        .filter((value) => value !== null)
        .join(' '),
    values: (event) => fields!.map((read) => valueOf(read(event))),
  };
}

/** A campaign happens at its own time, so times are no raw fields to be judged. */
export function rawFields(contract: Contract): string[] {
  return Object.entries(contract.fields)
    .filter(([field, { type, tells }]) => type !== 'date' && tells !== 'time' && field !== contract.time.field)
    .map(([field]) => field);
}

function valueOf(found: Scalar | Scalar[] | null): Value {
  if (Array.isArray(found)) return jsonOf(found);
  return typeof found === 'bigint' ? Number(found) : found;
}
