import { expect } from 'chai';
import { queriesCheck } from '../../../tools/command/check/queries';
import { content, findings } from './content';

describe('the check of queries', () => {
  const found = (selection: string, source = 'shop.sms'): string[] =>
    findings(queriesCheck, content({ queries: `title: x\nsource: ${source}\ndetection:\n  sent: ${selection}\n` }));

  it('looks at how each field is used', () => {
    expect(found('{state: sent}')).to.deep.equal([]);
    expect(found('{code: "5"}').join()).to.contain('4:16 type-mismatch');
    expect(found('{stat: sent}').join()).to.contain("unknown-field: shop.sms has no field 'stat'");
  });

  it('leaves a source that is not there to others', () => {
    expect(found('{stat: sent}', 'nowhere')).to.deep.equal([]);
  });
});
