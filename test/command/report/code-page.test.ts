import { expect } from 'chai';
import { pageUrl, readPage } from '../../../tools/command/report/code-page';

describe('the page of a code', () => {
  it('has an address on the web where the package says where its repository is', () => {
    const url = 'https://github.com/somebody/rules';
    const page = `${url}/blob/HEAD/docs/diagnostics/todo.md`;
    for (const repository of [url, { url: `git+${url}.git` }])
      expect(pageUrl('todo', { version: '1.0.0', repository })).to.equal(page);
    expect(pageUrl('todo', { version: '1.0.0' })).to.equal(undefined);
  });

  it('is read with its first paragraph, and without links that lead nowhere from elsewhere', () => {
    const { summary, markdown } = readPage('unknown-field')!;
    expect(summary).to.match(/^A field is not in the source's contract: .*\.$/);
    expect(markdown).to.contain("the sources' pages list the fields").and.not.to.contain('](');
    expect(readPage('no-such-code')).to.equal(null);
  });
});
