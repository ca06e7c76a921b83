import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { scalarAt } from '@tollgate/sigma/values/event';
import { EPOCH } from '../../tools/simulate/curve';
import { subscriber } from '../../tools/simulate/person';
import { child } from '../../tools/simulate/random';
import { modelOf } from '../../tools/simulate/world';
import type { Message } from '../../tools/simulate/types';
import { bytes, contracts, datasets, runOf } from './run';

/**
 * World → the factor that makes half a day of it a few thousand records, and the first half of their SHA-256. A machine that gives others
 * simulates something else. A change of a world, of the rate card or of the simulator changes them: take those that the failure shows.
 */
const SHORT_RUNS: Record<string, [scale: number, digest: string]> = {
  'regional-shop': [20, 'fed89740b584cdb86990d0892cdc9f77'],
  'b2b-service': [0.5, '24086dc83beae61bdf3258d8f4c57022'],
  'national-bank': [0.03, 'd6751d03fef1820b7599b431d872711e'],
  'global-consumer': [0.002, '9c04672b9266a66b4a594c506d8d9b72'],
  'insurance-portal': [1, '5141dff3ef8e34239e0b438f12946f6e'],
  'staff-portal': [1, 'c6aff0f8d97c4fc72e3d467529c814dc'],
  'subscription-app': [1, 'a2cb015fc4b9db59a4bbd3dccf4daec6'],
  'city-services': [1, '0d0a092461205ab0a471d1b7587ca937'],
  'mobile-game': [1, 'db63bb4c9588856de423beedcc384f79'],
  marketplace: [1, '0909440433dd86054b3612b86880f8d0'],
  'parcel-service': [1, 'a4d2af18d4d5c344a6b75361aa72b067'],
  'clinic-booking': [1, '578360e57a8aaa528b5645752c6f30cb'],
  'energy-supplier': [0.02, '1039cdd06c56d2ab79e11034e3984caf'],
  'food-delivery': [0.02, '38f7981dfa802c39ba12399a2d414743'],
  'ride-hailing': [0.02, '95b376b0442fa98f9e8610d4aafcaf6c'],
  'public-services': [0.03, 'fed71a57e06ff9ec3a6f9b20f7ecb2fe'],
  'island-app': [0.05, 'd0e052fefffbb855b8fc77d6ac619d59'],
};

