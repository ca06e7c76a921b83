import { expect } from 'chai';
import { scalarAt } from '@tollgate/sigma/values/event';
import { HOUR } from '../../tools/simulate/curve';
import type { Scenario } from '../../tools/simulate/scenario';
import type { SimulatedEvent } from '../../tools/simulate/types';
import { bytes, datasets, runOf } from './run';

/** What a scenario of the repository adds to the shop, with another `logging` on all its streams. */
function added(name: string, logging: Scenario['traffic'][number]['logging']) {
  const scenario = datasets.scenarios.find((one) => one.name === name)!;
  const traffic = scenario.traffic.map((one) => ({ ...one, logging }));
  const set = runOf('regional-shop', { scenarios: [{ ...scenario, traffic }] });
  const events = [...set.events()].filter(({ label }) => label.occurrence === 1);
  return { events, start: set.occurrences[0]!.start };
}

/** A record without what its delivery decides. */
function record({ source, time, event }: SimulatedEvent): string {
  return JSON.stringify([source, time, { ...event, event: { ...(event['event'] as object), ingested: '' } }]);
}

describe('records on their way to a log', () => {
  const usual = added('log-gap-filled-later', undefined).events;

  it('are held back in a gap and then come with their own times', () => {
    const { events, start } = added('log-gap-filled-later', { held_until: '4h' });
    expect(events.map(record)).to.deep.equal(usual.map(record));
    for (const { event, ingested, time } of events) {
      expect(ingested).to.be.at.least(start + 4 * HOUR);
      expect(scalarAt(event, 'event.ingested')).to.equal(new Date(ingested).toISOString());
      expect(Date.parse(scalarAt(event, '@timestamp') as string)).to.equal(time);
    }
    const late = events.filter(({ time, ingested }) => ingested - time > HOUR).length;
    expect(late / events.length).to.be.greaterThan(0.5);
  });

  it('are held back only in the sources that have the gap', () => {
    const { events, start } = added('log-gap-filled-later', { sources: ['web.access'], held_until: '4h' });
    const early = events.filter(({ ingested }) => ingested < start + 4 * HOUR);
    expect(new Set(early.map(({ source }) => source))).to.deep.equal(new Set(['application.otp', 'twilio.verify']));
    const others = (list: SimulatedEvent[]) => list.filter(({ source }) => source !== 'web.access').map(bytes);
    expect(others(events)).to.deep.equal(others(usual));
  });

  it('come twice, as events of their own that say the same', () => {
    const { events } = added('log-gap-filled-later', { twice: 0.35 });
    const copies = new Map<string, SimulatedEvent[]>();
    for (const one of events) copies.set(record(one), [...(copies.get(record(one)) ?? []), one]);
    expect([...copies.keys()]).to.deep.equal(usual.map(record));
    const twice = [...copies.values()].filter(({ length }) => length > 1);
    expect(twice.length / usual.length).to.be.closeTo(0.35, 0.05);
    for (const pair of twice) {
      expect(pair).to.have.length(2);
      expect(pair[1]!.n).to.be.greaterThan(pair[0]!.n);
      expect(pair[1]!.ingested).to.be.greaterThan(pair[0]!.ingested);
      expect(pair[1]!.label).to.deep.equal(pair[0]!.label);
    }
  });
});
