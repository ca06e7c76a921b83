import { expect } from 'chai';
import { evidenceCheck } from '../../../tools/command/check/evidence';
import { content, CORRELATION, findings, rule, withCorrelation } from './content';

describe('the check of evidence', () => {
  it('caps the status by a field that nobody has verified, in the rule and in its correlation', () => {
    const rules = `${rule({ selection: '{carrier: a}' })}---\n${CORRELATION}`;
    const found = findings(evidenceCheck, content({ rules }));
    expect(found.map((one) => one.split(' | ')[0])).to.deep.equal([
      "4:9 unverified-field: status 'test' is too high: nobody has verified the field 'carrier' of shop.sms",
      "18:9 unverified-field: status 'test' is too high: nobody has verified the field 'carrier' of shop.sms",
    ]);
    const experimental = rules.replaceAll('status: test', 'status: experimental');
    expect(findings(evidenceCheck, content({ rules: experimental }))).to.deep.equal([]);
  });

  it('looks at the fields that only the correlation reads', () => {
    const rules = withCorrelation('field: to', 'field: carrier');
    expect(findings(evidenceCheck, content({ rules }))).to.have.length(1);
  });

  it('looks at the fields behind aliases', () => {
    const rules = withCorrelation('  group-by: [shop]', '  group-by: [who]\n  aliases: {who: {shop_failed: carrier}}');
    expect(findings(evidenceCheck, content({ rules }))).to.have.length(1);
  });

  it('does not let synthetic evidence make a rule stable', () => {
    expect(findings(evidenceCheck, content({ rules: rule({ status: 'stable' }) })).join()).to.contain(
      '4:9 unproven-status',
    );
  });
});
