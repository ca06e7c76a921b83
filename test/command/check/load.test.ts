import { expect } from 'chai';
import { join } from 'node:path';
import { findLayout } from '../../../tools/command/check/layout';
import { loadContent } from '../../../tools/command/check/load';
import { repository } from './repository';

describe('the files of a repository', () => {
  const { folder } = repository();

  it('are loaded, each with what is wrong with it by the stage that found it', () => {
    const { content, diagnostics } = loadContent(findLayout([folder]), { datasets: false });
    expect(content.sigma.map(({ title }) => title)).to.deep.equal(['Messages of a shop that fail']);
    expect(content.scenarios).to.deep.equal([{ name: 'outage', kind: 'benign' }]);
    expect(new Set(diagnostics.yaml.map(({ file }) => file))).to.deep.equal(
      new Set([join(folder, 'rules/shop/broken_rule.yml')]),
    );
    expect(diagnostics.sigma).to.deep.equal([]);
  });
});
