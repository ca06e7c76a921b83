import { expect } from 'chai';
import * as fc from 'fast-check';
import { foldCase } from '../../src/values/fold';

describe('foldCase', () => {
  it('folds each code point by itself', () => {
    expect(foldCase('İSTANBUL ΟΔΟΣ ẞ É \u{10400} Ǆ ﬀ')).to.equal('istanbul οδοσ ß é \u{10428} ǆ ﬀ');
  });

  it('keeps the number of code points, and folds a folded text to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const folded = foldCase(text);
        expect([...folded]).to.have.length([...text].length);
        expect(foldCase(folded)).to.equal(folded);
      }),
    );
  });
});
