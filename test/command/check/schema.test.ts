import { expect } from 'chai';
import { schemaCheck } from '../../../tools/command/check/schema';
import { content, findings, rule } from './content';

describe('the check of the schema', () => {
  it('finds nothing in a good rule', () => {
    expect(findings(schemaCheck, content({ rules: rule() }))).to.deep.equal([]);
  });

  it('finds keys and values that a rule and cases cannot have', () => {
    const codes = (texts: { rules?: string; cases?: string }): string[] =>
      schemaCheck.run(content(texts)).map(({ file, line }) => `${file}:${line}`);
    expect(codes({ rules: rule({ status: 'tested' }) })).to.deep.equal(['rules/shop/shop_failed.yml:4']);
    expect(codes({ cases: 'title: x\n' })).to.include('datasets/cases/shop_failed.yml:1');
  });

  it('looks only at files whose findings are wanted', () => {
    const of = { ...content({ rules: rule({ status: 'tested' }) }), isJudged: () => false };
    expect(schemaCheck.run(of)).to.deep.equal([]);
  });
});
