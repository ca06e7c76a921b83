import { expect } from 'chai';
import { scalarAt } from '@tollgate/sigma/values/event';
import { HOUR } from '../../tools/simulate/curve';
import { bounds, type Scenario } from '../../tools/simulate/scenario';
import type { Message } from '../../tools/simulate/types';
import { bytes, datasets, runOf } from './run';

const named = (name: string): Scenario => datasets.scenarios.find((one) => one.name === name)!;

/** The most messages in any hour. */
function busiestHour(times: number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  let first = 0;
  return sorted.reduce((most, time, last) => {
    while (time - sorted[first]! >= HOUR) first++;
    return Math.max(most, last - first + 1);
  }, 0);
}

describe('a campaign', () => {
  it('provokes what honest people do, as consequences of its own and without touching anything else', () => {
    const scenario = named('single-address-burst');
    const set = runOf('regional-shop', { scenarios: [scenario] });
    const events = [...set.events()];
    const induced = events.filter(({ label }) => label.kind === 'induced');
    expect(induced.length).to.be.greaterThan(10);
    expect(new Set(induced.map(({ label }) => label.occurrence))).to.deep.equal(new Set([1]));
    const { provokes, ...alone } = scenario;
    expect(provokes).to.have.length(1);
    const without = [...runOf('regional-shop', { scenarios: [alone] }).events()];
    expect(events.filter(({ label }) => label.kind !== 'induced').map(bytes)).to.deep.equal(without.map(bytes));
  });

  it('lasts as long as its file says, not the same for each seed', () => {
    const scenario = named('low-and-slow');
    const [shortest, longest] = bounds(scenario.duration);
    const lengths = [1, 2, 3, 4, 5].map((seed) => {
      const { start, end } = runOf('regional-shop', { scenarios: [scenario], seed, days: 4 }).occurrences[0]!;
      return end - HOUR - start;
    });
    for (const length of lengths) expect(length).to.be.within(shortest, longest);
    expect(new Set(lengths).size).to.equal(5);
  });

  it('is loud or slow, whatever the world and the seed: the report tells the two apart at 500 messages an hour', () => {
    const malicious = datasets.scenarios.filter(({ kind }) => kind === 'malicious');
    const hosts = datasets.scenarios.filter(({ name }) => malicious.some(({ within }) => within === name));
    const rates = new Map<string, number[]>();
    for (const { name: world } of datasets.worlds) {
      for (const seed of [1, 2, 3]) {
        const times = new Map<number, number[]>();
        const note = ({ label, time }: Message): void => {
          if (label.kind !== 'malicious') return;
          if (!times.has(label.occurrence)) times.set(label.occurrence, []);
          times.get(label.occurrence)!.push(time);
        };
        // Nothing is recorded: messages are all that counts.
        const set = runOf(world, {
          scenarios: [...malicious, ...hosts],
          seed,
          days: 4,
          scale: 0.001,
          contracts: new Map(),
        });
        expect([...set.events(note)]).to.be.empty;
        for (const { number, scenario, kind } of set.occurrences) {
          if (kind === 'malicious')
            rates.set(scenario, [...(rates.get(scenario) ?? []), busiestHour(times.get(number)!)]);
        }
      }
    }
    expect([...rates.keys()].sort()).to.deep.equal(malicious.map(({ name }) => name).sort());
    const loud = [...rates].filter(([, all]) => all.every((rate) => rate >= 560)).map(([name]) => name);
    const slow = [...rates].filter(([, all]) => all.every((rate) => rate <= 440)).map(([name]) => name);
    // One that a single platform makes possible may lie between: each of its campaigns counts as what it was.
    const common = malicious.filter(({ requires }) => requires?.sources === undefined).map(({ name }) => name);
    expect(common.filter((name) => !loud.includes(name) && !slow.includes(name))).to.deep.equal([]);
    expect(loud.length).to.be.at.least(6);
    expect(slow.length).to.be.at.least(5);
  });

  it('too large for a small world does not occur in it', () => {
    const occurring = (world: string) => runOf(world, { days: 4 }).occurrences.map(({ scenario }) => scenario);
    expect(occurring('regional-shop')).to.not.include('incident-healthchecks');
    expect(occurring('b2b-service')).to.include('incident-healthchecks').and.not.include('incident-luma');
    expect(occurring('national-bank')).to.include('incident-luma');
  });
});

describe('honest streams', () => {
  it('grow with the world where they are told by its usual traffic', () => {
    const scenario = named('marketing-campaign');
    const visits = (world: string, times_usual: number): number => {
      const traffic = scenario.traffic.map((one) => ({ ...one, times_usual }));
      const set = runOf(world, { scenarios: [{ ...scenario, duration: '2h', traffic }], scale: 0.001 });
      return [...set.events()].filter(({ label, event }) => label.occurrence === 1 && event['cs-method'] === 'GET')
        .length;
    };
    expect(visits('regional-shop', 0.3)).to.equal(visits('regional-shop', 0.01));
    // Two hours at three tenths of the bank's average hour.
    expect(visits('national-bank', 0.3)).to.be.closeTo((2 * 0.3 * 50_000) / 24, 150);
  });

  it('leave through another provider in a failover, and not after a limit is reached', () => {
    const failover = [...runOf('regional-shop', { scenarios: [named('provider-failover')] }).events()];
    const reset = failover.filter(
      ({ label, event }) => label.occurrence === 1 && scalarAt(event, 'event.action') === 'otp_sent',
    );
    const through = (name: string) => reset.filter(({ event }) => scalarAt(event, 'provider.name') === name);
    expect(through('twilio_verify').length).to.be.greaterThan(5);
    expect(through('twilio').length).to.be.greaterThan(20);
    const flood = [...runOf('b2b-service', { scenarios: [named('cognito-signup-flood')] }).events()];
    const refused = flood.filter(({ label, source }) => label.kind === 'induced' && source === 'aws.sns');
    expect(refused.length).to.be.greaterThan(10);
    for (const { event } of refused)
      expect(scalarAt(event, 'delivery.providerResponse')).to.equal('This delivery would exceed max price');
  });
});
