import { expect } from 'chai';
import { Failure } from '../../../tools/foundation/content/failure';
import { parseSeeds, requireSeeds } from '../../../tools/evidence/measure/seeds';

describe('seeds', () => {
  it('are lists of numbers and spans, each seed once', () => {
    expect(parseSeeds('101-103,110, 102')).to.deep.equal([101, 102, 103, 110]);
    for (const text of ['', '5-3', '1..3', '-4', '1-', 'a']) expect(() => parseSeeds(text), text).to.throw(Failure);
  });

  it('of development and of reporting never mix', () => {
    expect(() => requireSeeds([101, 240], false)).not.to.throw();
    expect(() => requireSeeds([1, 20], true)).not.to.throw();
    expect(() => requireSeeds([101, 20], false)).to.throw(Failure, 'seed 20 is not for reporting');
    expect(() => requireSeeds([50], false)).to.throw(Failure);
    expect(() => requireSeeds([20, 101], true)).to.throw(Failure, 'seed 101 is not a development seed');
  });
});
