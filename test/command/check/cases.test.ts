import { expect } from 'chai';
import { casesCheck } from '../../../tools/command/check/cases';
import { content, CORRELATION, findings, rule } from './content';

const CASES = `title: Cases of the shop's rule
rule: 5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b01
base:
  failed: {source: shop.sms, record: {shop: a, to: "+998000930000", state: failed}}
cases:
  - {name: it fails, kind: fires, alerts: 1, events: [{use: failed, at: 0s}]}
  - {name: it is sent, kind: quiet, alerts: 0, events: [{use: failed, at: 0s, set: {state: sent}}]}
  - {name: it is sent, kind: near-miss, alerts: 0, events: [{use: failed, at: 0s, set: {state: sent}}]}
`;
const found = (cases: string, rules = rule()): string[] => findings(casesCheck, content({ rules, cases }));

describe('the check of cases', () => {
  it('finds nothing in good ones', () => expect(found(CASES)).to.deep.equal([]));

  it('says which kinds a rule lacks, and where to add them', () => {
    expect(found(CASES.replace('kind: near-miss', 'kind: quiet'))).to.deep.equal([
      '2:1 missing-cases: has no case that nearly fires (near-miss) | add it to datasets/cases/shop_failed.yml',
    ]);
  });

  it("wants both sides of the window's edge of a correlation", () => {
    const rules = `${rule().replace(/tollgate: .*\n/, '')}---\n${CORRELATION}`;
    const cases = CASES.replace('0b01', '0b02');
    expect(found(cases, rules).join()).to.contain(
      "no case that fires exactly at the window's edge (edge), none that stays quiet just outside",
    );
    const edge = (alerts: number): string =>
      `  - {name: at the edge, kind: edge, alerts: ${alerts}, events: [{use: failed, at: 10m}]}\n`;
    expect(found(cases + edge(1), rules).join()).to.contain("no case that stays quiet just outside the window's edge");
    expect(found(cases + edge(1) + edge(0), rules)).to.deep.equal([]);
  });

  it('refuses what it cannot refer to', () => {
    expect(found(CASES.replace('0b01', '0b09')).join()).to.contain(
      '2:7 unknown-rule: there is no rule or query with the id',
    );
    expect(found(CASES.replace('shop.sms', 'shop.smss')).join()).to.contain(
      "4:20 no-contract: there is no telemetry contract 'shop.smss' | did you mean 'shop.sms'?",
    );
    expect(found(CASES.replace('use: failed', 'use: faild')).join()).to.contain(
      "6:61 unknown-base: there is no base record 'faild' | did you mean 'failed'?",
    );
  });

  it('refuses a record that the source could not write, once for each entry, where it was set', () => {
    const times = CASES.replace('at: 0s, set: {state: sent}', 'at: 0s, times: 9, every: 1s, set: {to: 5}');
    expect(found(times)).to.deep.equal([
      "7:110 impossible-record: no record of shop.sms is like this: 'to' must be text, but is 5 | correct the record; or the contract, if the source does write it",
    ]);
    expect(found(CASES.replace('state: failed}', 'stat: failed}')).join()).to.contain('6:61 impossible-record');
  });

  it('says of a record all that it lacks at once', () => {
    expect(found(CASES.replace('shop: a, to: "+998000930000", state: failed', 'price: 1'))[0]).to.equal(
      "6:61 impossible-record: no record of shop.sms is like this: the document lacks 'shop', the document lacks 'to', the document lacks 'state' | correct the record; or the contract, if the source does write it",
    );
  });

  it('refuses more events than a case may have, without making them', () => {
    const many = `{use: failed, at: 0s, times: 10000}, `.repeat(3);
    expect(found(CASES.replace('events: [', `events: [${many}`)).join()).to.contain('too-large: makes 30001 events');
  });
});
