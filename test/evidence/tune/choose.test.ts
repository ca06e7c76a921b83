import { expect } from 'chai';
import { choiceOf, nearestOf } from '../../../tools/evidence/tune/choose';
import type { TunePoint } from '../../../tools/evidence/tune/result';

/** A value with its dollars lost, its rate in the worst world and whether that is within the budget. */
function point(value: number, usdLost: number, rate: number, more: Partial<TunePoint> = {}): TunePoint {
  return {
    value,
    campaigns: { present: 2, caught: 1 },
    usdLost,
    usd: 100,
    incidentsPerDay: rate,
    alerts: rate,
    episodes: rate,
    days: 1,
    perDay: rate,
    interval: [0, 9],
    specials: 0,
    worst: { world: 'shop', rate, high: rate + 3 },
    isWithin: rate <= 1,
    ...more,
  };
}

describe('the value that a sweep chooses', () => {
  it('has the fewest dollars lost of those within the budget', () => {
    expect(choiceOf([point(5, 10, 2), point(6, 20, 1), point(7, 30, 0)], 7)?.value).to.equal(6);
  });
  it('has the fewest false episodes of those with as few dollars, and is then nearest to the present one', () => {
    const specials = point(7, 20.001, 0, { specials: 1 });
    expect(
      choiceOf([point(6, 20, 1), specials, point(8, 20.004, 0), point(9, 20, 0), point(12, 20, 0)], 10)?.value,
    ).to.equal(9);
    expect(choiceOf([point(5, 20, 0), point(10, 20, 0), point(20, 20, 0)], 10)?.value).to.equal(10);
  });
  it('is none where no value is within the budget: then the one with the fewest false episodes is nearest', () => {
    const points = [point(5, 10, 4), point(6, 50, 2), point(7, 40, 2)];
    expect(choiceOf(points, 5)).to.equal(null);
    expect(nearestOf(points, 5)?.value).to.equal(7);
  });
  it('is none without a budget', () => {
    const points = [point(5, 10, 0, { worst: null, isWithin: null })];
    expect([choiceOf(points, 5), nearestOf(points, 5)]).to.deep.equal([null, null]);
  });
});
