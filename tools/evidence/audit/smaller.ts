import type { NetworkUse, World } from '../../simulate/world';

/**
 * The same business with at most so many sends a day, and as many fewer users, bots and shared addresses: who is behind an address or in
 * a block stays as it is. Scenarios that are told in multiples of the usual traffic shrink with it.
 */
export function smaller(world: World, sends: number): World {
  const factor = partOf(world, sends);
  if (factor === 1) return world;
  const less = (count: number): number => Math.max(1, Math.round(count * factor));
  const networks = Object.entries(world.networks).map(([name, use]: [string, NetworkUse]) => [
    name,
    { ...use, addresses: less(use.addresses) },
  ]);
  return {
    ...world,
    sends_per_day: sends,
    users: less(world.users),
    networks: Object.fromEntries(networks) as World['networks'],
    background: { ...world.background, stopped_bots_per_day: world.background.stopped_bots_per_day * factor },
  };
}

/** The part of a world that is left of it then. */
export function partOf(world: World, sends: number): number {
  return Math.min(1, sends / world.sends_per_day);
}
