import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { DAY, EPOCH } from '../../tools/simulate/curve';
import { canOccur } from '../../tools/simulate/schedule';
import type { Dataset } from '../../tools/simulate/types';
import { bytes, datasets, runOf } from './run';

function digest(set: Dataset): string {
  const hash = createHash('sha256');
  for (const one of set.events()) hash.update(JSON.stringify(one));
  return hash.digest('hex');
}

describe('a dataset', () => {
  it('is the same, byte for byte, each time and for the same seed, and another for another seed', () => {
    const set = runOf('regional-shop', { days: 1 });
    const first = digest(set);
    expect(digest(set)).to.equal(first);
    expect(digest(runOf('regional-shop', { days: 1 }))).to.equal(first);
    expect(digest(runOf('regional-shop', { days: 1, seed: 6 }))).to.not.equal(first);
  });

  it('is in time order, numbered, delivered after it happened, inside the run', () => {
    const set = runOf('b2b-service', { history: { days: 1, sources: ['application.otp'] } });
    let n = 0;
    let last = 0;
    for (const one of set.events()) {
      const early = one.time < set.start && one.source !== 'application.otp';
      const timestamp = Date.parse(one.event['@timestamp'] as string);
      if (one.n !== n++ || one.time < last || one.ingested < one.time || early || timestamp !== one.time) {
        expect.fail(`wrong at ${n}: ${JSON.stringify(one)}`);
      }
      last = one.time;
    }
    expect(set.start).to.equal(EPOCH);
    expect(last).to.be.within(set.end - DAY, set.end - 1);
  });

  it('keeps each occurrence inside its own times', () => {
    for (const world of ['regional-shop', 'b2b-service']) {
      const set = runOf(world, { days: 4 });
      for (const { time, label } of set.events()) {
        const occurrence = set.occurrences[label.occurrence - 1];
        const outside = occurrence && (time < occurrence.start || time > occurrence.end);
        const kinds = occurrence?.kind === 'malicious' ? ['malicious', 'induced'] : ['benign'];
        if (outside || !kinds.includes(label.kind)) {
          expect.fail(`${occurrence?.scenario} at ${new Date(time).toISOString()}: ${JSON.stringify(label)}`);
        }
      }
    }
  });

  it('has a twin: without a scenario, everything else is as it was', () => {
    const all = datasets.scenarios;
    const full = runOf('regional-shop');
    const events = [...full.events()].map((one) => ({
      scenario: full.occurrences[one.label.occurrence - 1]?.scenario,
      text: bytes(one),
    }));
    for (const gone of ['residential-swarm', 'country-launch']) {
      const removed = new Set(
        all.filter(({ name, within }) => name === gone || within === gone).map(({ name }) => name),
      );
      const twin = runOf('regional-shop', { scenarios: all.filter(({ name }) => !removed.has(name)) });
      const kept = events.filter(({ scenario }) => scenario === undefined || !removed.has(scenario));
      expect(kept.length).to.be.below(events.length);
      const same = [...twin.events()].every((one, i) => bytes(one) === kept[i]?.text);
      expect(same, gone).to.be.true;
      expect([...twin.events()].length).to.equal(kept.length);
    }
  });

  it('has every scenario that a world can have, with a hidden one inside its host', () => {
    const set = runOf('b2b-service', { days: 4 });
    const names = set.occurrences.map(({ scenario }) => scenario);
    const planner = datasets.worlds.find(({ name }) => name === 'b2b-service')!;
    const expected = datasets.scenarios.filter((one) => canOccur(one, planner)).map(({ name }) => name);
    expect([...names].sort()).to.deep.equal([...expected].sort());
    // There is no flow of notifications, Luma's attackers are too many for it, and it has no Okta.
    for (const not of ['notification-blast', 'incident-luma', 'okta-protections-off'])
      expect(names).to.not.include(not);
    const hidden = set.occurrences.find(({ scenario }) => scenario === 'attack-inside-launch')!;
    const host = set.occurrences[hidden.within! - 1]!;
    expect(host.scenario).to.equal('country-launch');
    expect(hidden.start).to.be.greaterThan(host.start);
    expect(runOf('regional-shop', { days: 4 }).occurrences.map(({ scenario }) => scenario)).to.not.include(
      'cognito-signup-flood',
    );
  });

  it('shows a stolen key to the provider alone, and a campaign in Cognito to nobody who has no Cognito', () => {
    const set = runOf('b2b-service', { days: 4 });
    const number = set.occurrences.find(({ scenario }) => scenario === 'stolen-api-key')!.number;
    const sources = [...set.events()].filter(({ label }) => label.occurrence === number).map(({ source }) => source);
    expect(new Set(sources)).to.deep.equal(new Set(['twilio.messaging', 'twilio.errors']));
  });
});
