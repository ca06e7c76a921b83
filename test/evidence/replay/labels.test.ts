import { expect } from 'chai';
import { LabelStore } from '../../../tools/evidence/replay/labels';
import type { Label, SimulatedEvent } from '../../../tools/simulate/types';
import { messageOf } from './messages';

const event = (n: number, source: string, label: Label, time = n): SimulatedEvent => ({
  n,
  source,
  time,
  ingested: time,
  label,
  event: {},
});

describe('LabelStore', () => {
  it('gives back the label of each event, beyond its first allocation too', () => {
    const labels = new LabelStore(0, 1);
    const count = 70_000;
    for (const passed of labels.watch(
      (function* () {
        for (let n = 0; n < count; n++)
          yield event(n, 's', { kind: n % 2 ? 'malicious' : 'induced', occurrence: n % 500 });
      })(),
    ))
      void passed;
    expect(labels.size).to.equal(count);
    expect([labels.kindOf(69_999), labels.occurrenceOf(69_999)]).to.deep.equal(['malicious', 499]);
    expect([labels.kindOf(1000), labels.occurrenceOf(1000)]).to.deep.equal(['induced', 0]);
  });

  it('refuses a stream with a gap', () => {
    const labels = new LabelStore(0, 1);
    const benign: Label = { kind: 'benign', occurrence: 0 };
    expect(() => [...labels.watch([event(0, 's', benign), event(2, 's', benign)])]).to.throw('event 2 came where 1');
  });

  it('keeps the messages of an attack in the order of time, whether or not a source records them', () => {
    const labels = new LabelStore(0, 1);
    const label: Label = { kind: 'malicious', occurrence: 1 };
    labels.addMessage(messageOf({ label, time: 5, usd: 0.3, sources: ['a'] }));
    labels.addMessage(messageOf({ label, time: 3, usd: 0.2, sources: [] }));
    expect(labels.messagesOf(1).map(({ time, usd }) => [time, usd])).to.deep.equal([
      [3, 0.2],
      [5, 0.3],
    ]);
    expect(labels.messagesOf(2)).to.deep.equal([]);
  });

  it('knows which sources saw an attack', () => {
    const labels = new LabelStore(0, 1);
    const attack: Label = { kind: 'malicious', occurrence: 1 };
    const provoked: Label = { kind: 'induced', occurrence: 1 };
    void [...labels.watch([event(0, 'a', attack), event(1, 'b', provoked)])];
    expect(labels.isSeenBy(1, ['a', 'c'])).to.equal(true);
    expect(labels.isSeenBy(1, ['b', 'c'])).to.equal(false);
  });

  it('counts benign messages of each source in the measured days only', () => {
    const labels = new LabelStore(10, 1);
    const label: Label = { kind: 'benign', occurrence: 0 };
    labels.addMessage(messageOf({ label, time: 9, usd: 1, sources: ['a'] }));
    labels.addMessage(messageOf({ label, time: 10, usd: 1, sources: ['a', 'b'] }));
    expect([...labels.sends]).to.deep.equal([
      ['a', 1],
      ['b', 1],
    ]);
  });
});
