import { expect } from 'chai';
import { TIME_FIELDS, timeOf } from '../../src/values/event-time';

const AT = Date.UTC(2026, 0, 5);

describe('the time of an event', () => {
  const time = (event: object): number | null => timeOf(event as Record<string, unknown>, TIME_FIELDS);

  it('is that of the first usual field which holds a time', () => {
    expect(time({ time: '2026-01-06', '@timestamp': '2026-01-05' })).to.equal(AT);
    for (const none of [12.5, 0, null, '', 'yesterday', '0001-01-01T00:00:00Z', '2026-02-30', {}, [], [1, 'x'], true])
      expect(time({ '@timestamp': none, timestamp: none, eventTime: '2026-01-05' }), JSON.stringify(none)).to.equal(AT);
  });

  it('is the first of a list that is one', () => {
    expect(time({ timestamp: [0.25, '2026-01-05', '2026-01-06'] })).to.equal(AT);
  });

  it('is none where no usual field holds one', () => {
    for (const event of [{}, { time: 12.5 }, { when: '2026-01-05' }, { timestamp: 'x', time: -1 }])
      expect(time(event), JSON.stringify(event)).to.equal(null);
  });
});
