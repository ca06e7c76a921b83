import { expect } from 'chai';
import fc from 'fast-check';
import { chanceOf, countLimit } from '../../../tools/foundation/statistics/count-limit';
import { incompleteBeta, logGamma } from '../../../tools/foundation/statistics/incomplete-beta';

/** By SciPy 1.17.1 (`poisson.sf`, `nbinom.sf`): the least count with at most a chance of 1e-3, 1e-6 and 1e-9. */
const SCIPY: [mean: number, spread: number, ...limits: [number, number, number]][] = [
  [0.05, 0, 3, 4, 6],
  [0.05, 0.1, 3, 4, 6],
  [0.05, 0.3, 3, 4, 6],
  [0.05, 1, 3, 5, 7],
  [0.2, 0, 4, 6, 8],
  [0.2, 0.1, 4, 6, 8],
  [0.2, 0.3, 4, 6, 8],
  [0.2, 1, 4, 8, 12],
  [1, 0, 6, 10, 12],
  [1, 0.1, 6, 10, 13],
  [1, 0.3, 7, 11, 14],
  [1, 1, 10, 20, 30],
  [3.7, 0, 12, 17, 21],
  [3.7, 0.1, 12, 17, 22],
  [3.7, 0.3, 14, 21, 28],
  [3.7, 1, 29, 58, 87],
  [20, 0, 36, 46, 53],
  [20, 0.1, 38, 49, 58],
  [20, 0.3, 51, 74, 95],
  [20, 1, 142, 284, 425],
  [150, 0, 190, 213, 230],
  [150, 0.1, 217, 258, 291],
  [150, 0.3, 335, 480, 609],
  [150, 1, 1040, 2080, 3119],
  [4000, 0, 4198, 4305, 4386],
  [4000, 0.1, 5369, 6225, 6920],
  [4000, 0.3, 8754, 12475, 15798],
  [4000, 1, 27635, 55269, 82904],
  [250000, 0, 251548, 252381, 253006],
  [250000, 0.1, 334444, 387326, 430215],
  [250000, 0.3, 546683, 778889, 986314],
  [250000, 1, 1726943, 3453885, 5180827],
];

describe('the limit of a count', () => {
  for (const [mean, spread, ...limits] of SCIPY)
    it(`is SciPy's around ${mean} with a spread of ${spread}`, () =>
      expect([1e-3, 1e-6, 1e-9].map((chance) => countLimit(mean, spread, chance))).to.deep.equal(limits));

  it('is the first count that is rare enough', () => {
    const numbers = { min: 0, noNaN: true };
    const args = [
      fc.double({ ...numbers, max: 5000 }),
      fc.constantFrom(0, 0.05, 0.4, 2),
      fc.double({ min: 1e-8, max: 0.5, noNaN: true }),
    ] as const;
    fc.assert(
      fc.property(...args, (mean, spread, chance) => {
        const limit = countLimit(mean, spread, chance)!;
        expect(chanceOf(limit, mean, spread)).to.be.at.most(chance);
        if (limit > 1) expect(chanceOf(limit - 1, mean, spread)).to.be.above(chance);
        expect(limit).to.be.at.least(1);
      }),
    );
  });

  it('grows with the mean, the spread and the rarity', () => {
    expect(countLimit(0, 0, 0.01)).to.equal(1);
    expect(countLimit(100, 0.2, 1e-4)).to.be.above(countLimit(100, 0.1, 1e-4)!);
    expect(countLimit(100, 0.2, 1e-5)).to.be.above(countLimit(100, 0.2, 1e-4)!);
    expect(countLimit(101, 0.2, 1e-4)).to.be.at.least(countLimit(100, 0.2, 1e-4)!);
  });

  it('is none of what is no mean, spread or chance', () => {
    for (const args of [
      [-1, 0, 0.1],
      [NaN, 0, 0.1],
      [1, -0.1, 0.1],
      [1, NaN, 0.1],
      [1, 0, 0],
      [1, 0, 1],
      [Infinity, 0.1, 0.1],
    ] as const)
      expect(countLimit(...(args as [number, number, number])), String(args)).to.equal(null);
  });
});

describe('the incomplete beta function', () => {
  // By SciPy 1.17.1 (`betainc`).
  for (const [x, a, b, value] of [
    [0.5, 1, 1, 0.5],
    [0.3, 2.5, 7, 0.6412224629717214],
    [0.01, 50, 3, 1.3001275000000013e-97],
    [0.9, 3, 0.5, 0.44541555534797056],
    [0.2, 1e4, 4e4, 0.5008920649571122],
    [0.7, 1e5, 4e4, 5.06105498479383e-32],
  ] as const)
    it(`is SciPy's at ${x} for ${a} and ${b}`, () => expect(incompleteBeta(x, a, b) / value).to.be.closeTo(1, 1e-9));

  it('goes from 0 to 1', () => expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).to.deep.equal([0, 1]));

  it('rests on the logarithm of the gamma function', () => {
    // By SciPy 1.17.1 (`gammaln`).
    for (const [x, value] of [
      [0.1, 2.252712651734206],
      [0.5, 0.5723649429247],
      [1, 0],
      [2.5, 0.2846828704729192],
      [30, 71.257038967168],
      [1e6, 12815504.569147611],
    ] as const)
      expect(logGamma(x)).to.be.closeTo(value, 1e-12 * Math.max(1, value));
  });
});
