import { scalarAt } from '@tollgate/sigma/values/event';
import type { Scenario, ScenarioTraffic } from '../../tools/simulate/scenario';
import type { SimulatedEvent } from '../../tools/simulate/types';
import { runOf } from './run';

/** A stream of log-ins at the shop, an hour of leased numbers, with the words that a test adds. */
export function streamWith(words: Partial<ScenarioTraffic> = {}): ScenarioTraffic {
  return {
    entry: 'form',
    flow: 'login',
    visits_per_hour: 120,
    shape: 'flat',
    destinations: { countries: { UZ: 1 }, numbers: 'leased' },
    clients: { network: 'vpn', addresses: 20, user_agents: 'usual' },
    answers: 0,
    resends: 0,
    ...words,
  };
}

/** An hour of these streams. */
export function campaignOf(traffic: ScenarioTraffic[], more: Partial<Scenario> = {}): Scenario {
  return {
    name: 'words',
    file: 'words.yml',
    title: 'An hour of a test',
    description: 'Nobody does this; a test asks what its words mean.',
    kind: 'malicious',
    references: [],
    signals: ['number'],
    start: { day: [0, 0], hour: [10, 11] },
    duration: '1h',
    traffic,
    ...more,
  };
}

/** What a campaign of these streams leaves in the logs of a world, without the ordinary traffic. */
export function eventsOf(
  traffic: ScenarioTraffic[],
  world = 'regional-shop',
  more: Partial<Scenario> = {},
): SimulatedEvent[] {
  const set = runOf(world, { scenarios: [campaignOf(traffic, more)], days: 1, scale: 0.001 });
  return [...set.events()].filter(({ label }) => label.occurrence === 1);
}

/** The application's OTP events with an action. */
export function actions(events: SimulatedEvent[], action: string): SimulatedEvent[] {
  return events.filter(
    ({ source, event }) => source === 'application.otp' && scalarAt(event, 'event.action') === action,
  );
}

/** A field of each event, as a text. */
export function texts(events: SimulatedEvent[], field: string): string[] {
  return events.map(({ event }) => String(scalarAt(event, field)));
}

/** How many of some values are different. */
export function different(values: unknown[]): number {
  return new Set(values).size;
}
