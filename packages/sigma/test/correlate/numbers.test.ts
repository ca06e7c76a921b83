import { expect } from 'chai';
import * as fc from 'fast-check';
import { integerOf, type Numeric } from '../../src/values/scalar';
import { ExactSum } from '../../src/correlate/exact-sum';
import { RankedNumbers } from '../../src/correlate/ranked';
import { SEED } from './seed';

describe('ExactSum', () => {
  it('is a whole sum with all its digits, else the double nearest to it, whatever was added and taken out before', () => {
    // Multiples of 2^-30 are exact as integers.
    const double = fc
      .tuple(fc.integer({ min: -(2 ** 30), max: 2 ** 30 }), fc.integer({ min: -30, max: 30 }))
      .map(([mantissa, exponent]) => mantissa * 2 ** exponent);
    const value = fc.oneof(
      double,
      fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }).map((each) => integerOf(String(each))),
    );
    const exact = (number: Numeric): bigint =>
      typeof number === 'bigint' ? number * 2n ** 30n : BigInt(number * 2 ** 30);
    fc.assert(
      fc.property(fc.array(value, { maxLength: 20 }), fc.array(value, { maxLength: 5 }), (kept, gone) => {
        const sum = new ExactSum();
        for (const each of gone) sum.add(each);
        for (const each of kept) sum.add(each);
        for (const each of gone) sum.remove(each);
        const total = kept.reduce<bigint>((some, each) => some + exact(each), 0n);
        const whole = total % 2n ** 30n === 0n;
        expect(sum.value).to.equal(whole ? integerOf(String(total / 2n ** 30n)) : Number(total) / 2 ** 30);
        const both = new ExactSum();
        for (const each of kept) both.add(each);
        const others = new ExactSum();
        for (const each of gone) others.add(each);
        for (const each of gone) sum.add(each);
        expect(both.plus(others).value).to.equal(sum.value);
      }),
    );
  });
});

describe('RankedNumbers', () => {
  it('gives the percentiles of what is in it', () => {
    const all = [5, 1, 3, 3, 9];
    const numbers = new RankedNumbers();
    expect(numbers.percentile(50)).to.equal(null);
    for (const each of all) numbers.add(each, 1);
    expect([0, 25, 50, 90, 100].map((percent) => numbers.percentile(percent))).to.deep.equal([1, 3, 3, 7.4, 9]);
    numbers.add(9, -1);
    numbers.add(3, -1);
    expect([0, 50, 75, 100].map((percent) => numbers.percentile(percent))).to.deep.equal([1, 3, 4, 5]);
  });

  it(`is a sorted list, also of thousands that come and go (TOLLGATE_SEED=${SEED})`, () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: -50, max: 50, noNaN: true })), fc.boolean(), (values, whole) => {
        const numbers = new RankedNumbers();
        const inside: number[] = [];
        for (let step = 0; step < 3000; step++) {
          // Grows, shrinks to nothing, and grows again.
          if (step % 1500 < 900) {
            const value = values.next().value;
            inside.push(whole ? Math.round(value) : value);
            numbers.add(inside.at(-1)!, 1);
          } else if (inside.length > 0) {
            numbers.add(inside.splice((step * 7919) % inside.length, 1)[0]!, -1);
            if (inside.length > 0 && step % 3 === 0) numbers.add(inside.pop()!, -1);
          }
          if (step % 100 !== 0) continue;
          const sorted = [...inside].sort((a, b) => a - b);
          expect(numbers.size).to.equal(sorted.length);
          for (const percent of [0, 100]) {
            expect(numbers.percentile(percent) ?? NaN).to.equal((percent === 0 ? sorted[0] : sorted.at(-1)) ?? NaN);
          }
          for (let rank = 0; rank < sorted.length; rank += 37) {
            const percent = (100 * rank) / Math.max(1, sorted.length - 1);
            expect(numbers.percentile(percent)).to.be.closeTo(sorted[rank]!, 1e-9);
          }
        }
      }),
      { seed: SEED, numRuns: 10 },
    );
  });
});
