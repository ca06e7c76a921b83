import { addressAt, capacity } from './addresses';
import { behaviourOf } from './campaign-behaviour';
import { Course } from './campaign-course';
import type { Stream } from './campaign-stream';
import { DAY, HOUR, MINUTE, minuteShare } from './curve';
import type { Behaviour } from './life';
import { exp, log, pick, poisson } from './math';
import { arrivals, inOrder, ORDINARY, ordinaryVisit, personFor, type Beginning } from './ordinary';
import { userAgentOf, withClient, type Client, type Person } from './person';
import { PROVIDERS } from './providers';
import { below, child, unit, type Key } from './random';
import { bounds, type ScenarioTraffic } from './scenario';
import type { Troubled } from './trouble';
import type { Flow, HeavyUser, Model } from './world';

/** One who asks for far more codes than others do, or a device at which many ask. */
interface Heavy {
  words: HeavyUser;
  flow: Flow;
  behaviour: Behaviour;
  /** Numbers, devices and addresses descend from this; they stay. */
  key: Key;
  perHour: number;
  from: number;
  to: number;
}

/**
 * What the heavy users of a world do from one time to another, in the order of time, on top of everybody else's traffic. Those that a
 * world always has are at it all the time; of the others new ones begin every day. `scale` multiplies how many there are.
 */
export function* heavyVisits(
  model: Model,
  from: number,
  to: number,
  scale: number,
  troubles: Troubled[] = [],
): Generator<Beginning> {
  const kinds = Object.entries(model.world.heavy_users ?? {});
  if (kinds.length === 0) return;
  let present = kinds.flatMap(([name, words]) => lasting(model, name, words, scale));
  // Those of the day before may be at it still.
  let known = Math.floor(from / DAY) - 2;
  for (let minute = from; minute < to; minute += MINUTE) {
    for (const today = Math.floor(minute / DAY); known < today;) {
      known++;
      const begun = kinds.flatMap(([name, words]) => passing(model, name, words, known, scale));
      present = [...present.filter((one) => one.to > minute), ...begun];
    }
    const busy = minuteShare(model.world.curve, model.world.utc_offset_minutes, minute) * 1440;
    yield* inOrder(
      present
        .filter((one) => one.from <= minute && minute < one.to)
        .flatMap((one) => visitsIn(model, one, minute, busy, troubles)),
    );
  }
}

function lasting(model: Model, name: string, words: HeavyUser, scale: number): Heavy[] {
  const count = Math.round((words.count ?? 0) * scale);
  const kind = child(child(model.key, 'heavy'), name);
  return Array.from({ length: count }, (_, n) => heavy(model, words, child(kind, 'one', n), -Infinity, Infinity));
}

/** Those that begin on a day, at hours at which everybody else comes. */
function passing(model: Model, name: string, words: HeavyUser, day: number, scale: number): Heavy[] {
  const { per_day: perDay, lasts } = words;
  if (perDay === undefined || lasts === undefined) return [];
  const key = child(child(child(model.key, 'heavy'), name), 'day', day);
  const hours = model.hours;
  return Array.from({ length: poisson(perDay * scale, (i) => unit(key, 'count', i)) }, (_, n) => {
    const one = child(key, 'one', n);
    const local = (pick(hours, unit(one, 'hour')) + unit(one, 'minute')) * HOUR;
    const offset = model.world.utc_offset_minutes * MINUTE;
    const from = day * DAY + ((((local - offset) % DAY) + DAY) % DAY);
    return heavy(model, words, one, from, from + doubling(unit(one, 'lasts'), bounds(lasts)));
  });
}

/** Between two numbers, each doubling being as likely: most are small, and much of the sum is the few large ones'. */
function doubling(u: number, [least, most]: readonly [number, number]): number {
  return least * exp(u * log(most / least));
}

function heavy(model: Model, words: HeavyUser, key: Key, from: number, to: number): Heavy {
  const flow = model.world.flows[words.flow]!;
  const rate = words.visits_per_hour;
  const perHour = typeof rate === 'number' ? rate : doubling(unit(key, 'rate'), rate);
  const { looks, answers, more_codes, resend_after } = words;
  const traffic: ScenarioTraffic = {
    ...(looks !== undefined && { looks }),
    ...(answers !== undefined && { answers }),
    ...(more_codes !== undefined && { more_codes }),
    ...(resend_after && { resend_after }),
    entry: flow.paths ? 'form' : 'application',
    visits_per_hour: perHour,
    shape: 'flat',
    destinations: { countries: 'usual', numbers: 'subscribers' },
    // Whoever asks without end reaches the limit that a provider has for one code.
    ...(PROVIDERS[flow.provider].sends < Infinity && { blocked: { by: 'send_limit', after: '0s', share: 1 } }),
  };
  const stream: Stream = { traffic, from: -Infinity, length: Infinity, key, label: ORDINARY };
  return { words, flow, key, perHour, from, to, behaviour: behaviourOf(model, stream, flow, new Course(stream)) };
}

function visitsIn(model: Model, one: Heavy, minute: number, busy: number, troubles: Troubled[]): Beginning[] {
  const { shape = 'usual' } = one.words;
  const begin = (key: Key, place: number, time: number) =>
    ordinaryVisit(model, key, time, one.flow, personOf(model, one, key, place, time), one.behaviour, troubles);
  if (shape === 'clockwork') {
    const interval = HOUR / one.perHour;
    const first = minute - below(one.key, 'phase', Math.ceil(interval));
    const ticks: Beginning[] = [];
    for (let n = Math.ceil(first / interval); n * interval < first + MINUTE; n++) {
      const time = Math.floor(minute + n * interval - first);
      ticks.push({ time, happenings: () => begin(child(one.key, 'tick', n), n, time) });
    }
    return ticks;
  }
  const slot = child(one.key, 'minute', minute / MINUTE);
  const mean = (one.perHour / 60) * (shape === 'usual' ? busy : 1);
  return arrivals(slot, minute, mean, (key, time) => begin(key, below(key, 'place', 1_000_000), time));
}

/** Whose code it is, and at which device it is asked for: his own, or one of those at which all of this heavy user's visits happen. */
function personOf(model: Model, { words, flow, key }: Heavy, visit: Key, place: number, time: number): Person {
  const { numbers, clients } = words;
  const owner = numbers === undefined ? visit : child(key, 'number', place % numbers);
  const person = personFor(model, flow, owner, time);
  if (!clients || !person.client) return person;
  const { network, addresses = 1, devices = 1, user_agents: agents } = clients;
  const device = child(key, 'device', below(visit, 'device', devices));
  const at = below(key, 'address', capacity(network)) + (place % addresses);
  const userAgent =
    agents === 'usual' ? userAgentOf(model, device) : agents === 'one' ? userAgentOf(model, key) : agents;
  const client: Client = { address: addressAt(network, at), userAgent, device, returning: true };
  return withClient(person, client);
}
