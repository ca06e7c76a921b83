import { expect } from 'chai';
import { scalarAt } from '@tollgate/sigma/values/event';
import { DAY, HOUR, MINUTE } from '../../tools/simulate/curve';
import type { HeavyUser, World } from '../../tools/simulate/world';
import type { SimulatedEvent } from '../../tools/simulate/types';
import { bytes, datasets, runOf } from './run';
import { actions, different, texts } from './words';

const SHOP: World = { ...datasets.worlds.find(({ name }) => name === 'regional-shop')! };
delete SHOP.heavy_users;
const OUTSIDE = new Set(eventsWith(SHOP).map(bytes));

function eventsWith(world: World, history = 0): SimulatedEvent[] {
  const options = { days: 2, scenarios: [], history: { days: history, sources: ['application.otp'] } };
  const { start, ...set } = runOf(world.name, { world, ...options });
  return [...set.events()].filter(({ time }) => time >= start);
}

/** What one kind of heavy user adds to two days of the shop. */
function addedBy(user: HeavyUser, history = 0): SimulatedEvent[] {
  const all = eventsWith({ ...SHOP, heavy_users: { some: user } }, history);
  const added = all.filter((one) => !OUTSIDE.has(bytes(one)));
  expect(all.length - added.length, 'all the others do as they did').to.equal(OUTSIDE.size);
  for (const { label } of added) expect(label).to.deep.equal({ kind: 'benign', occurrence: 0 });
  return added;
}

const sent = (events: SimulatedEvent[]): SimulatedEvent[] => actions(events, 'otp_sent');
function byNumber(codes: SimulatedEvent[]): Map<unknown, SimulatedEvent[]> {
  const groups = new Map<unknown, SimulatedEvent[]>();
  for (const one of codes) {
    const number = scalarAt(one.event, 'destination.number');
    groups.set(number, [...(groups.get(number) ?? []), one]);
  }
  return groups;
}

const PROBE: HeavyUser = {
  count: 1,
  flow: 'login',
  visits_per_hour: 12,
  shape: 'clockwork',
  numbers: 1,
  clients: { network: 'vpn', addresses: 3, user_agents: 'one' },
  answers: 1,
};
const LOOP: HeavyUser = {
  per_day: 6,
  lasts: ['10m', '10h'],
  flow: 'login',
  visits_per_hour: 5.5,
  shape: 'clockwork',
  numbers: 1,
  looks: false,
  answers: 0,
  more_codes: 8,
  resend_after: ['15s', '60s'],
};

describe('heavy users', () => {
  it('may be a monitor: one number and device from three places, every five minutes, day and night', () => {
    const codes = sent(addedBy(PROBE)).filter(({ event }) => scalarAt(event, 'otp.attempt') !== 2);
    expect(codes.length).to.be.within(570, 660);
    for (const field of ['destination.number', 'user.id', 'client.fingerprint', 'user_agent.original'])
      expect(different(texts(codes, field)), field).to.equal(1);
    expect(different(texts(codes, 'client.ip'))).to.equal(3);
    const hours = codes.map(({ time }) => Math.floor((time % DAY) / HOUR));
    expect(different(hours)).to.equal(24);
  });

  it('are the same whatever of the days before is recorded', () => {
    const text = (events: SimulatedEvent[]): string[] => events.map(bytes);
    for (const user of [PROBE, LOOP]) {
      const short = text(addedBy(user));
      expect(short.length).to.be.greaterThan(100);
      expect(text(addedBy(user, 3)).filter((one) => !OUTSIDE.has(one))).to.include.members(short);
    }
  });

  it('may be clients in a loop: a code after the other to one number until the provider sends no more, most of them shortly', () => {
    const codes = sent(addedBy(LOOP));
    const groups = byNumber(codes);
    expect(groups.size).to.be.within(6, 20);
    const lengths = [...groups.values()].map((all) => all.at(-1)!.time - all[0]!.time).sort((a, b) => a - b);
    expect(lengths.at(-1)!).to.be.greaterThan(4 * lengths[Math.floor(lengths.length / 2)]!);
    for (const all of groups.values())
      expect(different(all.map(({ event }) => scalarAt(event, 'user.id')))).to.equal(1);
    // Verify sends a code five times.
    const within = (all: SimulatedEvent[]): number =>
      Math.max(...all.map(({ time }) => all.filter((one) => one.time >= time && one.time < time + 9 * MINUTE).length));
    expect(Math.max(...[...groups.values()].map(within))).to.be.within(4, 6);
  });

  it('may be a device or an office at which many ask, when others do', () => {
    const kiosk: HeavyUser = {
      count: 1,
      flow: 'signup',
      visits_per_hour: 15,
      clients: { network: 'office', user_agents: 'one' },
    };
    const codes = sent(addedBy(kiosk));
    expect(different(texts(codes, 'client.ip'))).to.equal(1);
    expect(different(texts(codes, 'client.fingerprint'))).to.equal(1);
    expect(different(texts(codes, 'destination.number'))).to.be.greaterThan(400);
    const at = (hour: number): number => codes.filter(({ time }) => Math.floor((time % DAY) / HOUR) === hour).length;
    expect(at(17) + at(18)).to.be.greaterThan(10 * (at(1) + at(2)));
    const centre = { ...kiosk, clients: { network: 'office', devices: 6, user_agents: 'one' } } as const;
    expect(different(texts(sent(addedBy(centre)), 'client.fingerprint'))).to.equal(6);
  });

  it('are unequal: each doubling of a rate is as likely', () => {
    const many: HeavyUser = { ...PROBE, count: 64, shape: 'flat', visits_per_hour: [0.25, 16] };
    const codes = sent(addedBy(many));
    const counts = [...byNumber(codes).values()].map(({ length }) => length / 48);
    const [low, high] = [counts.filter((one) => one < 2).length, counts.filter((one) => one >= 2).length];
    expect(low / (low + high)).to.be.within(0.35, 0.65);
    expect(Math.max(...counts)).to.be.greaterThan(10);
  });

  it('are in every world, and ask for less than a third of its codes', () => {
    for (const world of datasets.worlds) {
      expect(Object.keys(world.heavy_users ?? {}), world.name).to.include.members(['impatient', 'testers']);
      const steady = Object.values(world.heavy_users!).map(({ count = 0, visits_per_hour: rate }) =>
        typeof rate === 'number' ? 24 * count * rate : (24 * count * (rate[1] - rate[0])) / Math.log(rate[1] / rate[0]),
      );
      expect(steady.reduce((a, b) => a + b, 0) / world.sends_per_day, world.name).to.be.below(0.33);
    }
  });
});
