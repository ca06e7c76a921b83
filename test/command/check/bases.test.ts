import { expect } from 'chai';
import { basesCheck } from '../../../tools/command/check/bases';
import { content, CORRELATION, findings, rule } from './content';

describe('the check of bases', () => {
  const base = rule().replace(/tollgate: .*\n/, '');
  it('finds a rule that could never alert', () => {
    expect(findings(basesCheck, content({ rules: base })).join()).to.contain('1:1 unused-base');
  });
  it('knows a base by its name or id', () => {
    expect(findings(basesCheck, content({ rules: `${base}---\n${CORRELATION}` }))).to.deep.equal([]);
    const byId = CORRELATION.replace('[shop_failed]', '[5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b01]');
    expect(findings(basesCheck, content({ rules: `${base}---\n${byId}` }))).to.deep.equal([]);
  });
});
