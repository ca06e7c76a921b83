import { Failure } from '../../foundation/content/failure';
import { loadDatasets } from '../../simulate/load';
import type { Scenario } from '../../simulate/scenario';
import type { World } from '../../simulate/world';
import type { Layout } from '../check/layout';
import { MAX_REPLAYED_SENDS } from './limits';

/** Sends of a world's measured days up to which a replay takes it unasked. */
const MOST_SENDS = 20_000;

/** What of the worlds a replay needs to know. */
type Size = Pick<World, 'name' | 'sends_per_day' | 'sources'>;

/**
 * The worlds that a replay takes unasked: the smallest ones in which every detector can run, so that it is done within a minute or
 * two; the smallest of all where none can. `needs`: what each detector reads, contract ids. `leftOut`: the names of the others in which some of them could run;
 * `isPartial`: one of these is the only kind in which some detector can.
 */
export function smallestWorlds<W extends Size>(
  all: W[],
  needs: string[][],
  days: number,
): { worlds: W[]; leftOut: string[]; isPartial: boolean } {
  const couldRun = all.filter(({ sources }) => needs.some((need) => isIn(need, sources)));
  const worlds: W[] = [];
  let open = needs;
  for (const world of [...couldRun].sort((a, b) => a.sends_per_day - b.sends_per_day)) {
    const rest = open.filter((need) => !isIn(need, world.sources));
    if (rest.length === open.length || days * world.sends_per_day > MOST_SENDS) continue;
    worlds.push(world);
    open = rest;
  }
  // Where nothing can run, the report of the smallest says so.
  if (couldRun.length === 0) worlds.push(...[...all].sort((a, b) => a.sends_per_day - b.sends_per_day).slice(0, 1));
  const others = couldRun.filter((world) => !worlds.includes(world));
  return {
    worlds: all.filter((world) => worlds.includes(world)),
    leftOut: others.map(({ name }) => name).sort(),
    isPartial: open.some((need) => others.some(({ sources }) => isIn(need, sources))),
  };
}

function isIn(need: string[], sources: string[]): boolean {
  return need.every((source) => sources.includes(source));
}

/** The largest of the worlds that a replay takes unasked in which something can run; else the smallest in which it can. None where there is none. */
export function usualWorld<W extends Size>(all: W[], need: string[], days: number): W[] {
  const able = all.filter(({ sources }) => isIn(need, sources)).sort((a, b) => a.sends_per_day - b.sends_per_day);
  const quick = able.filter((world) => days * world.sends_per_day <= MOST_SENDS);
  return [quick.at(-1) ?? able[0]].filter((world) => world !== undefined);
}

/** Throws a `Failure` (2) where a world would send more in these days than a replay has memory for. */
export function requireSize(worlds: World[], days: number): void {
  const tooLarge = worlds.find((world) => world.sends_per_day * days > MAX_REPLAYED_SENDS);
  if (tooLarge === undefined) return;
  const most = Math.floor(MAX_REPLAYED_SENDS / tooLarge.sends_per_day);
  throw new Failure(
    2,
    `${tooLarge.name} would send more than ${MAX_REPLAYED_SENDS} messages`,
    most > 0 ? `give --days ${most} or less, or other worlds` : 'give other worlds',
  );
}

/** The worlds and scenarios of a layout. Throws a `Failure` (1) where one of them has an error. */
export function loadedWorlds(layout: Layout): { worlds: World[]; scenarios: Scenario[] } {
  const { worlds, scenarios, diagnostics } = loadDatasets(layout.datasets, layout);
  const [wrong] = diagnostics;
  if (!wrong) return { worlds, scenarios };
  throw new Failure(
    1,
    `${wrong.file}:${wrong.line}:${wrong.column}: ${wrong.message}`,
    'tollgate validate shows everything that is wrong',
  );
}
