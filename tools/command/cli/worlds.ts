import type { World } from '../../simulate/world';

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
