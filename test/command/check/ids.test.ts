import { expect } from 'chai';
import { idsCheck } from '../../../tools/command/check/ids';
import { content, findings, rule } from './content';

describe('the check of ids', () => {
  it('finds a title that is given twice, whatever its case', () => {
    const rules = `${rule()}---\n${rule({ title: 'messages of a shop that FAIL', id: '5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b03' })}`;
    expect(findings(idsCheck, content({ rules }))).to.deep.equal([
      "16:8 repeated-title: title 'messages of a shop that FAIL' is that of rules/shop/shop_failed.yml:1, too | give it a title of its own",
    ]);
  });

  it("finds a rule's id on a query", () => {
    const found = findings(
      idsCheck,
      content({ rules: rule(), queries: 'title: A query\nid: 5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b01\n' }),
    );
    expect(found.map((one) => one.slice(0, 15))).to.deep.equal(['2:5 repeated-id']);
  });
});
