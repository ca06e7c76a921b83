import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { hindrances } from '../../../tools/command/check/hindrances';
import { findLayout } from '../../../tools/command/check/layout';
import { loadContent } from '../../../tools/command/check/load';

describe('what keeps content from being run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
  after(() => rmSync(folder, { recursive: true }));
  const ofRule = (detection: string): string[] => {
    const file = join(folder, 'idea.yml');
    writeFileSync(file, `title: Mine\nlogsource: {product: twilio, service: verify}\ndetection:\n${detection}`);
    const layout = findLayout([file]);
    return hindrances(loadContent(layout), layout.selected).map(({ code }) => code);
  };

  it('is nothing that a rule only lacks to be complete', () => {
    expect(ofRule('  s: {type: com.twilio.accountsecurity.verify.message.failed}\n  condition: s\n')).to.deep.equal([]);
  });

  it('is a field that its source does not have, a condition on what there is not, and YAML that is none', () => {
    expect(ofRule('  s: {kind: failed}\n  condition: s\n')).to.deep.equal(['unknown-field']);
    expect(ofRule('  s: {type: x}\n  condition: t\n')).to.not.deep.equal([]);
    expect(ofRule('  s: {type: [x}\n  condition: s\n')).to.not.deep.equal([]);
  });

  it('is nothing in the repository as it is', () => {
    const layout = findLayout([]);
    expect(hindrances(loadContent(layout), null)).to.deep.equal([]);
  });
});
