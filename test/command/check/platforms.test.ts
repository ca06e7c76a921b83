import { expect } from 'chai';
import { platformsCheck } from '../../../tools/command/check/platforms';
import type { Content } from '../../../tools/command/check/content';
import { content, rule } from './content';

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
