import type { Event } from '@tollgate/sigma/values/event';
import type { Loaded } from '../../../tools/command/check/load';
import { buildDataset } from '../../../tools/simulate/dataset';
import { assetsOf } from '../../../tools/simulate/world';

/** Above those on which thresholds are chosen and measured. */
export const SEED = 101;

/** Nine worlds that have every source, each a business of few messages a day beside its campaigns. */
export const WORLDS: readonly string[] = [
  'b2b-service',
  'city-services',
  'clinic-booking',
  'insurance-portal',
  'marketplace',
  'mobile-game',
  'parcel-service',
  'staff-portal',
  'subscription-app',
];

/** A day of a world with everything that happens in it, as memory sees it; what a source's log delivers late arrives late. */
export interface Day {
  world: string;
  start: number;
  end: number;
  /** By the source, in the order of their time. */
  events: Map<string, Event[]>;
  /** The business's own table: account or host → product. */
  assets: ReadonlyMap<string, string>;
}

/** Simulates a world's day. Throws a `RangeError` for a name that no world has. */
export function dayOf(name: string, { content, datasets }: Loaded): Day {
  const world = datasets.worlds.find((one) => one.name === name);
  if (!world)
    throw new RangeError(`there is no world ${name}; there are ${datasets.worlds.map((one) => one.name).join(', ')}`);
  const { contracts } = content;
  const { scenarios } = datasets;
  const set = buildDataset({ world, scenarios, contracts, seed: SEED, days: 1, history: { days: 0, sources: [] } });
  const events = new Map<string, Event[]>(set.sources.map((source) => [source, []]));
  for (const { source, event } of set.events()) events.get(source)!.push(event);
  return { world: name, start: set.start, end: set.end, events, assets: assetsOf(world) };
}
