import { expect } from 'chai';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { literalsOf, standing } from '../../../tools/command/check/used-literals';
import type { Contract } from '../../../tools/telemetry/contract';
import { rule, SHOP } from './content';

const PAGE = 'https://example.com/';
const CONTRACT: Contract = {
  ...SHOP,
  fields: {
    ...SHOP.fields,
    state: {
      ...SHOP.fields['state']!,
      values: [
        { of: ['sent', 'failed: number unknown'], source: PAGE },
        { of: ['failed: blocked'], source: PAGE, evidence: 'third_party' },
        { of: ['lost'], evidence: 'unverified' },
      ],
      others: true,
    },
    code: { ...SHOP.fields['code']!, values: [{ of: [30], source: PAGE }] },
    price: { ...SHOP.fields['price']!, values: 'amount' },
    shop: { ...SHOP.fields['shop']!, values: 'site' },
  },
  derived: {
    'destination.country': {
      ...SHOP.fields['to']!,
      derive: { how: 'country', from: 'to' },
    },
    outcome: { ...SHOP.fields['state']!, derive: { how: 'copy', from: 'state' } },
  },
};

/** The literals of a selection, each with its standing. */
function literals(selection: string): string[] {
  const [document] = parseYaml('rules/shop/a.yml', rule({ selection })).documents;
  const contracts = new Map([[CONTRACT.id, CONTRACT]]);
  return literalsOf(document!, contracts).map((one) => `${String(one.value)}: ${standing(one)}`);
}

describe('literals of selections', () => {
  it('have the source of the value that they are, in whatever case', () => {
    expect(literals('{state: [SENT, lost, gone]}')).to.deep.equal([
      'SENT: documented',
      'lost: unverified',
      'gone: unverified',
    ]);
    expect(literals('{state|neq: sent}')).to.deep.equal(['sent: documented']);
    expect(literals('{state|cased: SENT}')).to.deep.equal(['SENT: unverified']);
  });

  it('have the best of the values that they find a part of', () => {
    expect(literals('{state|startswith: [fail, fell]}')).to.deep.equal(['fail: documented', 'fell: unverified']);
    expect(literals('{state|endswith: blocked}')).to.deep.equal(['blocked: third_party']);
    expect(literals('{state|contains|all: [number, unknown]}')).to.deep.equal([
      'number: documented',
      'unknown: documented',
    ]);
    expect(literals('{state: "*blocked"}')).to.deep.equal(['*blocked: third_party']);
    expect(literals('{state|re: "^failed: b.*"}')).to.deep.equal(['^failed: b.*: third_party']);
    expect(literals('{state|re: "refused.*"}')).to.deep.equal(['refused.*: unverified']);
  });

  it('are thresholds that the vendor names, or numbers', () => {
    expect(literals('{code|lt: 30}')).to.deep.equal(['30: documented']);
    expect(literals('{code|lt: 40}')).to.deep.equal(['40: unverified']);
    expect(literals('{code: 30}')).to.deep.equal(['30: documented']);
  });

  it('are looked up where a derived field comes from', () => {
    expect(literals('{outcome: [sent, gone]}')).to.deep.equal(['sent: documented', 'gone: unverified']);
  });

  it('are none where no vendor says what stands there', () => {
    const selections = [
      '{shop: a, price|gte: 5, destination.country: UZ}',
      '{state: null, carrier|exists: true, client|cidr: 192.0.2.0/24, time|hour: 3}',
      '{state|neq: "?*", to: ""}',
      '{state|fieldref: shop, to|re: "^\\\\+[0-9]{8,15}$"}',
    ];
    for (const selection of selections) expect(literals(selection), selection).to.deep.equal([]);
  });

  it('are those of queries and filters, too', () => {
    const of = (text: string): unknown[] =>
      parseYaml('a.yml', text).documents.flatMap((document) =>
        literalsOf(document, new Map([[CONTRACT.id, CONTRACT]])).map(({ value }) => value),
      );
    expect(of('source: shop.sms\ndetection: {a: {state: sent}, condition: a}')).to.deep.equal(['sent']);
    expect(
      of('logsource: {product: shop, service: sms}\nfilter: {rules: any, a: {state: sent}, condition: not a}'),
    ).to.deep.equal(['sent']);
    expect(of('logsource: {product: other}\ndetection: {a: {state: sent}, condition: a}')).to.deep.equal([]);
  });
});
