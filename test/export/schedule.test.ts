import { expect } from 'chai';
import fc from 'fast-check';
import { durationText } from '../../tools/export/elastic/duration';
import { durationMs } from '../../tools/telemetry/duration';
import { windowSchedule } from '../../tools/export/schedule';
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
    expect(durationText(7_200_000)).to.equal('2h');
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
          // Also what held within the timespan before the window, so that one burst is told once.
          expect(run - lookback).to.be.lessThan(arrivals[0] - timespan * MINUTE);
          expect(run).to.be.at.least(arrivals[1]);
        },
      ),
    );
  });
});