describe('the worlds', () => {
  it('are of about 50, 2,000, 50,000 and 500,000 sends a day, and a large one for each platform', () => {
    const sizes = datasets.worlds.map(({ sends_per_day: sends }) => sends);
    expect(sizes).to.include.members([50, 2000, 50_000, 500_000]);
    expect(datasets.worlds.map(({ name }) => name).sort()).to.deep.equal(Object.keys(SHORT_RUNS).sort());
    const large = new Set(datasets.worlds.filter((one) => one.sends_per_day >= 100_000).flatMap(({ runs }) => runs));
    expect([...large]).to.include.members([
      'okta',
      'auth0',
      'azure',
      'firebase',
      'vonage',
      'sinch',
      'cloudflare',
      'waf',
    ]);
    const recorded = new Set(datasets.worlds.flatMap(({ sources }) => sources));
    expect([...recorded].sort(), 'every source is recorded somewhere').to.deep.equal([...contracts.keys()].sort());
  });

  for (const [name, [scale, digest]] of Object.entries(SHORT_RUNS)) {
    it(`${name} gives the committed bytes`, () => {
      const hash = createHash('sha256');
      let count = 0;
      for (const one of runOf(name, { scenarios: [], days: 0.5, scale }).events()) {
        hash.update(bytes(one));
        count++;
      }
      expect(count).to.be.within(500, 20_000);
      expect(hash.digest('hex').slice(0, 32)).to.equal(digest);
    });
  }

  it('keep every ordinary byte when there is a campaign', () => {
    for (const name of ['national-bank', 'global-consumer']) {
      const options = { days: 1, scale: SHORT_RUNS[name]![0] };
      const scenarios = datasets.scenarios.filter((one) => one.name === 'single-address-burst');
      const alone = [...runOf(name, { ...options, scenarios: [] }).events()].map(bytes);
      const both = [...runOf(name, { ...options, scenarios }).events()];
      const kept = both.filter(({ label }) => label.occurrence === 0).map(bytes);
      expect(both.length, name).to.be.greaterThan(kept.length + 100);
      expect(kept.length, name).to.equal(alone.length);
      expect(
        kept.findIndex((text, i) => text !== alone[i]),
        name,
      ).to.equal(-1);
    }
  });

  it('need no more memory for four times the events', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const held: number[] = [];
    let count = 0;
    for (const { event } of runOf('global-consumer', { scenarios: [], days: 1, scale: 0.1 }).events()) {
      if (event['@timestamp'] === undefined) continue;
      count++;
      if (count !== 40_000 && count !== 160_000) continue;
      collect();
      held.push(process.memoryUsage().heapUsed);
      if (held.length === 2) break;
    }
    // What is pending grows with the hour's traffic, which is twice as much by then.
    expect(held[1]! - held[0]!).to.be.below(8 * 1024 * 1024);
  });

  it('make only what is recorded, and count the messages all the same', () => {
    const all = datasets.worlds.find(({ name }) => name === 'global-consumer')!;
    const only = { ...all, sources: ['web.access'] };
    const options = { scenarios: [], days: 0.05, scale: 0.05 };
    const tell = (world: typeof all): { web: string[]; usd: number[] } => {
      const messages: Message[] = [];
      const events = [...runOf(world.name, { ...options, world }).events((message) => messages.push(message))];
      return {
        web: events.filter(({ source }) => source === 'web.access').map(bytes),
        usd: messages.map(({ usd }) => usd),
      };
    };
    const [whole, part] = [tell(all), tell(only)];
    expect(whole.web.length).to.be.greaterThan(100);
    expect(part).to.deep.equal(whole);
  });

  it('are blind where they run nothing: the bank has neither Twilio nor OTP events, the global product no AWS', () => {
    const sourcesOf = (name: string): string[] => runOf(name).sources;
    expect(sourcesOf('national-bank').sort()).to.deep.equal(['aws.cloudtrail', 'aws.sns', 'web.access']);
    expect(sourcesOf('global-consumer').filter((source) => source.startsWith('aws.'))).to.be.empty;
  });

  it('give a country addresses of its own where they are local', () => {
    const countries = new Map<string, Set<string>>();
    for (const { event } of runOf('global-consumer', { scenarios: [], days: 1, scale: 0.1 }).events()) {
      const address = scalarAt(event, 'client.ip');
      const country = scalarAt(event, 'destination.country');
      if (typeof address !== 'string' || !address.startsWith('100.')) continue;
      countries.set(address, (countries.get(address) ?? new Set()).add(String(country)));
    }
    const shared = [...countries.values()].filter(({ size }) => size > 1).length;
    expect(countries.size).to.be.greaterThan(5000);
    // Two countries meet only at the address on their border, or where one has too few for one of its own.
    expect(shared).to.be.below(60);
  });

  it('let nobody be sent more than the most that they say', () => {
    for (const { name, most_per_user_per_day: most, sends_per_day: sends } of datasets.worlds) {
      if (most === undefined) continue;
      const model = modelOf(
        datasets.worlds.find((world) => world.name === name)!,
        1,
      );
      const counts = new Map<number, number>();
      const draws = Math.min(sends, 200_000);
      for (let n = 0; n < draws; n++) {
        const { key } = subscriber(model, child(model.key, 'draw', n), EPOCH);
        counts.set(key.a, (counts.get(key.a) ?? 0) + 1);
      }
      // A Poisson count of mean `most` is above this once in a hundred thousand users.
      expect(
        [...counts.values()].reduce((a, b) => Math.max(a, b)),
        name,
      ).to.be.at.most(5 * most);
      expect(counts.size / draws, name).to.be.greaterThan(0.5);
    }
  });

  it('spread no more subscribers over a block than it has numbers', () => {
    for (const world of datasets.worlds) {
      const model = modelOf(world, 1);
      model.carriers.names.forEach((carrier, index) => {
        const [country, share] = Object.entries(world.countries).sort((a, b) => b[1] - a[1])[0]!;
        const fullest = model.carriers.blocks(country, index).shares[0]!;
        const subscribers = world.users * share * world.carriers[carrier]!.share * fullest;
        expect(subscribers, `${world.name} ${carrier}`).to.be.below(10_000);
      });
    }
  });
});
