import { expect } from 'chai';
import { treeAuc, type Value } from '../../../tools/evidence/audit/tree';

describe('a tree of depth two on one field', () => {
  const many = (make: (i: number) => Value): Value[] => Array.from({ length: 200 }, (_, i) => make(i));

  it('sees a value, an order, a length, a range and an absence', () => {
    expect(
      treeAuc(
        many(() => 'a'),
        many(() => 'b'),
      ),
    ).to.equal(1);
    expect(
      treeAuc(
        many((i) => i),
        many((i) => i + 150),
      ),
    ).to.be.greaterThan(0.8);
    expect(
      treeAuc(
        many((i) => `x${i % 7}`),
        many((i) => `long${i % 7}`),
      ),
    ).to.equal(1);
    expect(
      treeAuc(
        many((i) => i * 10),
        many((i) => 800 + i),
      ),
    ).to.be.greaterThan(0.85);
    expect(
      treeAuc(
        many(() => 'a'),
        many(() => null),
      ),
    ).to.equal(1);
  });

  it('compares numbers as numbers', () => {
    expect(
      treeAuc(
        many((i) => 2 + (i % 7)),
        many((i) => 10 + (i % 90)),
      ),
    ).to.equal(1);
  });

  it('says one half where there is nothing to see', () => {
    expect(
      treeAuc(
        many(() => 'a'),
        many(() => 'a'),
      ),
    ).to.equal(0.5);
    expect(
      treeAuc(
        many(() => null),
        many(() => null),
      ),
    ).to.equal(0.5);
    const noise = (factor: number) => many((i) => (i * factor) % 199);
    expect(treeAuc(noise(7919), noise(104729))).to.be.within(0.4, 0.6);
  });

  it('does not learn unique values by heart', () => {
    expect(
      treeAuc(
        many((i) => `id-${(i * 7919) % 1009}`),
        many((i) => `id-${(i * 5407 + 3) % 1009}`),
      ),
    ).to.be.within(0.4, 0.6);
  });

  it('gives the same share of right pairs as counting them', () => {
    // A coin that shows heads in 3 of 4 positives and 1 of 4 negatives: 1/2 + (3/4 − 1/4) / 2.
    expect(
      treeAuc(
        many((i) => i % 8 < 2),
        many((i) => i % 8 < 6),
      ),
    ).to.be.closeTo(0.75, 1e-9);
  });
});
