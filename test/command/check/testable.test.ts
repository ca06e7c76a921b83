import { expect } from 'chai';
import { join } from 'node:path';
import { findLayout } from '../../../tools/command/check/layout';
import { loadTestable } from '../../../tools/command/check/testable';
import { repository } from './repository';

describe('the rules of a repository', () => {
  const { folder } = repository();

  it('are tested unless they are broken', () => {
    const { documents, content, diagnostics } = loadTestable(findLayout([folder]));
    expect(documents).to.deep.equal([]);
    expect(content.rules).to.have.length(1);
    expect(diagnostics.map(({ file, severity }) => [file, severity])).to.deep.include([
      join(folder, 'rules/shop/broken_rule.yml'),
      'error',
    ]);
  });
});
