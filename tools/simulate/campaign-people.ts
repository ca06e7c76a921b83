import { anyAddress } from './addresses';
import { weightsOf } from './campaign-countries';
import type { Course } from './campaign-course';
import type { Stream } from './campaign-stream';
import { cumulate, pick } from './math';
import { anyNumber, blockCount, numberAt } from './numbers';
import {
  assignedLineOf,
  clientOf,
  lineOf,
  newcomer,
  subscriber,
  userAgentOf,
  type Client,
  type Person,
} from './person';
import { below, chance, child, unit, type Key } from './random';
import { milliseconds } from './scenario';
import { asksAccount, type Model } from './world';

type Target = Omit<Person, 'client'>;

/** Whose number the visit at a place in the stream is about. */
export function targetsOf(
  model: Model,
  { traffic, from, key: stream }: Stream,
  course: Course,
): (key: Key, place: number, time: number) => Target {
  const { countries, numbers, carrier, blocks = 1, rotate, distinct, lease, warned: share } = traffic.destinations;
  const flow = model.world.flows[traffic.flow ?? ''];
  const known = !flow || asksAccount(flow);
  const lessee = lease === undefined ? stream : child(child(model.key, 'lease'), lease);
  const weights = weightsOf(countries, model.world, lessee, blocks);
  const names = Object.keys(weights);
  const shares = names.length > 0 ? cumulate(Object.values(weights)) : [];
  const turn = rotate ? milliseconds(rotate) : 0;
  const countryAt = (key: Key, time: number): string | null => {
    if (names.length === 0) return null;
    const turns = turn > 0 ? Math.floor((time - from) / turn) : 0;
    if (turn > 0 || course.reacts('country')) return names[(turns + course.moved('country')) % names.length]!;
    return names[pick(shares, unit(key, 'country'))]!;
  };
  const lineFor = (key: Key, place: number, time: number): Target => {
    const country = countryAt(key, time);
    const anybody = (): Person => (known ? subscriber(model, key, time) : newcomer(model, key, time));
    if (country === null && carrier === undefined) return anybody();
    const line = (name: string): Target => ({ key, known, ...lineOf(model, name, carrier ?? null, key) });
    if (country === null) return line(anybody().country);
    if (numbers === 'subscribers') return line(country);
    const target = (number: string): Target => ({ ...line(country), number });
    if (numbers === 'assigned') return { key, known, ...assignedLineOf(model, country, carrier ?? null, key) };
    if (numbers === 'any') return target(anyNumber(country, key));
    const leased = child(movedFrom(lessee, course.moved('numbers')), country);
    const index = numbers === 'consecutive' ? place % blocks : below(key, 'block', blocks);
    const block = below(leased, 'leased', blockCount(country), index);
    const offset =
      numbers === 'consecutive'
        ? below(leased, 'first', 2_000, index) + Math.floor(place / blocks)
        : below(key, 'place', 10_000);
    return target(numberAt(country, block, offset));
  };
  const numberFor = (key: Key, place: number, time: number): Target => {
    const target =
      distinct === undefined
        ? lineFor(key, place, time)
        : lineFor(child(lessee, 'number', place % distinct), place % distinct, time);
    return share === undefined ? target : withWarning(target, chance(child(lessee, 'warned'), target.number, share));
  };
  const { accounts } = traffic;
  if (accounts === undefined) return numberFor;
  return (visit, place, time) => {
    const { country, carrier, number, known, warned } = numberFor(visit, place, time);
    const key = child(stream, 'account', place % accounts);
    return { key, country, carrier, number, known, ...(warned !== undefined && { warned }) };
  };
}

/** A person works out its parts when they are asked for, so they are named one by one. */
function withWarning({ key, country, carrier, number, known }: Target, warned: boolean): Target {
  return { key, country, carrier, number, known, warned };
}

/** What is had after so many moves, in place of what was had first. */
function movedFrom(first: Key, moves: number): Key {
  return moves === 0 ? first : child(first, 'moved', moves);
}

/** Where the visits of a stream come from. */
export function clientsOf(
  model: Model,
  { traffic, key: stream, label }: Stream,
  course: Course,
): (key: Key, person: Target, time: number) => Client | null {
  const clients = traffic.clients;
  if (traffic.entry === 'provider' || traffic.entry === 'application') return () => null;
  // Who comes again comes with a browser of his own.
  const again = (traffic.accounts ?? traffic.destinations.distinct) !== undefined;
  // Honest people with an account were there before; an attacker's browser comes for the first time, whosever account it is.
  const isKnown = (person: Target): boolean => label.kind !== 'malicious' && person.known;
  const met = new Set<string>();
  const isAgain = ({ a, b }: Key): boolean => met.size === met.add(`${a} ${b}`).size;
  if (!clients)
    return (key, person, time) => {
      const owner = child(again ? person.key : key, 'client');
      return clientOf(model, owner, person.country, isKnown(person) || (again && isAgain(owner)), time);
    };
  const { network, addresses = 1, user_agents: agents, disposable_email: share } = clients;
  const { devices = agents === 'usual' ? Infinity : 1 } = clients;
  const email = (key: Key): Pick<Client, 'disposableEmail'> =>
    share === undefined ? {} : { disposableEmail: chance(key, 'email', share) };
  return (key, person, time) => {
    const base = { ...clientOf(model, child(key, 'client'), null, isKnown(person), time), ...email(key) };
    const pool = movedFrom(stream, course.moved('clients'));
    const address =
      network === 'usual'
        ? base.address
        : anyAddress(network, child(key, 'client'), addresses, child(pool, 'addresses'));
    if (devices === Infinity) return { ...base, address };
    const device = child(pool, 'device', below(key, 'device', devices));
    const userAgent =
      agents === 'usual' ? userAgentOf(model, device) : agents === 'one' ? userAgentOf(model, pool) : agents;
    return { ...base, address, userAgent, device, returning: isKnown(person) || isAgain(device) };
  };
}
