import { expect } from 'chai';
import { COUNTRIES } from '../../tools/simulate/numbers';
import type { ScenarioTraffic } from '../../tools/simulate/scenario';
import { runOf } from './run';
import { actions, campaignOf, different, eventsOf, streamWith, texts } from './words';

const sentTo = (destinations: ScenarioTraffic['destinations'], words: Partial<ScenarioTraffic> = {}, seed = 5) => {
  const scenarios = [campaignOf([streamWith({ visits_per_hour: 900, destinations, looks: false, ...words })])];
  const set = runOf('regional-shop', { scenarios, seed, days: 1, scale: 0.001 });
  return actions(
    [...set.events()].filter(({ label }) => label.occurrence === 1),
    'otp_sent',
  );
};
const countriesOf = (...[destinations, words, seed]: Parameters<typeof sentTo>): Set<string> =>
  new Set(texts(sentTo(destinations, words, seed), 'destination.country'));

describe('a stream’s countries', () => {
  it('are as many as it says, others for another seed, and all where it says all', () => {
    const some = [1, 2].map((seed) => countriesOf({ countries: { count: 12 }, numbers: 'any' }, {}, seed));
    expect(some.map(({ size }) => size)).to.deep.equal([12, 12]);
    expect([...some[0]!].sort()).to.not.deep.equal([...some[1]!].sort());
    expect([...countriesOf({ countries: 'all', numbers: 'any' })].sort()).to.deep.equal([...COUNTRIES]);
    const leased = countriesOf({ countries: 'all', numbers: 'leased', blocks: 2 });
    expect([...leased].sort()).to.deep.equal([...COUNTRIES]);
  });

  it('are the world’s own where it says home', () => {
    const sent = sentTo({ countries: 'home', numbers: 'any' });
    const at = (country: string) => texts(sent, 'destination.country').filter((one) => one === country).length;
    expect([...new Set(texts(sent, 'destination.country'))].sort()).to.deep.equal(['ES', 'FR', 'MA']);
    expect(at('ES') / sent.length).to.be.closeTo(0.86 / 0.95, 0.05);
  });
});

describe('a stream’s numbers', () => {
  const blocks = (numbers: 'assigned' | 'any' | 'subscribers', carrier?: string) =>
    new Set(texts(sentTo({ countries: { ES: 1 }, numbers, ...(carrier && { carrier }) }), 'destination.block'));

  it('are alike in every block that the carriers have, or anywhere in the plan', () => {
    // The carriers have 60, 45, 30 and 10 blocks there, of ten thousand.
    const assigned = blocks('assigned');
    expect(assigned.size).to.be.within(140, 145);
    const subscribers = blocks('subscribers');
    expect(subscribers.size).to.be.below(135);
    expect([...subscribers].filter((block) => !assigned.has(block)).length).to.be.below(3);
    expect(blocks('any').size).to.be.greaterThan(700);
    expect(blocks('assigned', 'example-virtual').size).to.equal(10);
  });

  it('are so many different ones, again and again', () => {
    for (const numbers of ['any', 'subscribers', 'leased', 'consecutive'] as const) {
      const sent = texts(sentTo({ countries: { UZ: 1, AZ: 1 }, numbers, distinct: 12 }), 'destination.number');
      expect(sent.length, numbers).to.be.greaterThan(700);
      expect(different(sent), numbers).to.equal(12);
      expect(different(sent.slice(0, 12)), `${numbers} in turn`).to.equal(12);
    }
    const people = sentTo({ countries: 'usual', numbers: 'subscribers', distinct: 7 });
    expect(different(texts(people, 'destination.number'))).to.equal(7);
    expect(different(texts(people, 'user.id'))).to.equal(7);
  });
});

describe('a stream’s accounts', () => {
  it('are so many, whatever the numbers and the addresses', () => {
    const some = { countries: { UZ: 1 }, numbers: 'any' } as const;
    const one = sentTo(some, { accounts: 1 });
    expect(different(texts(one, 'user.id'))).to.equal(1);
    expect(different(texts(one, 'destination.number'))).to.be.greaterThan(700);
    expect(different(texts(one, 'client.ip'))).to.equal(20);
    const dozen = sentTo({ ...some, distinct: 12 }, { accounts: 4 });
    expect(different(texts(dozen, 'user.id'))).to.equal(4);
    expect(different(texts(dozen, 'destination.number'))).to.equal(12);
    expect(different(texts(sentTo(some), 'user.id'))).to.be.greaterThan(700);
  });

  it('have a browser of their own where no clients are named', () => {
    const { clients, ...rest } = streamWith({ accounts: 5 });
    expect(clients).to.not.equal(undefined);
    const sent = actions(eventsOf([rest]), 'otp_sent');
    expect(different(texts(sent, 'client.fingerprint'))).to.equal(5);
    // Addresses of homes and carriers change while it lasts.
    expect(different(texts(sent, 'client.ip'))).to.be.greaterThan(1);
  });
});

describe('a lease', () => {
  const leased = (name: string, lease: string | undefined, numbers: 'leased' | 'consecutive' = 'leased') => {
    const destinations = { countries: { count: 3 }, numbers, blocks: 2, ...(lease && { lease }) };
    const set = runOf('regional-shop', {
      scenarios: [campaignOf([streamWith({ destinations }), streamWith({ destinations })], { name })],
      days: 1,
      scale: 0.001,
    });
    const sent = actions(
      [...set.events()].filter(({ label }) => label.occurrence === 1),
      'otp_sent',
    );
    return [...new Set(texts(sent, 'destination.block'))].sort();
  };

  it('is of the same blocks for every stream and campaign that names it', () => {
    const blocks = leased('one', 'broker');
    expect(blocks).to.have.length(6);
    expect(leased('two', 'broker')).to.deep.equal(blocks);
    expect(leased('two', 'broker', 'consecutive')).to.deep.equal(blocks);
    expect(leased('two', 'other')).to.not.deep.equal(blocks);
    // Two streams that each lease for themselves.
    expect(leased('one', undefined)).to.have.length(12);
  });
});
