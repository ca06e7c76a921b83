import { expect } from 'chai';
import fc from 'fast-check';
import { durationText, kibanaDuration } from '../../tools/export/elastic/duration';
import { durationMs } from '../../tools/telemetry/duration';
import { thresholdSchedule, windowSchedule } from '../../tools/export/elastic/schedule';
import { SHOP } from './fixture';

const MINUTE = 60_000;
const late = (worst: string) => ({ ...SHOP, delay: { ...SHOP.delay, worst } });

describe('schedules for Elastic', () => {
  it('read and write lengths of time', () => {
    expect(durationMs('P1DT2H3M4S')).to.equal(93_784_000);
    expect(durationMs('PT72H')).to.equal(72 * 60 * MINUTE);
    expect(() => durationMs('3 days')).to.throw('not an ISO 8601 duration');
    expect(durationText(90 * MINUTE)).to.equal('90m');
    expect(durationText(90_500)).to.equal('91s');
    expect(kibanaDuration(7_200_000)).to.deep.equal({ value: 2, unit: 'h' });
  });

  it('look back so far that every window is seen whole by a run, whatever its phase and the delays', () => {
    const minutes = fc.integer({ min: 1, max: 3000 });
    fc.assert(
      fc.property(
        minutes,
        minutes,
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (timespan, worst, begin, phase) => {
          const { interval, lookback } = windowSchedule(timespan * MINUTE, [late(`PT${worst}M`)]);
          // The first event arrives at once, and the last one as late as can be.
          const arrivals = [begin, begin + timespan * MINUTE + worst * MINUTE] as const;
          const firstRun = Math.floor(phase * interval);
          const run = firstRun + Math.max(0, Math.ceil((arrivals[1] - firstRun) / interval)) * interval;
          expect(run - lookback).to.be.lessThan(arrivals[0]);
          expect(run).to.be.at.least(arrivals[1]);
        },
      ),
    );
  });

  it('let a threshold rule see every window whole, too', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 3000 }),
        fc.integer({ min: 0, max: 60_000 }),
        fc.nat({ max: 3_600_000 }),
        (timespan, begin, phase) => {
          const schedule = thresholdSchedule(timespan * MINUTE, [late('PT5M')]);
          expect(schedule).to.not.equal(null);
          const { interval, lookback, delay } = schedule!;
          const arrived = begin + timespan * MINUTE + delay;
          const run = phase + Math.max(0, Math.ceil((arrived - phase) / interval)) * interval;
          // Kibana searches from the lookback's beginning on, both ends included.
          if (run >= arrived && run - interval < arrived) expect(run - lookback).to.be.at.most(begin);
        },
      ),
    );
  });

  it('give a threshold rule no lookback longer by more than a tenth', () => {
    expect(thresholdSchedule(10 * MINUTE, [late('PT1M')])).to.equal(null);
    expect(thresholdSchedule(60 * MINUTE, [late('PT5M')])).to.deep.equal({
      interval: MINUTE,
      lookback: 66 * MINUTE,
      delay: 5 * MINUTE,
    });
    expect(thresholdSchedule(60 * MINUTE, [late('PT6M')])).to.equal(null);
  });
});
