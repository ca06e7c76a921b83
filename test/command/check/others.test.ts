import { expect } from 'chai';
import { join } from 'node:path';
import { findLayout } from '../../../tools/command/check/layout';
import { loadContent } from '../../../tools/command/check/load';
import { otherDiagnostics } from '../../../tools/command/check/others';
import { repository } from './repository';

describe('the files', () => {
  const { folder, write } = repository();

  it('that are no content are read as what they hold', () => {
    const layout = findLayout([folder]);
    const loaded = loadContent(layout, { datasets: false });
    const others = [{ file: join(folder, 'datasets/lost.yml'), kind: null }];
    expect(otherDiagnostics({ ...layout, others }, loaded).map(({ code }) => code)).to.deep.equal(['misplaced-file']);
    write('datasets/mutants.yml', 'survivors: []\nmore: 1\n');
    const mutants = [{ file: join(folder, 'datasets/mutants.yml'), kind: 'mutants' as const }];
    expect(otherDiagnostics({ ...layout, others: mutants }, loaded)).to.not.deep.equal([]);
    write('schemas/shapes/elastic/shop.none.yml', 'id: shop.none\n');
    const shape = findLayout([folder]).others.filter(({ kind }) => kind === 'shape');
    expect(shape).to.have.length(1);
    expect(otherDiagnostics({ ...layout, others: shape }, loaded).map(({ code }) => code)).to.include('missing-key');
  });
});
