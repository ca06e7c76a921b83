import { anyAddress } from './addresses';
import { pick } from './math';
import { blockCount, numberAt } from './numbers';
import { below, child, unit, type Key } from './random';
import { blockKey, type Model } from './world';

/** What a server sees of a browser. */
export interface Client {
  address: string;
  userAgent: string;
  /** Identifies the device. */
  device: Key;
}

/** The owner of a number, or whoever plays one. */
export interface Person {
  key: Key;
  country: string;
  carrier: string;
  number: string;
  /** Null where no client took part: an API call, a job. */
  client: Client | null;
  /** Has an account already. */
  known: boolean;
}

/** A subscriber of the business, the same for every seed-equal draw. Few are active often: the square of a uniform draw picks them. */
export function subscriber(model: Model, key: Key): Person {
  const u = unit(key, 'subscriber');
  const index = Math.floor(u * u * model.world.users);
  return personOf(model, child(model.key, 'user', index), true);
}

/** Someone who has no account yet. */
export function newcomer(model: Model, key: Key): Person {
  return personOf(model, child(key, 'newcomer'), false);
}

function personOf(model: Model, key: Key, known: boolean): Person {
  const country = model.countries.names[pick(model.countries.shares, unit(key, 'country'))]!;
  return { ...lineOf(model, country, null, key), key, client: clientOf(model, key), known };
}

/** A number in a country as its carriers' blocks are used: few blocks hold most subscribers. */
export function lineOf(
  model: Model,
  country: string,
  carrier: string | null,
  key: Key,
): { country: string; carrier: string; number: string } {
  const { names, shares, blocks } = model.carriers;
  const index = carrier === null ? pick(shares, unit(key, 'carrier')) : names.indexOf(carrier);
  const rank = pick(blocks[index]!.shares, unit(key, 'rank'));
  const block = below(blockKey(model, country, index), 'block', blockCount(country), rank);
  return { country, carrier: names[index]!, number: numberAt(country, block, below(key, 'place', 10_000)) };
}

/** An address and a user agent as this business's clients have them. */
export function clientOf(model: Model, key: Key): Client {
  const { names, addresses, shares } = model.networks;
  const network = pick(shares, unit(key, 'network'));
  return {
    address: anyAddress(
      names[network]!,
      child(key, 'client'),
      addresses[network]!,
      child(model.key, 'network', network),
    ),
    userAgent: userAgentOf(model, key),
    device: child(key, 'device'),
  };
}

export function userAgentOf(model: Model, key: Key): string {
  return model.userAgents.names[pick(model.userAgents.shares, unit(key, 'agent'))]!;
}
