import { expect } from 'chai';
import * as fc from 'fast-check';
import { ExactSum } from '../../tools/correlate/exact-sum';
import { RankedNumbers } from '../../tools/correlate/ranked';

describe('ExactSum', () => {
  it('is the double nearest to the sum as a fraction, whatever was added and taken out before', () => {
    // Multiples of 2^-30 are exact as integers.
    const value = fc
      .tuple(fc.integer({ min: -(2 ** 30), max: 2 ** 30 }), fc.integer({ min: -30, max: 30 }))
      .map(([mantissa, exponent]) => mantissa * 2 ** exponent);
    const exact = (number: number) => BigInt(number * 2 ** 30);
    fc.assert(
      fc.property(fc.array(value, { maxLength: 20 }), fc.array(value, { maxLength: 5 }), (kept, gone) => {
        const sum = new ExactSum();
        for (const each of gone) sum.add(each);
        for (const each of kept) sum.add(each);
        for (const each of gone) sum.remove(each);
        expect(sum.value).to.equal(Number(kept.reduce((total, each) => total + exact(each), 0n)) / 2 ** 30 + 0);
      }),
    );
  });
});

describe('RankedNumbers', () => {
  it('gives the percentiles of what is in it', () => {
    const all = [5, 1, 3, 3, 9];
    const numbers = new RankedNumbers(all);
    expect(numbers.percentile(50)).to.equal(null);
    for (const each of all) numbers.add(each, 1);
    expect([0, 25, 50, 90, 100].map((percent) => numbers.percentile(percent))).to.deep.equal([1, 3, 3, 7.4, 9]);
    numbers.add(9, -1);
    numbers.add(3, -1);
    expect([0, 50, 75, 100].map((percent) => numbers.percentile(percent))).to.deep.equal([1, 3, 4, 5]);
  });
});
