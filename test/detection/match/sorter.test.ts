import { expect } from 'chai';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../../tools/foundation/content/failure';
import { integerOf } from '@tollgate/sigma/values/scalar';
import type { CorrelatedMatch } from '../../../tools/detection/match/job';
import { MatchSorter } from '../../../tools/detection/match/sorter';

describe('the sorter of matches', () => {
  const before = process.env['TMPDIR'];
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
  beforeEach(() => (process.env['TMPDIR'] = folder));
  after(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    rmSync(folder, { recursive: true });
  });

  const matches = Array.from({ length: 1000 }, (_, n): CorrelatedMatch => {
    const time = (n * 7919) % 250;
    return {
      plan: n % 2,
      match: {
        event: n,
        time,
        ingested: time,
        values: ['é\n"', n, integerOf(String(2n ** 60n + BigInt(n))), null, ['a', true]],
      },
    };
  });
  const expected = [...matches].sort((a, b) => a.match.time - b.match.time || a.match.event - b.match.event);

  for (const runLength of [1, 7, 300, 1000, 5000]) {
    it(`puts matches in the order of time, ${runLength} in memory`, () => {
      const sorter = new MatchSorter(runLength);
      for (const match of matches) sorter.add(match);
      expect(readdirSync(folder).length).to.equal(runLength <= 1000 ? 1 : 0);
      expect([...sorter.sorted()]).to.deep.equal(expected);
      sorter.close();
      expect(readdirSync(folder)).to.deep.equal([]);
    });
  }

  it('says where it could not write', () => {
    process.env['TMPDIR'] = join(folder, 'none');
    expect(existsSync(join(folder, 'none'))).to.equal(false);
    const sorter = new MatchSorter(1);
    expect(() => sorter.add(matches[0]!))
      .to.throw(Failure, /cannot keep matches in .*none/)
      .with.property('exitCode', 3);
    sorter.close();
  });
});
