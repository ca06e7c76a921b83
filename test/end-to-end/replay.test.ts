import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { tollgate } from '../cli/run';
import { realNode } from '../elasticsearch/node';

describe('a replay of all content', function () {
  this.timeout(300_000);
  realNode();

  it('passes in both engines, which agree, and is what docs/results.md shows', () => {
    const { code, stdout, stderr } = tollgate('replay', '--engine', 'both');
    expect(code, stderr).to.equal(0);
    expect(stderr).to.equal('');
    const shown = /```text\n([^]*?)\n```/.exec(readFileSync('docs/results.md', 'utf8'))?.[1];
    expect(stdout.trim(), 'run `npm run results`').to.equal(shown);
  });
});
