import { expect } from 'chai';
import { platformsCheck } from '../../tools/check/platforms';
import { tagsCheck } from '../../tools/check/tags';
import { techniques } from '../../tools/check/attack-ids';
import type { Content } from '../../tools/check/content';
import { content, findings, rule } from './content';

/** The content of a rule in this file. */
function at(file: string): Content {
  const { rules, sigma, ...rest } = content({ rules: rule() });
  return {
    ...rest,
    rules: rules.map((document) => ({ ...document, file })),
    sigma: sigma.map((one) => ({ ...one, file })),
  };
}

describe('the check of platforms', () => {
  it('wants a rule in the folder of the platform whose log it reads, and looks at no other folder', () => {
    const codes = (file: string): string[] => platformsCheck.run(at(file)).map(({ code, hint }) => `${code}: ${hint}`);
    expect(codes('rules/shop/shop_failed.yml')).to.deep.equal([]);
    expect(codes('/tmp/mine/rules/shop/deep/shop_failed.yml')).to.deep.equal([]);
    expect(codes('shop_failed.yml')).to.deep.equal([]);
    expect(codes('rules/shop_failed.yml')).to.deep.equal([]);
    expect(codes('rules/twilio/shop_failed.yml')).to.deep.equal(['wrong-folder: move the file to rules/shop']);
  });
});

describe('the check of tags', () => {
  const found = (...tags: string[]): string[] =>
    findings(tagsCheck, content({ rules: rule().replace(/^tags: .*$/m, `tags: [${tags.join(', ')}]`) }));

  it('knows the tactics, techniques and sub-techniques of ATT&CK', () => {
    expect(techniques().size).to.equal(691);
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
