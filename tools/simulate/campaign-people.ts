import { anyAddress } from './addresses';
import type { Stream } from './campaign-stream';
import { cumulate, pick } from './math';
import { anyNumber, blockCount, numberAt } from './numbers';
import { clientOf, lineOf, newcomer, subscriber, userAgentOf, type Client, type Person } from './person';
import { below, child, unit, type Key } from './random';
import { milliseconds } from './scenario';
import type { Model } from './world';

type Target = Omit<Person, 'client'>;

/** Whose number the visit at a place in the stream is about. */
export function targetsOf(
  model: Model,
  { traffic, from, key: stream }: Stream,
): (key: Key, place: number, time: number) => Target {
  const { countries, numbers, carrier, blocks = 1, rotate } = traffic.destinations;
  const known = model.world.flows[traffic.flow ?? '']?.purpose !== 'signup';
  const names = countries === 'usual' ? [] : Object.keys(countries);
  const shares = countries === 'usual' ? [] : cumulate(Object.values(countries));
  const turn = rotate ? milliseconds(rotate) : 0;
  const countryAt = (key: Key, time: number): string | null => {
    if (names.length === 0) return null;
    if (turn > 0) return names[Math.floor((time - from) / turn) % names.length]!;
    return names[pick(shares, unit(key, 'country'))]!;
  };
  return (key, place, time) => {
    const country = countryAt(key, time);
    if (country === null && carrier === undefined) return known ? subscriber(model, key) : newcomer(model, key);
    const line = (name: string): Target => ({ key, known, ...lineOf(model, name, carrier ?? null, key) });
    if (country === null) return line((known ? subscriber(model, key) : newcomer(model, key)).country);
    if (numbers === 'subscribers') return line(country);
    const target = (number: string): Target => ({ ...line(country), number });
    if (numbers === 'any') return target(anyNumber(country, key));
    const lease = child(stream, country);
    const index = numbers === 'consecutive' ? place % blocks : below(key, 'block', blocks);
    const block = below(lease, 'leased', blockCount(country), index);
    const offset =
      numbers === 'consecutive'
        ? below(lease, 'first', 2_000, index) + Math.floor(place / blocks)
        : below(key, 'place', 10_000);
    return target(numberAt(country, block, offset));
  };
}

/** Where the visits of a stream come from. */
export function clientsOf(
  model: Model,
  { traffic, key: stream }: Stream,
): (key: Key, country: string) => Client | null {
  const clients = traffic.clients;
  if (traffic.entry === 'provider' || traffic.entry === 'application') return () => null;
  if (!clients) return (key, country) => clientOf(model, child(key, 'client'), country);
  const { network, addresses = 1, user_agents: agents } = clients;
  return (key) => {
    const base = clientOf(model, child(key, 'client'), null);
    const address =
      network === 'usual'
        ? base.address
        : anyAddress(network, child(key, 'client'), addresses, child(stream, 'addresses'));
    const userAgent = agents === 'usual' ? base.userAgent : agents === 'one' ? userAgentOf(model, stream) : agents;
    return { address, userAgent, device: agents === 'usual' ? base.device : child(stream, 'device') };
  };
}
