import { expect } from 'chai';
import { repository } from '../sql/detectors';
import { TARGETS } from '../../../tools/export/targets';
import { page, readPage } from './page';
import { readResults } from './results';

describe('the page of parity', () => {
  it('is what the committed results and the pages of the exports make it (npm run parity writes it)', () => {
    expect(readPage()).to.equal(page(repository()));
  });

  it('has days without a difference of each target whose own page refers to it', () => {
    const { content } = repository();
    const claiming = Object.entries(TARGETS).filter(([, print]) =>
      print(content).files.get('README.md')!.includes('docs/parity.md'),
    );
    expect(claiming.map(([target]) => target)).to.include('duckdb');
    for (const [target] of claiming) {
      const results = readResults(target);
      expect(results, target).to.have.length.greaterThan(100);
      const differ = results.filter(({ missed, extra, late }) => missed + extra + late > 0);
      expect(differ, target).to.deep.equal([]);
    }
  });
});
