import { expect } from 'chai';
import { literalsCheck } from '../../../tools/command/check/literals';
import type { Contract } from '../../../tools/telemetry/contract';
import { content, CORRELATION, findings, rule, SHOP, withCorrelation } from './content';

const QUERY = `title: Failed messages
id: 5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b03
status: test
source: shop.sms
detection: {a: {to: nobody}, condition: a}
`;

/** Findings where the contract says more of `to`. */
function found(texts: { rules?: string; queries?: string }, values?: Contract['fields'][string]['values']): string[] {
  const to = { ...SHOP.fields['to']!, ...(values && { values, others: true }) };
  const contracts = new Map([[SHOP.id, { ...SHOP, fields: { ...SHOP.fields, to } }]]);
  return findings(literalsCheck, { ...content(texts), contracts });
}

describe('the check of literals', () => {
  it('wants the source of each, or a rule that is experimental, and says what to do', () => {
    const selection = '{state: failed, to: [nobody, someone]}';
    const advice = (value: string): string =>
      `put "${value}" with its source under values of 'to' in the contract shop.sms, or set status to 'experimental'`;
    expect(found({ rules: rule({ selection }) })).to.deep.equal([
      `10:35 unsourced-literal: status 'test' is too high: the contract shop.sms has no source for the value "nobody" of 'to' | ${advice('nobody')}`,
      `10:43 unsourced-literal: status 'test' is too high: the contract shop.sms has no source for the value "someone" of 'to' | ${advice('someone')}`,
    ]);
    expect(found({ rules: rule({ selection, status: 'experimental' }) })).to.deep.equal([]);
    const known = [{ of: ['nobody', 'someone'], source: 'https://example.com/' }];
    expect(found({ rules: rule({ selection }) }, known)).to.deep.equal([]);
  });

  it('does not take what nobody has verified', () => {
    const [one, ...others] = found({ rules: rule({ selection: '{to: nobody}', status: 'stable' }) }, [
      { of: ['nobody'], evidence: 'unverified' },
    ]);
    expect(one).to.contain("status 'stable' is too high: by the contract shop.sms nobody has verified");
    expect(others).to.deep.equal([]);
    expect(
      found({ rules: rule({ selection: '{to: nobody}' }) }, [
        { of: ['nobody'], source: 'https://example.com/', evidence: 'third_party' },
      ]),
    ).to.deep.equal([]);
  });

  it('holds for queries', () => {
    expect(found({ queries: QUERY }).join()).to.match(/^5:21 unsourced-literal.*"nobody"/);
    expect(found({ queries: QUERY.replace('test', 'experimental') })).to.deep.equal([]);
  });

  it('holds for a correlation of such a rule, also through another correlation', () => {
    const base = rule({ selection: '{to: nobody}', status: 'experimental' });
    const above = CORRELATION.replace('0b02', '0b04').replace('rules: [shop_failed]', 'rules: [shop_many]');
    const named = CORRELATION.replace('correlation:', 'name: shop_many\ncorrelation:');
    const all = found({ rules: `${base}---\n${named}---\n${above}` });
    expect(all.map((one) => one.split(' | ')[0])).to.deep.equal([
      "18:9 unsourced-literal: status 'test' is too high: of its rule 'Messages of a shop that fail', the contract shop.sms has no source for the value \"nobody\" of 'to'",
      "35:9 unsourced-literal: status 'test' is too high: of its rule 'Messages of a shop that fail', the contract shop.sms has no source for the value \"nobody\" of 'to'",
    ]);
    expect(found({ rules: withCorrelation('', '') })).to.deep.equal([]);
  });
});
