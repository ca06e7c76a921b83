import { changeHappenings } from './admin';
import { behaviourOf, loggingOf } from './campaign-behaviour';
import { Course } from './campaign-course';
import { clientsOf, targetsOf } from './campaign-people';
import { drawn, type Stream } from './campaign-stream';
import { MINUTE } from './curve';
import { live } from './life';
import { poisson } from './math';
import { newVisit, type Beginning } from './ordinary';
import { withClient } from './person';
import { PROVIDERS } from './providers';
import { below, child, unit, type Key } from './random';
import { milliseconds, type Scenario, type ScenarioTraffic } from './scenario';
import type { Label } from './types';
import { tenantsOf, type Flow, type Model, type World } from './world';

/** The visits of one stream of a scenario, in the order of time. What came of one is to be asked for before the next: a stream may react to it. */
export function* campaignVisits(model: Model, stream: Stream): Generator<Beginning> {
  const { traffic, from, length, label } = stream;
  const perMinute = visitsPerHour(model, stream) / 60;
  const flow = flowFor(model, traffic);
  const course = new Course(stream);
  const behaviour = behaviourOf(model, stream, flow, course);
  const logging = loggingOf(stream);
  const targets = targetsOf(model, stream, course);
  const clients = clientsOf(model, stream, course);
  const tenants = tenantsFor(model.world, traffic);
  let n = 0;
  for (let offset = 0; offset < length; offset += MINUTE) {
    const span = Math.min(MINUTE, length - offset);
    const times =
      traffic.shape === 'clockwork'
        ? ticks(offset, span, MINUTE / perMinute)
        : arrivals(child(stream.key, 'minute', offset / MINUTE), offset, span, length, perMinute, traffic.shape);
    for (const time of times.map((one) => from + one)) {
      const key = child(stream.key, 'visit', n);
      const place = n++;
      yield {
        time,
        happenings: () => {
          const target = targets(key, place, time);
          const person = withClient(target, clients(key, target, time));
          const visit = newVisit(key, label, traffic.entry, flow, person, tenants[place % tenants.length]!);
          visit.deliveryLogged = traffic.delivery_logged ?? true;
          visit.logging = logging;
          const happenings = live(model, visit, time, behaviour);
          course.note(time, happenings);
          return happenings;
        },
      };
      if (course.over) return;
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

/** The multiples of an interval in a span of time, as whole milliseconds. */
function ticks(offset: number, span: number, interval: number): number[] {
  const first = Math.ceil(offset / interval);
  const count = Math.max(0, Math.ceil((offset + span) / interval) - first);
  return Array.from({ length: count }, (_, i) => Math.floor((first + i) * interval));
}

type Shape = Exclude<ScenarioTraffic['shape'], 'clockwork'>;

/** Offsets at which people or scripts come by chance, in order. */
function arrivals(slot: Key, offset: number, span: number, length: number, perMinute: number, shape: Shape): number[] {
  const mean = perMinute * (span / MINUTE) * shapeAt(shape, offset, length);
  const count = poisson(mean, (i) => unit(slot, 'count', i));
  return Array.from({ length: count }, (_, i) => offset + below(slot, 'time', span, i)).sort((a, b) => a - b);
}

/** Which of the world's assets a stream visits, in turn. */
function tenantsFor(world: World, { tenants }: ScenarioTraffic): number[] {
  const all = tenantsOf(world).map(({ asset }) => asset);
  if (tenants === undefined) return [0];
  return tenants === 'all' ? [...all.keys()] : tenants.map((name) => all.indexOf(name));
}

/** Relative rate at an offset; its mean over the length is 1. */
function shapeAt(shape: Shape, offset: number, length: number): number {
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

function visitsPerHour({ world }: Model, stream: Stream): number {
  const { visits_per_hour: least, times_usual: times = 0 } = stream.traffic;
  return Math.max(drawn(stream, least, 'rate'), (drawn(stream, times, 'times usual') * world.sends_per_day) / 24);
}

/** A flow of the world, through another provider where one is named; messages outside any flow are bare texts. */
function flowFor(model: Model, traffic: ScenarioTraffic): Flow {
  if (traffic.flow) {
    const flow = model.world.flows[traffic.flow]!;
    return traffic.via ? { ...flow, provider: traffic.via } : flow;
  }
  const provider = traffic.via ?? 'messaging';
  return { purpose: PROVIDERS[provider].texts ? 'notification' : 'signup', provider, share: 0 };
}
