import { anyAddress } from './addresses';
import { changeHappenings } from './admin';
import { MINUTE } from './curve';
import { live, type Behaviour } from './life';
import { cumulate, pick, poisson } from './math';
import { anyNumber, blockCount, numberAt } from './numbers';
import { newVisit, usual, type Beginning } from './ordinary';
import { clientOf, lineOf, newcomer, subscriber, userAgentOf, withClient, type Client, type Person } from './person';
import { PROVIDERS } from './providers';
import { below, between, child, unit, type Key } from './random';
import { milliseconds, type Range, type Scenario, type Traffic } from './scenario';
import type { Logging } from './happening';
import type { Label } from './types';
import type { Flow, Model } from './world';

/** The visits of one stream of a scenario, in the order of time. `start` and `end` are those of the scenario's traffic, epoch ms. */
export function* campaignVisits(
  model: Model,
  traffic: Traffic,
  start: number,
  end: number,
  stream: Key,
  label: Label,
): Generator<Beginning> {
  const from = start + (traffic.from ? milliseconds(traffic.from) : 0);
  const length = traffic.lasts ? milliseconds(traffic.lasts) : end - from;
  const perMinute = visitsPerHour(model, traffic, stream) / 60;
  const flow = flowFor(model, traffic);
  const behaviour = behaviourOf(model, traffic, flow, from, stream);
  const logging = loggingOf(traffic, from);
  const targets = targetsOf(model, traffic, stream, from);
  const clients = clientsOf(model, traffic, stream);
  let n = 0;
  for (let offset = 0; offset < length; offset += MINUTE) {
    const slot = child(stream, 'minute', offset / MINUTE);
    const span = Math.min(MINUTE, length - offset);
    const mean = perMinute * (span / MINUTE) * shapeAt(traffic.shape, offset, length);
    const count = poisson(mean, (i) => unit(slot, 'count', i));
    const times = Array.from({ length: count }, (_, i) => from + offset + below(slot, 'time', span, i));
    for (const time of times.sort((a, b) => a - b)) {
      const key = child(stream, 'visit', n);
      const place = n++;
      yield {
        time,
        happenings: () => {
          const target = targets(key, place, time);
          const person = withClient(target, clients(key, target.country));
          const visit = newVisit(model, key, label, traffic.entry, flow, person);
          visit.deliveryLogged = traffic.delivery_logged ?? true;
          visit.logging = logging;
          return live(model, visit, time, behaviour);
        },
      };
    }
  }
}

/** The administrators' acts of a scenario, in the order of time. */
export function campaignChanges(model: Model, scenario: Scenario, start: number, key: Key, label: Label): Beginning[] {
  return (scenario.changes ?? [])
    .map((change, index) => {
      const time = start + milliseconds(change.at ?? '0s');
      return { time, happenings: () => changeHappenings(model, change, time, child(key, 'change', index), label) };
    })
    .sort((a, b) => a.time - b.time);
}

/** Relative rate at an offset; its mean over the length is 1. */
function shapeAt(shape: Traffic['shape'], offset: number, length: number): number {
  switch (shape) {
    case 'flat':
      return 1;
    case 'ramp':
      return (2 * (offset + MINUTE / 2)) / (Math.ceil(length / MINUTE) * MINUTE);
    case 'burst':
      // Three minutes in twelve.
      return Math.floor(offset / MINUTE) % 12 < 3 ? 4 : 0;
  }
}

function visitsPerHour({ world }: Model, traffic: Traffic, stream: Key): number {
  const least = drawn(traffic.visits_per_hour, stream, 'rate');
  const times = drawn(traffic.times_usual ?? 0, stream, 'times usual');
  return Math.max(least, (times * world.sends_per_day) / 24);
}

/** A flow of the world, through another provider where one is named; messages outside any flow are bare texts. */
function flowFor(model: Model, traffic: Traffic): Flow {
  if (traffic.flow) {
    const flow = model.world.flows[traffic.flow]!;
    return traffic.via ? { ...flow, provider: traffic.via } : flow;
  }
  const provider = traffic.via ?? 'messaging';
  return { purpose: PROVIDERS[provider].texts ? 'notification' : 'signup', provider, share: 0 };
}

function behaviourOf(model: Model, traffic: Traffic, flow: Flow, from: number, stream: Key): Behaviour {
  const base = usual(model, flow);
  const number = (value: Range | 'usual' | undefined, purpose: string, otherwise: number): number =>
    value === undefined || value === 'usual' ? otherwise : drawn(value, stream, purpose);
  const { protects, limits, closes, sends } = PROVIDERS[flow.provider];
  const by = traffic.blocked?.by ?? 'protection';
  const has = { protection: protects, spend_limit: limits, closed_country: closes, send_limit: sends < Infinity };
  const guard = has[by] ? traffic.blocked : undefined;
  const guarded = guard ? from + milliseconds(guard.after) : Infinity;
  return {
    looks: traffic.looks ?? base.looks,
    stopped: traffic.captcha_stops ?? 0,
    answers: number(traffic.answers, 'answers', base.answers),
    resend: number(traffic.resends, 'resends', base.resend),
    moreCodes: traffic.more_codes ?? 0,
    callsFrom: traffic.calls_from ?? Infinity,
    twice: traffic.sends_twice ?? false,
    arrives: traffic.arrives ?? base.arrives,
    blocked: (time, attempt) =>
      guard && time >= guarded && (by !== 'send_limit' || attempt > sends) ? guard.share : 0,
    blockedBy: by,
  };
}

function loggingOf({ logging }: Traffic, from: number): Logging | null {
  if (!logging) return null;
  const { sources, held_until: held, twice = 0 } = logging;
  return { sources: sources ?? null, heldUntil: held ? from + milliseconds(held) : 0, twice };
}

type Target = Omit<Person, 'client'>;

/** Whose number the visit at a place in the stream is about. */
function targetsOf(
  model: Model,
  traffic: Traffic,
  stream: Key,
  from: number,
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
function clientsOf(model: Model, traffic: Traffic, stream: Key): (key: Key, country: string) => Client | null {
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

function drawn(range: Range, key: Key, purpose: string): number {
  return typeof range === 'number' ? range : between(key, purpose, range[0], range[1]);
}
