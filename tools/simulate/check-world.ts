import { didYouMean } from '../content/suggest';
import { LENSES } from './lenses';
import type { Misfit } from '../content/misfit';
import { COUNTRIES } from './numbers';
import type { World } from './world';

/** What is wrong with a world that its schema can't say. */
export function worldMisfits(world: World): Misfit[] {
  return [...sourceMisfits(world), ...countryMisfits(world), ...flowMisfits(world), ...shareMisfits(world)];
}

function sourceMisfits(world: World): Misfit[] {
  const known = LENSES.map(({ source }) => source);
  return world.sources.flatMap((source, index): Misfit[] => {
    const path = ['sources', index];
    if (!known.includes(source)) {
      return [
        {
          path,
          code: 'unknown-source',
          message: `no source '${source}' can be simulated`,
          hint: didYouMean(source, known),
        },
      ];
    }
    if (!source.startsWith('aws.') || world.aws) return [];
    return [{ path, code: 'missing-key', message: `'${source}' needs an AWS account`, hint: "add the key 'aws'" }];
  });
}

function countryMisfits(world: World): Misfit[] {
  return [
    ...Object.keys(world.countries).map((country) => ({ country, path: ['countries', country], part: 'key' as const })),
    ...world.elsewhere.countries.map((country, index) => ({
      country,
      path: ['elsewhere', 'countries', index],
      part: 'value' as const,
    })),
  ].flatMap(({ country, path, part }) => unknownCountry(country, path, part));
}

/** A diagnostic where a country is none of those that have numbers which belong to nobody. */
export function unknownCountry(country: string, path: (string | number)[], part: 'key' | 'value'): Misfit[] {
  if (COUNTRIES.includes(country)) return [];
  return [
    {
      path,
      part,
      code: 'unknown-country',
      message: `no numbers of '${country}' are known that belong to nobody`,
      hint: didYouMean(country, COUNTRIES),
    },
  ];
}

function flowMisfits(world: World): Misfit[] {
  return Object.entries(world.flows).flatMap(([name, flow]): Misfit[] => {
    const path = ['flows', name];
    if (flow.provider === 'cognito' && !world.aws) {
      return [{ path, code: 'missing-key', message: `flow '${name}' needs an AWS account`, hint: "add the key 'aws'" }];
    }
    const verified = flow.purpose !== 'notification';
    if (verified && flow.conversion === undefined) {
      return [
        {
          path,
          code: 'missing-key',
          message: `flow '${name}' lacks 'conversion'`,
          hint: 'verified ÷ sent, such as 0.8',
        },
      ];
    }
    if (!verified && flow.paths) {
      return [
        {
          path: [...path, 'paths'],
          part: 'key',
          code: 'unknown-key',
          message: 'a notification has no form',
          hint: "delete 'paths'",
        },
      ];
    }
    return [];
  });
}

function shareMisfits(world: World): Misfit[] {
  const sums: [string, number][] = [
    ['countries', sum(Object.values(world.countries)) + world.elsewhere.share],
    ['carriers', sum(Object.values(world.carriers).map(({ share }) => share))],
    ['networks', sum(Object.values(world.networks).map((network) => network.share))],
    ['user_agents', sum(Object.values(world.user_agents))],
    ['flows', sum(Object.values(world.flows).map(({ share }) => share))],
  ];
  return sums
    .filter(([, total]) => Math.abs(total - 1) > 0.001)
    .map(([key, total]) => ({
      path: [key],
      part: 'key',
      code: 'shares-not-one',
      message: `the shares of '${key}' add up to ${Number(total.toFixed(3))}`,
      hint: key === 'countries' ? "with that of 'elsewhere' they must add up to 1" : 'they must add up to 1',
    }));
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
