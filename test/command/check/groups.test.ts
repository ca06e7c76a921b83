import { expect } from 'chai';
import { groupsCheck } from '../../../tools/command/check/groups';
import type { Content } from '../../../tools/command/check/content';
import type { DerivedField, Form } from '../../../tools/telemetry/contract';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { CONTRACT, parse, queryText } from '../../detection/hunt/fixture';
import { content, findings, SHOP, withCorrelation } from './content';

const FORM: Form = {
  title: 'download (CSV)',
  reference: 'https://example.com/',
  evidence: 'documented',
  when: { Time: true },
  fields: { time: 'Time', to: 'Number', state: 'State' },
};
const EARLIER: Form = { ...FORM, title: 'the API', fields: undefined, lacks: ['client'] } as Form;

describe('the check of groups', () => {
  const grouped = (fields: string, derived: Record<string, DerivedField> = {}): string[] => {
    const all = content({ rules: withCorrelation('group-by: [shop]', `group-by: ${fields}`) });
    all.contracts.set(SHOP.id, { ...SHOP, derived, forms: { csv: FORM, api: EARLIER } });
    return findings(groupsCheck, all);
  };

  it('refuses a correlation by a field that a form of its source lacks, and names the form', () => {
    expect(grouped('[to, shop]')).to.deep.equal([
      "25:18 lacking-group: records of shop.sms in the form 'csv' (download (CSV)) have no 'shop', so they would be in no group" +
        ' | group by a field that each form has, or derive one in schemas/telemetry/shop.sms.yml that falls back on another (how: first)',
    ]);
    expect(grouped('[client]').join()).to.include("'csv' (download (CSV)), 'api' (the API) have no 'client'");
    expect(grouped('[to, state]')).to.deep.equal([]);
  });

  it('looks at the field that an alias names', () => {
    const aliased = (field: string) => grouped(`[who]\n  aliases: {who: {shop_failed: ${field}}}`);
    expect(aliased('shop')).to.have.length(1);
    expect(aliased('shop')[0]).to.match(/^26:\d+ lacking-group: .* no 'shop'/);
    expect(aliased('to')).to.deep.equal([]);
  });

  it('takes a derived field by what it is made of, with all that it falls back on', () => {
    const shop = SHOP.fields['shop']!;
    const of = (derive: DerivedField['derive']): string[] => grouped('[who]', { who: { ...shop, derive } });
    expect(of({ how: 'copy', from: 'shop' })).to.have.length(1);
    expect(of({ how: 'copy', from: 'to' })).to.deep.equal([]);
    expect(of({ how: 'first', from: 'shop', or: 'client' })).to.have.length(1);
    expect(of({ how: 'first', from: 'shop', or: 'to' })).to.deep.equal([]);
    expect(of({ how: 'asset', from: 'shop' })).to.deep.equal([]);
  });

  it('refuses a query for the same', () => {
    const fields = { timestamp: 'Time', 'event.action': 'Action', 'otp.id': 'Code' };
    const all: Content = {
      ...content(),
      queries: parseYaml('queries/test.yml', queryText()).documents,
      hunts: parse(queryText()).queries,
      contracts: new Map([[CONTRACT.id, { ...CONTRACT, forms: { csv: { ...FORM, fields } } }]]),
    };
    const found = findings(groupsCheck, all);
    expect(found.map((one) => one.split(':', 2).join(':'))).to.deep.equal([
      '14:12 lacking-group',
      '14:33 lacking-group',
    ]);
    expect(found[1]).to.include("application.otp in the form 'csv' (download (CSV)) have no 'destination.block'");
  });

  it('takes a query that asks for the field in each of its selections, since it says itself on what it cannot run', () => {
    const asking = (sent: string, passed: string): string[] => {
      const text = queryText()
        .replace('event.action: otp_sent', `event.action: otp_sent${sent}`)
        .replace('event.action: otp_verified', `event.action: otp_verified${passed}`);
      const fields = { timestamp: 'Time', 'event.action': 'Action', 'otp.id': 'Code' };
      return findings(groupsCheck, {
        ...content(),
        queries: parseYaml('queries/test.yml', text).documents,
        hunts: parse(text).queries,
        contracts: new Map([[CONTRACT.id, { ...CONTRACT, forms: { csv: { ...FORM, fields } } }]]),
      });
    };
    const asks = ", destination.block: '*'";
    expect(asking('', '')).to.have.length(2);
    expect(asking(asks, '')).to.have.length(2);
    expect(asking(asks, ', destination.block: null')).to.have.length(2);
    expect(asking(asks, ', destination.block|exists: false')).to.have.length(2);
    expect(asking(asks, asks).join()).to.match(/^14:12 lacking-group: .* no 'destination.country'/);
  });

  it('passes over what is no record, and what no contract describes', () => {
    const all = content({ rules: withCorrelation('', '') });
    all.contracts.set(SHOP.id, { ...SHOP, forms: { check: { ...FORM, fields: undefined, skip: true } as Form } });
    expect(findings(groupsCheck, all)).to.deep.equal([]);
    all.contracts.clear();
    expect(findings(groupsCheck, all)).to.deep.equal([]);
  });
});
