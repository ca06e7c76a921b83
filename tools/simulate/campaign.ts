import { changeHappenings } from './admin';
import { behaviourOf, loggingOf } from './campaign-behaviour';
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
import type { Flow, Model } from './world';

/** The visits of one stream of a scenario, in the order of time. */
export function* campaignVisits(model: Model, stream: Stream): Generator<Beginning> {
  const { traffic, from, length, label } = stream;
  const perMinute = visitsPerHour(model, stream) / 60;
  const flow = flowFor(model, traffic);
  const behaviour = behaviourOf(model, stream, flow);
  const logging = loggingOf(stream);
  const targets = targetsOf(model, stream);
  const clients = clientsOf(model, stream);
  let n = 0;
  for (let offset = 0; offset < length; offset += MINUTE) {
    const slot = child(stream.key, 'minute', offset / MINUTE);
    const span = Math.min(MINUTE, length - offset);
    const mean = perMinute * (span / MINUTE) * shapeAt(traffic.shape, offset, length);
    const count = poisson(mean, (i) => unit(slot, 'count', i));
    const times = Array.from({ length: count }, (_, i) => from + offset + below(slot, 'time', span, i));
    for (const time of times.sort((a, b) => a - b)) {
      const key = child(stream.key, 'visit', n);
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
function shapeAt(shape: ScenarioTraffic['shape'], offset: number, length: number): number {
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
