import { anyAddress, inSamePrefix } from './addresses';
import { cumulate, pick } from './math';
import { BLOCK_SIZE, numberAt } from './numbers';
import { below, child, unit, type Key } from './random';
import { placesOf, type Model } from './world';

/** What a server sees of a browser. */
export interface Client {
  address: string;
  userAgent: string;
  /** Identifies the device. */
  device: Key;
  /** Was there before, so that it brings what the page then gave it. */
  returning: boolean;
  /** Gives an e-mail at a provider of disposable addresses; as people do where left out. */
  disposableEmail?: boolean;
}

/** The owner of a number, or whoever plays one. */
export interface Person {
  readonly key: Key;
  readonly country: string;
  readonly carrier: string;
  readonly number: string;
  /** Null where no client took part: an API call, a job. */
  readonly client: Client | null;
  /** Has an account already. */
  readonly known: boolean;
  /** Twilio Lookup warns of the number; as chance has it where left out. */
  readonly warned?: boolean;
}

/** Where a number is. */
export type Line = Pick<Person, 'country' | 'carrier' | 'number'>;

/** A subscriber of the business, the same for every seed-equal draw, at a time (epoch ms). Few are active often: the square of a uniform draw picks them. */
export function subscriber(model: Model, key: Key, time: number): Person {
  const { headroom, world } = model;
  const places = world.users + headroom;
  // The square of a uniform draw from the first place that is not left free.
  const low = headroom === 0 ? 0 : Math.sqrt(headroom / places);
  const u = low + (1 - low) * unit(key, 'subscriber');
  const index = Math.min(world.users - 1, Math.max(0, Math.floor(u * u * places - headroom)));
  return new Someone(model, child(model.key, 'user', index), true, time);
}

/** Someone who has no account yet. */
export function newcomer(model: Model, key: Key, time: number): Person {
  return new Someone(model, child(key, 'newcomer'), false, time);
}

/** A person of the world, worked out as far as somebody asks: no source shows all of one, and some show nobody. */
class Someone implements Person {
  readonly country: string;
  private line: Line | null = null;
  private device: Client | null = null;

  constructor(
    private readonly model: Model,
    readonly key: Key,
    readonly known: boolean,
    private readonly time: number,
  ) {
    this.country = model.countries.names[pick(model.countries.shares, unit(key, 'country'))]!;
  }

  get carrier(): string {
    return (this.line ??= lineOf(this.model, this.country, null, this.key)).carrier;
  }

  get number(): string {
    return (this.line ??= lineOf(this.model, this.country, null, this.key)).number;
  }

  get client(): Client {
    return (this.device ??= clientOf(this.model, this.key, this.country, this.known, this.time));
  }
}

/** The same person with another client, or with none. */
export function withClient(person: Omit<Person, 'client'>, client: Client | null): Person {
  const { key, country, carrier, number, known, warned } = person;
  return { key, country, carrier, number, client, known, ...(warned !== undefined && { warned }) };
}

/** A number in a country as its carriers' blocks are used: few blocks hold most subscribers. */
export function lineOf(model: Model, country: string, carrier: string | null, key: Key): Line {
  const { names, shares, blocks } = model.carriers;
  const index = carrier === null ? pick(shares, unit(key, 'carrier')) : names.indexOf(carrier);
  const { shares: byRank, at } = blocks(country, index);
  return lineIn(country, names[index]!, at(pick(byRank, unit(key, 'rank'))), key);
}

/** Any number of the blocks that the carriers have in a country, or one of them has, all alike: as one who knows the plan but nobody's number draws it. */
export function assignedLineOf(model: Model, country: string, carrier: string | null, key: Key): Line {
  const { names, blocks } = model.carriers;
  const counts = names.map((name, index) => ((carrier ?? name) === name ? blocks(country, index).shares.length : 0));
  const index = pick(cumulate(counts), unit(key, 'carrier'));
  return lineIn(country, names[index]!, blocks(country, index).at(below(key, 'rank', counts[index]!)), key);
}

function lineIn(country: string, carrier: string, block: number, key: Key): Line {
  return { country, carrier, number: numberAt(country, block, below(key, 'place', BLOCK_SIZE)) };
}

/** An address and a user agent as this business's clients have them at a time: those of a country, or, with `null`, anybody. `returning`: it was there before. */
export function clientOf(model: Model, key: Key, country: string | null, returning: boolean, time: number): Client {
  return {
    address: addressOf(model, key, country, time),
    userAgent: userAgentOf(model, key),
    device: child(key, 'device'),
    returning,
  };
}

/** Where addresses rotate, each client changes its own at a time of its own: in IPv6 within the /64, else for any of the network's. */
function addressOf(model: Model, key: Key, country: string | null, time: number): string {
  const { names, uses, rotates, shares } = model.networks;
  const index = pick(shares, unit(key, 'network'));
  const network = names[index]!;
  const rotate = rotates[index]!;
  const client = child(key, 'client');
  const turn = rotate === 0 ? 0 : Math.floor((time + below(key, 'turn', rotate)) / rotate);
  const owner = rotate === 0 || network === 'home6' ? client : child(client, 'turn', turn);
  const { addresses } = uses[index]!;
  const pool = child(model.key, 'network', index);
  const address = anyAddress(network, owner, addresses, pool, placesOf(model, index, country));
  return rotate > 0 && network === 'home6' ? inSamePrefix(address, child(client, 'turn', turn)) : address;
}

export function userAgentOf(model: Model, key: Key): string {
  return model.userAgents.names[pick(model.userAgents.shares, unit(key, 'agent'))]!;
}
