import { expect } from 'chai';
import { interval95, lower95, poissonCdf, upper95 } from '../../../tools/foundation/statistics/poisson';

// Garwood, Fiducial limits for the Poisson distribution, Biometrika 28 (1936); Pearson and Hartley, Biometrika Tables for
// Statisticians, volume 1, table 40: 95 % limits for counts of 0 to 30 and some to 50.
const TABLE_40: [count: number, low: number, high: number][] = [
  [0, 0, 3.69],
  [1, 0.0253, 5.57],
  [2, 0.242, 7.22],
  [3, 0.619, 8.77],
  [4, 1.09, 10.24],
  [5, 1.62, 11.67],
  [6, 2.2, 13.06],
  [7, 2.81, 14.42],
  [8, 3.45, 15.76],
  [9, 4.12, 17.08],
  [10, 4.8, 18.39],
  [11, 5.49, 19.68],
  [12, 6.2, 20.96],
  [13, 6.92, 22.23],
  [14, 7.65, 23.49],
  [15, 8.4, 24.74],
  [16, 9.15, 25.98],
  [17, 9.9, 27.22],
  [18, 10.67, 28.45],
  [19, 11.44, 29.67],
  [20, 12.22, 30.89],
  [21, 13.0, 32.1],
  [22, 13.79, 33.31],
  [23, 14.58, 34.51],
  [24, 15.38, 35.71],
  [25, 16.18, 36.9],
  [26, 16.98, 38.1],
  [27, 17.79, 39.28],
  [28, 18.61, 40.47],
  [29, 19.42, 41.65],
  [30, 20.24, 42.83],
  [35, 24.38, 48.68],
  [40, 28.58, 54.47],
  [45, 32.82, 60.21],
  [50, 37.11, 65.92],
];

/** Ulm, American Journal of Epidemiology 131 (1990): 100 observed. */
const HUNDRED: [number, number] = [81.364, 121.627];

describe('exact Poisson limits', () => {
  it('are those of table 40 to its last digit', () => {
    for (const [count, low, high] of TABLE_40) {
      const [l, h] = interval95(count);
      expect(l, `lower limit of ${count}`).to.be.closeTo(low, low < 1 ? 0.0006 : 0.0051);
      expect(h, `upper limit of ${count}`).to.be.closeTo(high, 0.0051);
    }
  });

  it('are those that are published for a hundred', () => {
    const [low, high] = interval95(100);
    expect(low).to.be.closeTo(HUNDRED[0], 0.0006);
    expect(high).to.be.closeTo(HUNDRED[1], 0.0006);
  });

  it('give the rule of three for nothing seen', () => {
    expect(upper95(0)).to.be.closeTo(2.9957, 0.0001);
    expect(lower95(0)).to.equal(0);
  });

  it('have the tail probability that defines them, one-sided and two-sided, small and large', () => {
    for (const count of [0, 1, 4, 17, 60, 450, 3000, 9999, 10_001]) {
      const [low, high] = interval95(count);
      expect(poissonCdf(count, high), `above ${count}`).to.be.closeTo(0.025, 1e-9);
      expect(poissonCdf(count, upper95(count))).to.be.closeTo(0.05, 1e-9);
      if (count === 0) continue;
      expect(1 - poissonCdf(count - 1, low), `below ${count}`).to.be.closeTo(0.025, 1e-9);
      expect(1 - poissonCdf(count - 1, lower95(count))).to.be.closeTo(0.05, 1e-9);
    }
  });

  it('are those of a bisection that asks everywhere, to the last digit', () => {
    for (const count of [...Array(300).keys(), 4321, 98_765, 543_210]) {
      let [low, high] = [0, Math.max(1, count)];
      while (poissonCdf(count, high) > 0.05) high *= 2;
      while (high - low > 1e-12 * high) {
        const middle = (low + high) / 2;
        if (poissonCdf(count, middle) > 0.05) low = middle;
        else high = middle;
      }
      expect(upper95(count)).to.equal((low + high) / 2);
    }
  });

  it('are found for counts that nobody ever has', () => {
    for (const count of [1e6, 1e7]) expect(upper95(count)).to.be.closeTo(count + 1.645 * Math.sqrt(count), 3);
  });

  it('sums the distribution to one, also for large means', () => {
    expect(poissonCdf(2000, 1000)).to.be.closeTo(1, 1e-9);
    expect(poissonCdf(1000, 1000)).to.be.closeTo(0.5084, 0.0001);
    expect(poissonCdf(0, 800)).to.equal(Math.exp(-800));
  });
});
