import type { Contract } from '../telemetry/contract';
import { deriver } from '../telemetry/derive';
import { campaignChanges, campaignVisits } from './campaign';
import { streamOf } from './campaign-stream';
import { DAY, EPOCH, HOUR } from './curve';
import { datasetDigest } from './dataset-digest';
import { LENSES } from './lenses';
import { heavyVisits } from './heavy';
import { ordinaryVisits, routineChanges, type Beginning } from './ordinary';
import { child } from './random';
import type { Scenario } from './scenario';
import { schedule, type Placed } from './schedule';
import { eventStream, type Recording } from './stream';
import { troublesOf } from './trouble';
import type { Dataset, Label } from './types';
import { assetsOf, modelOf, type Model, type World } from './world';

export interface DatasetOptions {
  world: World;
  /** Which scenarios may occur; those that the world can't have, don't. */
  scenarios: Scenario[];
  /** By telemetry contract id. A source of the world without a contract is not recorded. */
  contracts: ReadonlyMap<string, Contract>;
  seed: number;
  /** Measured days. */
  days: number;
  /** Days before the measured ones, recorded for some sources only. */
  history: { days: number; sources: string[] };
  /** Multiplies the volume of the ordinary traffic; 1 where left out. Campaigns don't know how large their victim is. */
  scale?: number;
}

/** Simulates one world for one seed. Nothing is made before the events are asked for. */
export function buildDataset(options: DatasetOptions): Dataset {
  const { world, contracts, seed, days, history, scale = 1 } = options;
  const model = modelOf(world, seed);
  const end = EPOCH + days * DAY;
  const past = EPOCH - history.days * DAY;
  const placed = schedule(model, options.scenarios, EPOCH, days);
  const assets = assetsOf(world);
  const recordings: Recording[] = LENSES.filter(
    ({ source }) => world.sources.includes(source) && contracts.has(source),
  ).map((lens) => ({
    lens,
    derive: deriver(contracts.get(lens.source)!, assets),
    from: history.sources.includes(lens.source) ? past : EPOCH,
  }));
  // Codes that were asked for shortly before the first record are answered after it.
  const from = Math.min(EPOCH, ...recordings.map((recording) => recording.from)) - HOUR;
  return {
    world: world.name,
    seed,
    start: EPOCH,
    end,
    days,
    sources: recordings.map(({ lens }) => lens.source),
    occurrences: placed.map(({ occurrence }) => occurrence),
    digest: () => datasetDigest(options),
    events: (onMessage) => {
      const troubles = placed.flatMap((one) => troublesOf(world, one));
      return eventStream(
        world,
        [
          ordinaryVisits(model, from, end, scale, troubles),
          heavyVisits(model, from, end, scale, troubles),
          routineChanges(model, from, end),
          ...placed.flatMap((one) => beginnings(model, one)),
        ],
        recordings,
        end,
        onMessage,
      );
    },
  };
}

/** Everything that an occurrence begins, one iterator a stream. */
function beginnings(model: Model, { scenario, occurrence, begins, ends, key }: Placed): Iterator<Beginning>[] {
  const label: Label = { kind: occurrence.kind, occurrence: occurrence.number };
  const induced: Label = { kind: 'induced', occurrence: occurrence.number };
  return [
    campaignChanges(model, scenario, begins, key, label).values(),
    ...scenario.traffic.map((traffic, index) =>
      campaignVisits(model, streamOf(traffic, begins, ends, child(key, 'traffic', index), label)),
    ),
    ...(scenario.provokes ?? []).map((traffic, index) =>
      campaignVisits(model, streamOf(traffic, begins, ends, child(key, 'provoked', index), induced)),
    ),
  ];
}
