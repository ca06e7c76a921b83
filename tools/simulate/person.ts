import { anyAddress } from './addresses';
import { cumulate, pick } from './math';
import { blockCount, blockSize, numberAt } from './numbers';
import { below, child, unit, type Key } from './random';
import { blockKey, placesOf, type Model } from './world';

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
}

/** Where a number is. */
export type Line = Pick<Person, 'country' | 'carrier' | 'number'>;

/** A subscriber of the business, the same for every seed-equal draw. Few are active often: the square of a uniform draw picks them. */
export function subscriber(model: Model, key: Key): Person {
  const { headroom, world } = model;
  const places = world.users + headroom;
  // The square of a uniform draw from the first place that is not left free.
  const low = headroom === 0 ? 0 : Math.sqrt(headroom / places);
  const u = low + (1 - low) * unit(key, 'subscriber');
  const index = Math.min(world.users - 1, Math.max(0, Math.floor(u * u * places - headroom)));
  return new Someone(model, child(model.key, 'user', index), true);
}

/** Someone who has no account yet. */
export function newcomer(model: Model, key: Key): Person {
  return new Someone(model, child(key, 'newcomer'), false);
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
    return (this.device ??= clientOf(this.model, this.key, this.country, this.known));
  }
}

/** The same person with another client, or with none. */
export function withClient(person: Omit<Person, 'client'>, client: Client | null): Person {
  const { key, country, carrier, number, known } = person;
  return { key, country, carrier, number, client, known };
}

/** A number in a country as its carriers' blocks are used: few blocks hold most subscribers. */
export function lineOf(model: Model, country: string, carrier: string | null, key: Key): Line {
  const { names, shares, blocks } = model.carriers;
  const index = carrier === null ? pick(shares, unit(key, 'carrier')) : names.indexOf(carrier);
  const rank = pick(blocks(country, index), unit(key, 'rank'));
  const block = below(blockKey(model, country, index), 'block', blockCount(country), rank);
  return { country, carrier: names[index]!, number: numberAt(country, block, below(key, 'place', 10_000)) };
}

/** Any number of the blocks that the carriers have in a country, or one of them has, all alike: as one who knows the plan but nobody's number draws it. */
export function assignedLineOf(model: Model, country: string, carrier: string | null, key: Key): Line {
  const { names, blocks } = model.carriers;
  const counts = names.map((name, index) => ((carrier ?? name) === name ? blocks(country, index).length : 0));
  const index = pick(cumulate(counts), unit(key, 'carrier'));
  const block = below(
    blockKey(model, country, index),
    'block',
    blockCount(country),
    below(key, 'rank', counts[index]!),
  );
  return { country, carrier: names[index]!, number: numberAt(country, block, below(key, 'place', blockSize(country))) };
}

/** An address and a user agent as this business's clients have them: those of a country, or, with `null`, anybody. `returning`: it was there before. */
export function clientOf(model: Model, key: Key, country: string | null, returning: boolean): Client {
  const { names, uses, shares } = model.networks;
  const network = pick(shares, unit(key, 'network'));
  return {
    address: anyAddress(
      names[network]!,
      child(key, 'client'),
      uses[network]!.addresses,
      child(model.key, 'network', network),
      placesOf(model, network, country),
    ),
    userAgent: userAgentOf(model, key),
    device: child(key, 'device'),
    returning,
  };
}

export function userAgentOf(model: Model, key: Key): string {
  return model.userAgents.names[pick(model.userAgents.shares, unit(key, 'agent'))]!;
}
