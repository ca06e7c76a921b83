import { changeLength } from './admin';
import { DAY, HOUR, MINUTE } from './curve';
import { LONGEST_LIFE } from './life';
import { between, child, type Key } from './random';
import { bounds, milliseconds, type Scenario } from './scenario';
import type { Occurrence } from './types';
import type { Model, World } from './world';

/** An occurrence with what it takes to play it. */
export interface Placed {
  occurrence: Occurrence;
  scenario: Scenario;
  /** When its traffic begins and ends; its changes may come before. */
  begins: number;
  ends: number;
  key: Key;
}

/** Whether a world has what a scenario requires. */
export function canOccur(scenario: Scenario, world: World): boolean {
  const { runs = [], sources = [], flows = [], tenants = [], sends_per_day: sends = 0 } = scenario.requires ?? {};
  return (
    !scenario.unfit?.includes(world.name) &&
    runs.every((facility) => world.runs.includes(facility)) &&
    sources.every((source) => world.sources.includes(source)) &&
    flows.every((flow) => flow in world.flows) &&
    tenants.every((asset) => isTenant(asset, world)) &&
    world.sends_per_day >= sends
  );
}

/** Whether an asset is one of a world. */
export function isTenant(asset: string, { asset: own, tenants = {} }: World): boolean {
  return asset === own || asset in tenants;
}

/**
 * Places each scenario once in the measured time. Where and when depends on the scenario and the seed alone; only the
 * numbers of the occurrences depend on which other scenarios there are. A scenario that is longer than the measured time, or
 * that hides in one that isn't there, does not occur.
 */
export function schedule(model: Model, scenarios: Scenario[], start: number, days: number): Placed[] {
  const present = scenarios.filter((scenario) => canOccur(scenario, model.world));
  const byName = [...present].sort((a, b) => (a.name < b.name ? -1 : 1));
  const hosts = byName.filter(({ within }) => within === undefined);
  const guests = byName.filter(({ within }) => within !== undefined);
  const placed: Placed[] = [];
  for (const scenario of [...hosts, ...guests]) {
    const host = placed.find((one) => one.scenario.name === scenario.within);
    if (scenario.within !== undefined && !host) continue;
    const key = child(child(model.key, 'scenario'), scenario.name);
    const begins = beginning(model, scenario, start, key, host);
    const one = fitted(place(scenario, begins, key, host, placed.length + 1), start, start + days * DAY);
    if (one) placed.push(one);
  }
  return placed;
}

function beginning(model: Model, scenario: Scenario, start: number, key: Key, host?: Placed): number {
  const when = scenario.start;
  if ('after' in when) {
    const [low, high] = [milliseconds(when.after[0]), milliseconds(when.after[1])];
    return minutely(host!.begins + between(key, 'after', low, high));
  }
  const day = Math.floor(between(key, 'day', when.day[0], when.day[1] + 1));
  const hour = between(key, 'hour', when.hour[0], when.hour[1]);
  return minutely(start + day * DAY + hour * HOUR - model.world.utc_offset_minutes * MINUTE);
}

/** Moved by whole days until all of it lies in the measured time; null where it never does, or hides in what does not move. */
function fitted(placed: Placed, from: number, to: number): Placed | null {
  const { occurrence } = placed;
  const late = Math.max(0, Math.ceil((from - occurrence.start) / DAY));
  const early = Math.max(0, Math.ceil((occurrence.end - to) / DAY));
  const shift = (late - early) * DAY;
  if (late > 0 && early > 0) return null;
  const start = occurrence.start + shift;
  const end = occurrence.end + shift;
  if (start < from || end > to || (shift !== 0 && occurrence.within !== undefined)) return null;
  return {
    ...placed,
    begins: placed.begins + shift,
    ends: placed.ends + shift,
    occurrence: { ...occurrence, start, end },
  };
}

/** Visits are drawn by the minute. */
function minutely(time: number): number {
  return Math.floor(time / MINUTE) * MINUTE;
}

function place(scenario: Scenario, begins: number, key: Key, host: Placed | undefined, number: number): Placed {
  const changes = (scenario.changes ?? []).map((change) => {
    const first = begins + milliseconds(change.at ?? '0s');
    return { first, last: first + changeLength(change) };
  });
  const [shortest, longest] = bounds(scenario.duration);
  const ends = begins + Math.round(between(key, 'duration', shortest, longest));
  const occurrence: Occurrence = {
    number,
    scenario: scenario.name,
    title: scenario.title,
    kind: scenario.kind,
    ...(host && { within: host.occurrence.number }),
    start: Math.min(begins, ...changes.map(({ first }) => first)),
    end: Math.max(ends + LONGEST_LIFE, ...changes.map(({ last }) => last + 1000)),
    ...(scenario.exposure && { perYear: scenario.exposure.per_year }),
  };
  return { occurrence, scenario, begins, ends, key };
}
