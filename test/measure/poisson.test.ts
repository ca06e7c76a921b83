import { expect } from 'chai';
import { interval95, lower95, poissonCdf, upper95 } from '../../tools/measure/poisson';

describe('exact Poisson limits', () => {
  // Garwood's limits, as tabulated by Pearson and Hartley (Biometrika Tables for Statisticians, table 40) and Ulm (1990).
  const table: [number, number, number][] = [
    [0, 0, 3.689],
    [1, 0.0253, 5.572],
    [2, 0.242, 7.225],
    [3, 0.619, 8.767],
    [5, 1.623, 11.668],
    [10, 4.795, 18.39],
    [20, 12.217, 30.888],
    [50, 37.111, 65.919],
    [100, 81.364, 121.627],
  ];
  for (const [count, low, high] of table)
    it(`gives [${low}, ${high}] for ${count}`, () => {
      const [l, h] = interval95(count);
      expect(l).to.be.closeTo(low, 0.0006);
      expect(h).to.be.closeTo(high, 0.0006);
    });

  it('gives the rule of three for nothing seen', () => {
    expect(upper95(0)).to.be.closeTo(2.9957, 0.0001);
    expect(lower95(0)).to.equal(0);
  });

  it('gives one-sided bounds inside the two-sided interval', () => {
    expect(upper95(4)).to.be.closeTo(9.154, 0.001);
    expect(lower95(4)).to.be.closeTo(1.366, 0.001);
  });

  it('sums the distribution to one, also for large means', () => {
    expect(poissonCdf(2000, 1000)).to.be.closeTo(1, 1e-9);
    expect(poissonCdf(1000, 1000)).to.be.closeTo(0.5084, 0.0001);
    expect(poissonCdf(0, 800)).to.equal(Math.exp(-800));
  });
});
