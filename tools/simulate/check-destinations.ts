import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import type { Misfit } from '../foundation/content/misfit';
import { isCount, withBlocks } from './campaign-countries';
import { unknownCountry } from './check-world';
import { blockCount, COUNTRIES } from './numbers';
import type { ScenarioTraffic } from './scenario';
import type { World } from './world';

type Path = (string | number)[];
type Destinations = ScenarioTraffic['destinations'];

/** What is wrong with a stream's destinations in any world; `path` is the stream's. */
export function destinationMisfits({ destinations }: ScenarioTraffic, path: Path): Misfit[] {
  return [...countryMisfits(destinations), ...leaseMisfits(destinations)].map((misfit) => ({
    ...misfit,
    path: [...path, 'destinations', ...misfit.path],
  }));
}

function countryMisfits({ countries, numbers, blocks = 1 }: Destinations): Misfit[] {
  if (countries === 'usual') {
    if (numbers === 'subscribers') return [];
    const message = `'${numbers}' needs countries, but they are as usual`;
    return [{ path: ['numbers'], code: 'wrong-value', message, hint: 'name the countries, or use subscribers' }];
  }
  if (typeof countries === 'string') return [];
  if (isCount(countries)) {
    const most = withBlocks(blocks).length;
    if (countries.count <= most) return [];
    const message = `${most} countries have ${blocks === 1 ? 'numbers' : `${blocks} blocks of numbers`} that belong to nobody, not ${countries.count}`;
    return [{ path: ['countries', 'count'], code: 'wrong-value', message, hint: `count: ${most}, or countries: all` }];
  }
  const names = Object.keys(countries);
  return [
    ...names.flatMap((country) => unknownCountry(country, ['countries', country], 'key')),
    ...names.filter((one) => COUNTRIES.includes(one)).flatMap((country) => tooManyBlocks(country, blocks)),
  ];
}

function leaseMisfits({ countries, numbers, lease, distinct }: Destinations): Misfit[] {
  const leases =
    numbers === 'leased' || numbers === 'consecutive' || (typeof countries === 'object' && isCount(countries));
  if (lease === undefined || distinct !== undefined || leases) return [];
  const message = `'${numbers}' leases nothing that another stream could use`;
  return [{ path: ['lease'], part: 'key', code: 'wrong-value', message, hint: 'numbers: leased, or leave it out' }];
}

function tooManyBlocks(country: string, blocks: number): Misfit[] {
  const most = blockCount(country);
  if (blocks <= most) return [];
  const message = `${country} has ${most} blocks of numbers that belong to nobody, not ${blocks}`;
  return [{ path: ['blocks'], code: 'wrong-value', message, hint: `blocks: ${most}, or another country` }];
}

/** What a stream's destinations name and a world has not, at paths within the stream. */
export function placeMisfits({ countries, carrier, blocks = 1 }: Destinations, world: World): Misfit[] {
  const found = countries === 'home' ? Object.keys(world.countries).flatMap((one) => tooManyBlocks(one, blocks)) : [];
  if (carrier !== undefined && !(carrier in world.carriers)) {
    const message = `there is no carrier '${carrier}'`;
    const hint = didYouMean(carrier, Object.keys(world.carriers));
    found.push({ path: ['carrier'], code: 'unknown-carrier', message, hint });
  }
  return found.map((misfit) => ({ ...misfit, path: ['destinations', ...misfit.path] }));
}
