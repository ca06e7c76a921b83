import { sum } from '../foundation/statistics/sum';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { heavyMisfits } from './check-heavy';
import { LENSES } from './lenses';
import type { Misfit } from '../foundation/content/misfit';
import { COUNTRIES } from './numbers';
import { ACCOUNT_OF, PROVIDERS } from './providers';
import type { Facility, World } from './world';

type Path = (string | number)[];

/** What is wrong with a world that its schema can't say. */
export function worldMisfits(world: World): Misfit[] {
  return [
    ...sourceMisfits(world),
    ...accountMisfits(world),
    ...countryMisfits(world),
    ...carrierMisfits(world),
    ...flowMisfits(world),
    ...shareMisfits(world),
    ...tenantMisfits(world),
    ...heavyMisfits(world),
  ];
}

function sourceMisfits({ sources, runs }: World): Misfit[] {
  const known = LENSES.map(({ source }) => source);
  return sources.flatMap((source, index): Misfit[] => {
    const path = ['sources', index];
    const lens = LENSES.find((one) => one.source === source);
    if (!lens) {
      const message = `no source '${source}' can be simulated`;
      return [{ path, code: 'unknown-source', message, hint: didYouMean(source, known) }];
    }
    if (lens.runs.some((one) => runs.includes(one))) return [];
    return [notRun(path, `'${source}' records ${lens.runs.join(' or ')}`, lens.runs[0]!)];
  });
}

function notRun(path: Path, what: string, facility: Facility): Misfit {
  const message = `${what}, but the world does not run that`;
  return { path, code: 'not-run', message, hint: `add ${facility} to 'runs'` };
}

function accountMisfits(world: World): Misfit[] {
  return world.runs.flatMap((facility, index): Misfit[] => {
    const key = ACCOUNT_OF[facility];
    if (!key || world[key]) return [];
    const message = `'${facility}' needs an account's ids`;
    return [{ path: ['runs', index], code: 'missing-key', message, hint: `add the key '${key}'` }];
  });
}

function countryMisfits(world: World): Misfit[] {
  const home = Object.keys(world.countries).flatMap((country) =>
    unknownCountry(country, ['countries', country], 'key'),
  );
  const elsewhere = world.elsewhere.countries.flatMap((country, index): Misfit[] => {
    const path = ['elsewhere', 'countries', index];
    if (!(country in world.countries)) return unknownCountry(country, path, 'value');
    const message = `'${country}' is one of 'countries' already`;
    return [{ path, code: 'duplicate-country', message, hint: 'name it in one of the two' }];
  });
  return [...home, ...elsewhere];
}

/** A diagnostic where a country is none of those that have numbers which belong to nobody. */
export function unknownCountry(country: string, path: Path, part: 'key' | 'value'): Misfit[] {
  if (COUNTRIES.includes(country)) return [];
  const message = `no numbers of '${country}' are known that belong to nobody`;
  return [{ path, part, code: 'unknown-country', message, hint: didYouMean(country, COUNTRIES) }];
}

function carrierMisfits({ carriers }: World): Misfit[] {
  return Object.entries(carriers)
    .filter(([, { blocks, users_per_block: users }]) => (blocks === undefined) === (users === undefined))
    .map(([name, { blocks }]) => ({
      path: ['carriers', name],
      code: blocks === undefined ? 'missing-key' : 'wrong-value',
      message: `carrier '${name}' ${blocks === undefined ? 'does not say' : 'says twice'} how many blocks it has`,
      hint: 'blocks: 90, or users_per_block: 500',
    }));
}

function flowMisfits(world: World): Misfit[] {
  return Object.entries(world.flows).flatMap(([name, flow]): Misfit[] => {
    const path = ['flows', name];
    const found: Misfit[] = [];
    const { facility, texts } = PROVIDERS[flow.provider];
    if (!world.runs.includes(facility)) {
      found.push(notRun([...path, 'provider'], `'${flow.provider}' sends through ${facility}`, facility));
    }
    const verified = flow.purpose !== 'notification';
    if (verified && flow.conversion === undefined) {
      const message = `flow '${name}' lacks 'conversion'`;
      found.push({ path, code: 'missing-key', message, hint: 'verified ÷ sent, such as 0.8' });
    }
    for (const step of ['resend', 'check'] as const) {
      if (!flow.paths || verified === (flow.paths[step] !== undefined)) continue;
      const message = verified ? `the form of flow '${name}' lacks '${step}'` : `a notification has no code to ${step}`;
      const at = [...path, 'paths', ...(verified ? [] : [step])];
      const hint = verified ? `${step}: /code/${step}` : `delete '${step}'`;
      found.push({ path: at, part: 'key', code: verified ? 'missing-key' : 'unknown-key', message, hint });
    }
    if (!verified && !texts) {
      const message = `'${flow.provider}' sends codes, not notifications`;
      const hint =
        flow.provider === 'cognito' ? 'provider: sns' : 'name a provider that sends texts, such as messaging';
      found.push({ path: [...path, 'provider'], code: 'wrong-value', message, hint });
    }
    if (flow.paths && !world.runs.includes('web_form')) {
      found.push(notRun([...path, 'paths'], 'paths are those of a form', 'web_form'));
    }
    return found;
  });
}

function tenantMisfits(world: World): Misfit[] {
  const tenants = Object.entries(world.tenants ?? {});
  const found: Misfit[] = [];
  const total = sum(tenants.map(([, { share }]) => share));
  if (total >= 1) {
    const message = `the shares of 'tenants' add up to ${Number(total.toFixed(3))}`;
    const hint = "they must leave something to the world's own asset";
    found.push({ path: ['tenants'], part: 'key', code: 'shares-not-one', message, hint });
  }
  const taken = new Set([world.asset, world.web.host, world.web.service]);
  for (const [asset, { web }] of tenants) {
    const names = new Set([asset, web.host, web.service]);
    const twice = [...names].find((name) => taken.has(name));
    for (const name of names) taken.add(name);
    if (twice === undefined) continue;
    const message = `'${twice}' is a name of another asset, too`;
    const hint = 'give each a host and a service of its own';
    found.push({ path: ['tenants', asset], part: 'key', code: 'duplicate-name', message, hint });
  }
  return found;
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
