import { expect } from 'chai';
import { tagsCheck } from '../../../tools/command/check/tags';
import { content, findings, rule } from './content';

describe('the check of tags', () => {
  const found = (...tags: string[]): string[] =>
    findings(tagsCheck, content({ rules: rule().replace(/^tags: .*$/m, `tags: [${tags.join(', ')}]`) }));

  it('knows the tactics, techniques and sub-techniques of ATT&CK', () => {
    expect(found('attack.impact', 'attack.t1496.003', 'attack.t1078', 'attack.initial_access')).to.deep.equal([]);
    expect(found('attack.g0096', 'attack.s0154', 'cve.2021-44228', 'tlp.clear')).to.deep.equal([]);
  });

  it('refuses what there is not, or not any more', () => {
    expect(found('attack.t9999').join()).to.contain("unknown-tag: ATT&CK for Enterprise 18.1 has no 't9999'");
    expect(found('attack.t1496.009').join()).to.contain("did you mean 't1496.00");
    expect(found('attack.t1086').join(), 'it was revoked').to.contain('unknown-tag');
    expect(found('attack.impct').join()).to.contain("did you mean 'impact'?");
    expect(found('attack.t1496.3')).to.have.length(1);
  });
});
