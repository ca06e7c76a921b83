import { expect } from 'chai';
import { quantile } from '../../../tools/foundation/statistics/quantile';

describe('a quantile', () => {
  it('is the value at the nearest rank, and leaves the values in their order', () => {
    const values = [30, 10, 20, 40];
    expect([0, 0.25, 0.26, 0.5, 0.51, 0.95, 1].map((q) => quantile(values, q))).to.deep.equal([
      10, 10, 20, 20, 30, 40, 40,
    ]);
    expect(values).to.deep.equal([30, 10, 20, 40]);
  });

  it('is null where there is nothing', () => {
    expect(quantile([], 0.5)).to.equal(null);
  });
});
