import { expect } from 'chai';
import { fileNamesCheck } from '../../../tools/command/check/file-names';
import { content, findings, rule } from './content';

describe('the check of file names', () => {
  it('wants 10 to 70 lower-case letters, digits and underscores of a rule, hyphens of a query', () => {
    const named = (rules: string, queries: string): string[] => {
      const made = content({ rules: rule(), queries: 'title: x\n' });
      for (const document of made.rules) document.file = `rules/shop/${rules}`;
      for (const document of made.queries) document.file = `queries/shop/${queries}`;
      return findings(fileNamesCheck, made);
    };
    expect(named('shop_rules.yml', 'shop-queries.yml')).to.deep.equal([]);
    expect(named('Shop_Rules.yml', 'shop-queries.yml')).to.have.length(1);
    expect(named('shop_rules.yaml', 'shop-queries.yml')).to.have.length(1);
    expect(named('shop.yml', 'shop_queries.yml')).to.have.length(2);
  });
});
