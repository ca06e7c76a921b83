import { blockCount, COUNTRIES } from './numbers';
import { unit, type Key } from './random';
import type { Countries } from './scenario';
import type { World } from './world';

/** The countries that a stream goes to, with their weights; none where they are as usual. `key` decides which, where only their number is told. */
export function weightsOf(countries: Countries, world: World, key: Key, blocks: number): Record<string, number> {
  if (countries === 'usual') return {};
  if (countries === 'home') return world.countries;
  if (countries === 'all') return alike(withBlocks(blocks));
  return isCount(countries) ? alike(someOf(withBlocks(blocks), countries.count, key)) : countries;
}

/** Whether only the number of the countries is told. */
export function isCount(countries: object): countries is { count: number } {
  return 'count' in countries;
}

/** The countries in which so many blocks can be leased. */
export function withBlocks(blocks: number): string[] {
  return COUNTRIES.filter((country) => blockCount(country) >= blocks);
}

function alike(names: string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, 1]));
}

/** So many of some names, each set of them as likely as any other. */
function someOf(names: string[], count: number, key: Key): string[] {
  const lots = new Map(names.map((name) => [name, unit(key, `lot of ${name}`)]));
  return [...names].sort((a, b) => lots.get(a)! - lots.get(b)!).slice(0, count);
}
