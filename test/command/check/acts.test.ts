import { expect } from 'chai';
import { actsCheck } from '../../../tools/command/check/acts';
import { findings } from './content';
import { naming } from './naming';

describe('the check of acts', () => {
  it('takes acts that stand in a file, in any order', () => {
    expect(findings(actsCheck, naming('shop.rotate-key', 'shop.block-range'))).to.deep.equal([]);
  });

  it('refuses an act that there is not, at its place in a rule and in a query, and says which is meant', () => {
    expect(findings(actsCheck, naming('shop.rotate-key', 'shop.block-rnage'))).to.deep.equal([
      "14:79 unknown-act: there is no act 'shop.block-rnage' | did you mean 'shop.block-range'?",
      "18:57 unknown-act: there is no act 'shop.block-rnage' | did you mean 'shop.block-range'?",
    ]);
  });

  it('says nothing of files that nobody asked about', () => {
    const of = { ...naming('shop.none'), isJudged: (file: string) => file.startsWith('queries/') };
    expect(actsCheck.run(of).map(({ file }) => file)).to.deep.equal(['queries/shop/shop_queries.yml']);
  });
});
