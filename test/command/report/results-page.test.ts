import { expect } from 'chai';
import { firstDifference, resultsPage } from '../../../tools/command/report/results-page';

describe('the page of results', () => {
  const report = (engine: string, caught: string, worlds = 'one, two'): string =>
    `Tollgate replay · ${engine} · ${worlds} · 2 days · seed 1\n12 of 12 events indexed · 2 of 2 detections decided\n\n` +
    `✔  burst   ${caught}\n    missed  slow\n\nEngines    ${engine}\n`;
  const page = resultsPage(report('elasticsearch+memory 9.5.3', '6/21'));

  it('shows what a replay in either engine finds, however its head is broken', () => {
    expect(firstDifference(report('memory 0.1.0', '6/21'), page)).to.equal(null);
    expect(firstDifference(report('elasticsearch 8.19.0', '6/21', 'one,\ntwo'), page)).to.equal(null);
  });

  it('is of another replay where a line, a world or the end differs', () => {
    expect(firstDifference(report('memory 0.1.0', '5/21'), page)).to.deep.equal({
      found: '✔  burst   5/21',
      shown: '✔  burst   6/21',
    });
    expect(firstDifference(report('memory 0.1.0', '6/21', 'one, three'), page)?.found).to.equal('three');
    expect(firstDifference(`${report('memory 0.1.0', '6/21')}\nmore`, page)?.found).to.equal('');
    expect(firstDifference(report('memory 0.1.0', '6/21'), '# no report')?.shown).to.equal('');
  });
});
