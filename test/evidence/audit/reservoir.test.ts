import { expect } from 'chai';
import { Reservoir } from '../../../tools/evidence/audit/reservoir';

describe('a reservoir', () => {
  it('keeps all of a short stream, and makes only what it keeps', () => {
    const short = new Reservoir<number>('short', 10);
    for (let i = 0; i < 7; i++) short.offer(() => i);
    expect(short.kept).to.deep.equal([0, 1, 2, 3, 4, 5, 6]);
    const long = new Reservoir<number>('long', 10);
    let made = 0;
    for (let i = 0; i < 10_000; i++) long.offer(() => (made++, i));
    expect(long.seen).to.equal(10_000);
    expect(long.kept).to.have.length(10);
    expect(made).to.be.lessThan(200);
  });

  it('draws evenly from the whole stream, the same for the same name', () => {
    const draw = (name: string): number[] => {
      const sample = new Reservoir<number>(name, 500);
      for (let i = 0; i < 20_000; i++) sample.offer(() => i);
      return sample.kept;
    };
    const kept = draw('a');
    expect(draw('a')).to.deep.equal(kept);
    expect(draw('b')).not.to.deep.equal(kept);
    const mean = kept.reduce((sum, one) => sum + one, 0) / kept.length;
    // The mean of 500 even draws from 0 to 20,000 has a standard deviation of 258.
    expect(mean).to.be.closeTo(10_000, 4 * 258);
  });
});
