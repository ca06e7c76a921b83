import { InvalidArgumentError } from 'commander';
import { Failure } from '../../foundation/content/failure';
import { sum } from '../../foundation/statistics/sum';
import { readPlan, unitKey, type UnitSpec } from '../../evidence/measure/plan';
import type { OpenUnit } from '../../evidence/measure/run';
import { parseSeeds, requireSeeds } from '../../evidence/measure/seeds';
import type { World } from '../../simulate/world';
import { choose } from './choose';

/** Which units of a plan are meant. */
interface Choice {
  plan?: string;
  world?: string[];
  seeds?: string;
  engine?: 'memory' | 'both';
  development?: boolean;
}

/** One of `of` equal parts of a measurement, from 1. */
export interface Shard {
  part: number;
  of: number;
}

export function shardOf(text: string): Shard {
  const [, part, of] = /^(\d{1,3})\/(\d{1,3})$/.exec(text) ?? [];
  const shard = { part: Number(part), of: Number(of) };
  if (!of || shard.part < 1 || shard.part > shard.of) throw new InvalidArgumentError('Write k/n, such as 3/8.');
  return shard;
}

/** A shard's units, in the order of the plan: the largest are dealt out first, each to the shard that has the least. */
export function partOf(units: UnitSpec[], { part, of }: Shard, weight: (unit: UnitSpec) => number): UnitSpec[] {
  const loads = Array.from({ length: of }, () => 0);
  const mine = new Set<UnitSpec>();
  for (const unit of [...units].sort((a, b) => weight(b) - weight(a))) {
    const least = loads.indexOf(Math.min(...loads));
    loads[least]! += weight(unit);
    if (least === part - 1) mine.add(unit);
  }
  return units.filter((unit) => mine.has(unit));
}

/** The units to measure, of the known worlds. Throws a `Failure` (2) where there is none. */
export function unitsFor(known: World[], options: Choice): UnitSpec[] {
  const development = options.development ?? false;
  const planned = readPlan(
    options.plan ?? '',
    known.map(({ name }) => name),
  );
  const worlds = choose('world', known, options.world).map(({ name }) => name);
  const inWorlds = planned.filter(({ world }) => worlds.includes(world));
  const seeded =
    options.seeds !== undefined
      ? withSeeds(inWorlds, parseSeeds(options.seeds))
      : development
        ? moved(inWorlds)
        : inWorlds;
  const units = options.engine === undefined ? seeded : seeded.map((unit) => ({ ...unit, engine: options.engine! }));
  if (units.length === 0) throw new Failure(2, 'the plan has no unit of these worlds', 'add them to the plan');
  requireSeeds(
    units.map(({ seed }) => seed),
    development,
  );
  return units;
}

/** The same runs with other seeds, in memory. */
function withSeeds(units: UnitSpec[], seeds: number[]): UnitSpec[] {
  const kinds = new Map(units.map((unit) => [unitKey({ ...unit, seed: 0, engine: 'memory' }), unit]));
  return [...kinds.values()].flatMap((unit) => seeds.map((seed) => ({ ...unit, seed, engine: 'memory' as const })));
}

/** The plan's seeds from 101 on as those of development, as far as there are so many. */
function moved(units: UnitSpec[]): UnitSpec[] {
  return units.filter(({ seed }) => seed > 100 && seed <= 120).map((unit) => ({ ...unit, seed: unit.seed - 100 }));
}

/** About how much work a unit is; the days before the measured ones are recorded for few sources. */
export function weightOf({ world, days, detectors }: UnitSpec, worlds: World[]): number {
  const sends = worlds.find(({ name }) => name === world)!.sends_per_day;
  return sends * (detectors === 'short' ? days : days + 5);
}

/**
 * Seconds of one core for each send of a unit: to simulate what its sources record, and for each rule and query besides. From a whole
 * measurement and from that of three queries, both on two cores of a server (ours); another machine is faster or slower.
 */
const SECONDS_A_SEND = { simulated: 0.00027, detected: 0.000004 };

/** About how many seconds of one core it takes to simulate so many sends and to run so many rules and queries on them. */
export function secondsFor(sends: number, detectors: number): number {
  return sends * (SECONDS_A_SEND.simulated + detectors * SECONDS_A_SEND.detected);
}

/** What there is to do and about how long it takes, for one who waits; `jobs`: units at once. */
export function estimateText(open: OpenUnit[], worlds: World[], jobs: number): string {
  if (open.length === 0) return 'every unit is measured already';
  const seconds = open.map(({ unit, detectors }) => {
    return secondsFor(weightOf(unit, worlds), detectors) * (unit.engine === 'both' ? 3 : 1);
  });
  const minutes = Math.ceil(sum(seconds) / Math.min(jobs, open.length) / 60);
  return `${open.length} ${open.length === 1 ? 'unit' : 'units'} to measure, about ${minutes} min`;
}
