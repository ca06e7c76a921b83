import { expect } from 'chai';
import { splunk } from '../../../tools/export/splunk';
import { splunkContent } from './content';
import { readConf } from './conf';
import { wrongNames } from './names';

const LOOKUPS = {
  tollgate_prefixes: ['prefix', 'country'],
  tollgate_assets: ['account', 'asset'],
  tollgate_curves: ['curve', 'point_at', 'point_value'],
};

describe('the searches for Splunk, by a reader of our own', function () {
  this.timeout(120_000);

  it('read no field that nothing has made, and call no function that is not known', () => {
    const { files } = splunk(splunkContent());
    let searches = 0;
    for (const path of ['savedsearches', 'macros'])
      for (const [name, settings] of readConf(files.get(`tollgate/default/${path}.conf`)!)) {
        const search = settings.get('search') ?? settings.get('definition')!;
        expect(wrongNames(search, LOOKUPS), name).to.deep.equal([]);
        searches++;
      }
    expect(searches).to.be.greaterThan(400);
  });

  it('would be found wrong', () => {
    const wrong = (search: string) => wrongNames(search, LOOKUPS).join('; ');
    expect(wrong('`m` | eval a=_time + 1 | stats sum(a) AS b BY a | where b > 1')).to.equal('');
    expect(wrong('`m` | where x > 1')).to.equal('where reads x');
    expect(wrong('`m` | eval a=1 | stats max(a) AS b | where a=1')).to.include('where reads a');
    expect(wrong('`m` | eval a=upper(_raw)')).to.include('no function upper');
    expect(wrong('`m` | eval a=1 | stats median(a) AS b BY a')).to.include('no function median');
    expect(wrong('`m` | lookup tollgate_assets name AS _raw OUTPUT asset')).to.include('tollgate_assets has no name');
    expect(wrong('`m` | streamstatz x')).to.include('streamstatz is not known');
    expect(wrong('`m` | eval a=1 | append [ search `n` | eval b=2 ] | where a=1')).to.include('where reads a');
    expect(() => wrong('`m` | append [ search `n`')).to.throw('not closed');
    expect(() => wrong('`m` | eval a="\\"')).to.throw('no token');
  });
});
