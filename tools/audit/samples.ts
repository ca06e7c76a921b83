import { scalarAt, type Event, type Scalar } from '../content/event';
import { DAY } from '../simulate/curve';
import { buildDataset } from '../simulate/dataset';
import { milliseconds, type Scenario } from '../simulate/scenario';
import type { World } from '../simulate/world';
import type { Contract } from '../telemetry/contract';
import { Reservoir } from './reservoir';
import type { Value } from './tree';

export const SEEDS = [5, 6, 7];
/** Ordinary traffic is thinned or multiplied to this: the distribution of a field does not depend on the volume. */
export const SENDS_PER_DAY = 2000;
/** How many records of each kind are kept. */
export const MOST = 600;
const FEWEST_DAYS = 4;

/** Which step a record is of. A scenario decides which steps are taken and how often, so records are compared with those of the same step. */
const STEP: Record<string, string[]> = {
  'application.otp': ['event.action', 'otp.purpose'],
  'web.access': ['cs-method', 'cs-uri-stem'],
  'twilio.messaging': ['type'],
  'twilio.verify': ['type'],
  'aws.sns': ['status'],
  'aws.cloudtrail': ['eventName'],
  'twilio.monitor': ['event_type'],
  'twilio.errors': ['data.error_code'],
};

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
  const fields = new Map([...contracts.values()].map((contract) => [contract.id, rawFields(contract)]));
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
      const step = stepOf(source, event);
      const key = `${source} ${step}`;
      let samples = steps.get(key);
      if (!samples) steps.set(key, (samples = { source, step, campaigns: new Map() }));
      const reservoir = () => new Reservoir<Value[]>(`${world.name} ${scenario} ${key}`, MOST);
      let sample = scenario === undefined ? (samples.ordinary ??= reservoir()) : samples.campaigns.get(scenario);
      if (!sample) samples.campaigns.set(scenario!, (sample = reservoir()));
      sample.offer(() => fields.get(source)!.map((field) => valueOf(event, field)));
    }
  }
  return [...steps.values()];
}

function stepOf(source: string, event: Event): string {
  return (STEP[source] ?? []).map((field) => scalarAt(event, field) as Scalar | null).join(' ');
}

/** A campaign happens at its own time, so times are no raw fields to be judged. */
export function rawFields(contract: Contract): string[] {
  return Object.entries(contract.fields)
    .filter(([field, { type }]) => type !== 'date' && field !== contract.time.field)
    .map(([field]) => field);
}

function valueOf(event: Event, field: string): Value {
  const found = scalarAt(event, field);
  return Array.isArray(found) ? JSON.stringify(found) : found;
}
