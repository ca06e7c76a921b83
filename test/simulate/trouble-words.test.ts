import { expect } from 'chai';
import type { Trouble } from '../../tools/simulate/scenario';
import type { SimulatedEvent } from '../../tools/simulate/types';
import { bytes, runOf } from './run';
import { actions, campaignOf, different, texts } from './words';

const run = (ordinary: Trouble[]) => {
  const scenario = campaignOf([], { kind: 'benign', exposure: { per_year: 6 }, duration: '2h', ordinary });
  const set = runOf('regional-shop', { scenarios: ordinary.length > 0 ? [scenario] : [], days: 1, scale: 60 });
  const events = [...set.events()];
  return { set, events, met: events.filter(({ label }) => label.occurrence === 1) };
};
const share = (part: SimulatedEvent[], whole: SimulatedEvent[]): number => part.length / whole.length;
const converted = (events: SimulatedEvent[]): number =>
  share(actions(events, 'otp_verified'), actions(events, 'otp_sent'));

describe('ordinary traffic in trouble', () => {
  const quiet = run([]);

  it('is the scenario’s as long as the trouble lasts, and what it was before and after', () => {
    const { set, events, met } = run([{ from: '30m', lasts: '1h', arrives: 0.1 }]);
    const from = set.occurrences[0]!.start + 30 * 60_000;
    const asked = (all: SimulatedEvent[]) =>
      all.filter(({ source, event }) => source === 'web.access' && event['cs-method'] === 'GET');
    for (const { time } of asked(met)) expect(time).to.be.within(from, from + 3_600_000);
    const known = new Set(quiet.events.map(bytes));
    const untouched = events.filter(({ label }) => label.occurrence === 0);
    expect(untouched.filter((one) => !known.has(bytes(one)))).to.be.empty;
    // Whoever looks or is a bot is met by nothing; who asks, asks at the same times as ever.
    expect(asked(events).map(({ time }) => time)).to.deep.equal(asked(quiet.events).map(({ time }) => time));
    expect(new Set(met.map(({ label }) => label.kind))).to.deep.equal(new Set(['benign']));
  });

  it('loses messages, and people ask again', () => {
    const { met } = run([{ arrives: 0.1 }]);
    expect(actions(met, 'otp_sent').length).to.be.greaterThan(200);
    expect(converted(met)).to.be.below(0.15);
    expect(converted(quiet.events)).to.be.greaterThan(0.5);
    const again = (all: SimulatedEvent[]) =>
      share(
        actions(all, 'otp_sent').filter(({ event }) => (event['otp'] as { attempt: number }).attempt > 1),
        actions(all, 'otp_sent'),
      );
    // Heavy users ask again without trouble as well.
    expect(again(met)).to.be.greaterThan(1.5 * again(quiet.events));
  });

  it('has codes come late: a few minutes cost patience, more than ten the code', () => {
    const late = run([{ via: ['verify'], late: ['2m', '3m'] }]).met;
    const dead = run([{ via: ['verify'], late: '12m' }]).met;
    expect(actions(dead, 'otp_verified')).to.be.empty;
    expect(actions(dead, 'otp_expired')).to.have.length(different(texts(actions(dead, 'otp_sent'), 'otp.id')));
    expect(converted(late)).to.be.within(0.3, 0.7);
    const [sent] = actions(late, 'otp_sent');
    const verified = actions(late, 'otp_verified');
    expect(verified[0]!.time - sent!.time).to.be.greaterThan(120_000);
    const shared = { provider: (one: SimulatedEvent) => texts([one], 'provider.name')[0] };
    expect(new Set(actions(late, 'otp_sent').map(shared.provider))).to.deep.equal(new Set(['twilio_verify']));
  });

  it('meets only the flows, countries and carrier that are named', () => {
    const abroad = run([{ flows: ['login', 'reset'], countries: ['FR', 'MA'], arrives: 0 }]).met;
    expect(abroad.length).to.be.greaterThan(10);
    expect(new Set(texts(actions(abroad, 'otp_sent'), 'destination.country'))).to.deep.equal(new Set(['FR', 'MA']));
    expect(texts(actions(abroad, 'otp_sent'), 'otp.purpose')).to.not.include.members(['signup']);
    const whole = run([{ arrives: 0 }]).met.length;
    const carried = run([{ carrier: 'example-telecom', arrives: 0 }]).met.length;
    expect(carried / whole).to.be.within(0.2, 0.42);
  });
});
