import { expect } from 'chai';
import { LastTime } from '../../../tools/detection/hunt/last-time';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 5, 1);

/** Where the log ends, and how many records are later. */
function endOf(times: number[], now = NOW): [end: number, later: number] {
  const last = new LastTime(now, 7 * DAY);
  for (const time of times) last.add(time);
  return [last.end, last.later.count];
}

/** A log of some days, a record an hour, up to a time. */
const log = (days: number, end: number): number[] => Array.from({ length: days * 24 }, (_, n) => end - n * HOUR);

describe('the time at which a log ends', () => {
  it('is that of its last record, in whatever order they come', () => {
    const times = log(30, NOW - DAY);
    expect(endOf(times)).to.deep.equal([NOW - DAY, 0]);
    expect(endOf(times.reverse())).to.deep.equal([NOW - DAY, 0]);
    expect(endOf([NOW])).to.deep.equal([NOW, 0]);
  });

  it('is not moved by records from the future', () => {
    expect(endOf([...log(30, NOW - DAY), NOW + 1])).to.deep.equal([NOW - DAY, 1]);
    expect(endOf([Date.UTC(2099, 0), ...log(3, NOW - DAY), Date.UTC(2098, 0)])).to.deep.equal([NOW - DAY, 2]);
    expect(endOf([NOW - DAY, NOW + 500 * DAY])).to.deep.equal([NOW - DAY, 1]);
  });

  it('does not depend on the clock where most records are later than that', () => {
    for (const now of [0, NOW - 400 * DAY, NOW - 31 * DAY, NOW - 20 * DAY]) {
      expect(endOf(log(30, NOW), now), `${now}`).to.deep.equal([NOW, 0]);
      expect(endOf([NOW - 900 * DAY, ...log(30, NOW), NOW + 8.5 * DAY, NOW + 900 * DAY], now)).to.deep.equal([NOW, 2]);
    }
  });

  it('leads over days without a record, up to the longest that a log is silent for', () => {
    const times = [NOW, NOW + 7 * DAY, NOW + 14 * DAY, NOW + 24 * DAY];
    expect(endOf(times, 0)).to.deep.equal([NOW + 14 * DAY, 1]);
  });

  it('is none without records', () => {
    expect(endOf([])).to.deep.equal([-Infinity, 0]);
  });
});
