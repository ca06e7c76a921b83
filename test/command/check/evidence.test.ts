import { expect } from 'chai';
import { ruleDigest } from '../../../tools/evidence/own-logs/digest';
import type { FieldEvidence } from '../../../tools/evidence/own-logs/field-evidence';
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

  it('lets the evidence of two sites make a rule stable, while it is of the rule as it is', () => {
    const of = content({ rules: rule({ status: 'stable' }) });
    const { id } = of.sigma[0]!;
    const digest = ruleDigest(of.sigma);
    const site = (name: string, seen: string): FieldEvidence => ({
      site: name,
      engine: 'memory',
      sources: [],
      detectors: [{ id, digest: seen, days: 30, sends: 0, episodes: 0, nearness: null }],
    });
    const found = (...fieldEvidence: FieldEvidence[]) => findings(evidenceCheck, { ...of, fieldEvidence });
    expect(found(site('a', digest), site('b', digest))).to.deep.equal([]);
    expect(found(site('a', digest)).join()).to.contain('1 of 2 sites');
    expect(found(site('a', digest), site('b', '0'.repeat(32))).join()).to.contain('as it was before');
  });
});
