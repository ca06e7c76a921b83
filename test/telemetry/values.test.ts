import { expect } from 'chai';
import type { Contract, Field } from '../../tools/telemetry/contract';
import { closedValues, knownValues, valueMisfits, valuesOf } from '../../tools/telemetry/values';
import { contractOf } from './contracts';

const field = (more: Partial<Field>): Field => ({ type: 'keyword', meaning: 'x', evidence: 'documented', ...more });
const PAGE = 'https://example.com/codes';

describe('values of fields', () => {
  it('are documented unless told otherwise, and have their source', () => {
    const values: Field['values'] = [
      { of: ['a', 'b'], source: PAGE },
      { of: ['c'], evidence: 'unverified' },
    ];
    expect(knownValues(field({ values }))).to.deep.equal([
      { value: 'a', source: PAGE, evidence: 'documented' },
      { value: 'b', source: PAGE, evidence: 'documented' },
      { value: 'c', source: null, evidence: 'unverified' },
    ]);
  });

  it('are all that there are where no others are told of', () => {
    const values: Field['values'] = [{ of: ['a', 'b'], source: PAGE }];
    expect(closedValues(field({ values }))).to.deep.equal(['a', 'b']);
    expect(closedValues(field({ values, others: true }))).to.equal(null);
    expect(closedValues(field({ values: 'site' }))).to.equal(null);
    expect(closedValues(field({}))).to.equal(null);
  });

  it('of a derived field are those of the field that it comes from, unless a number or the site decides', () => {
    const cloudtrail = contractOf('aws.cloudtrail');
    expect(valuesOf(cloudtrail, 'limits.monthly_spend_usd')).to.equal('amount');
    expect(valuesOf(cloudtrail, 'destination.country')).to.equal('computed');
    expect(valuesOf(cloudtrail, 'asset.id')).to.equal('computed');
    expect(valuesOf(cloudtrail, 'sourceIPAddress')).to.deep.equal([]);
    expect(valuesOf(contractOf('web.access'), 'cs-uri-stem')).to.equal('site');
    expect(valuesOf(contractOf('vonage.audit'), 'event_type')).to.have.length.above(5);
  });

  it('have a type, stand once, and have a reference for a source', () => {
    const wrong = (more: Partial<Field>, logsource: Contract['logsource'] = { category: 'application' }): string[] => {
      const contract = {
        logsource,
        references: [PAGE],
        fields: { a: field(more) },
        derived: {},
      } as unknown as Contract;
      return valueMisfits(contract).map(({ code, path }) => `${code} ${path.join('.')}`);
    };
    expect(wrong({ values: [{ of: ['a'], source: PAGE }] })).to.deep.equal([]);
    expect(wrong({ values: [{ of: ['a'], source: 'contract' }] })).to.deep.equal([]);
    expect(wrong({ values: [{ of: ['a'], source: 'contract' }] }, { product: 'shop' })).to.deep.equal([
      'not-own fields.a.values.0.source',
    ]);
    expect(wrong({ values: [{ of: ['a'], evidence: 'unverified' }] })).to.deep.equal([]);
    expect(wrong({ type: 'boolean', values: [{ of: [true], source: PAGE }] })).to.deep.equal([]);
    expect(wrong({ values: [{ of: [true], source: PAGE }] })).to.deep.equal(['wrong-value fields.a.values.0.of.0']);
    expect(wrong({ type: 'long', values: [{ of: [1.5], source: PAGE }] })).to.deep.equal([
      'wrong-value fields.a.values.0.of.0',
    ]);
    expect(wrong({ values: [{ of: ['a'] }] })).to.deep.equal(['no-source fields.a.values.0']);
    expect(wrong({ values: [{ of: ['a'], source: `${PAGE}/1` }] })).to.deep.equal([
      'unknown-reference fields.a.values.0.source',
    ]);
    const twice = [
      { of: ['a'], source: PAGE },
      { of: ['a'], source: PAGE },
    ];
    expect(wrong({ values: twice })).to.deep.equal(['duplicate-value fields.a.values.1.of.0']);
  });
});
