import { expect } from 'chai';
import { fileNamesCheck } from '../../../tools/command/check/file-names';
import { content, findings, rule } from './content';

describe('the check of file names', () => {
  const named = (rules: string, queries: string, query = 'title: x\n'): string[] => {
    const made = content({ rules: rule(), queries: query });
    for (const document of made.rules) document.file = `rules/shop/${rules}`;
    for (const document of made.queries) document.file = `queries/shop/${queries}`;
    return findings(fileNamesCheck, made);
  };

  it('wants 10 to 70 lower-case letters, digits and underscores', () => {
    expect(named('shop_failed.yml', 'shop_queries.yml')).to.deep.equal([]);
    expect(named('Shop_Failed.yml', 'shop_queries.yml')).to.have.length(2);
    expect(named('shop_failed.yaml', 'shop_queries.yml')).to.have.length(1);
    expect(named('shop.yml', 'shop-queries.yml')).to.have.length(3);
  });

  it('wants the name of the rule itself, not of its parts', () => {
    const part = rule()
      .replace(/^tollgate: .*$/m, '')
      .replace('name: shop_failed', 'name: shop_part');
    const made = content({ rules: `${rule()}---\n${part}` });
    for (const document of made.rules) document.file = 'rules/shop/shop_failed.yml';
    expect(findings(fileNamesCheck, made)).to.deep.equal([]);
    for (const document of made.rules) document.file = 'rules/shop/shop_burst.yml';
    expect(findings(fileNamesCheck, made)).to.have.length(1);
  });

  it('wants a former name to lead to one file', () => {
    const formerly = (...names: string[]): string => `title: x\ntollgate: {formerly: [${names.join(', ')}]}\n`;
    expect(named('shop_failed.yml', 'shop_queries.yml', formerly('shop-queries'))).to.deep.equal([]);
    expect(named('shop_failed.yml', 'shop_queries.yml', formerly('shop_failed'))).to.have.length(1);
    expect(named('shop_failed.yml', 'shop_queries.yml', formerly('shop_old', 'shop_old'))).to.have.length(1);
  });
});
