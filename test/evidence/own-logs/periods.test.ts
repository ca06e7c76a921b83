import { expect } from 'chai';
import { SourceDays } from '../../../tools/evidence/own-logs/source-days';
import { difference, intersection, lengthOf, periodsOf } from '../../../tools/evidence/own-logs/periods';

describe('periods', () => {
  it('are joined, cut and subtracted', () => {
    const all = periodsOf([
      [5, 9],
      [0, 2],
      [1, 3],
      [4, 4],
    ]);
    expect(all).to.deep.equal([
      [0, 3],
      [5, 9],
    ]);
    expect(intersection(all, [[2, 6]])).to.deep.equal([
      [2, 3],
      [5, 6],
    ]);
    expect(difference(all, [[1, 6]])).to.deep.equal([
      [0, 1],
      [6, 9],
    ]);
    expect(difference(all, [])).to.deep.equal(all);
    expect(lengthOf(all)).to.equal(7);
  });
});

describe('the days of a source', () => {
  const DAY = 86_400_000;
  const daysWith = (records: number): SourceDays => {
    const days = new SourceDays();
    for (const day of [0, 1, 3]) for (let n = 0; n < records; n++) days.add(day * DAY + (n * DAY) / records);
    return days;
  };

  it('leave out a day of which a busy log has nothing', () => {
    const busy = daysWith(200);
    expect(busy.gaps).to.deep.equal(['1970-01-03']);
    expect(lengthOf(busy.watched) / DAY).to.be.closeTo(3, 0.01);
  });

  it('keep a quiet day of a log that has little to say', () => {
    expect(lengthOf(daysWith(2).watched) / DAY).to.be.closeTo(3.5, 0.01);
  });
});
