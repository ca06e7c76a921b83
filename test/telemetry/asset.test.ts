import { expect } from 'chai';
import type { Event } from '@tollgate/sigma/values/event';
import { scalarAt } from '@tollgate/sigma/values/event';
import { correlateAll, fieldsOfDetections } from '@tollgate/sigma/correlate/chain';
import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import { parseSigma } from '@tollgate/sigma/rules/parse';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { ofAsset } from '../../tools/telemetry/asset';
import type { Contract } from '../../tools/telemetry/contract';
import { deriver } from '../../tools/telemetry/derive';
import { Normaliser } from '../../tools/telemetry/normalise';
import { assetKeysOf, examplesOf, without } from './asset-records';
import { contractOf, repositoryContracts } from './contracts';

/** The assets of some records; `table` is the site's own. */
function assetsOf(contract: Contract, records: readonly Event[], table: Record<string, string> = {}): unknown[] {
  const derive = deriver(contract, new Map(Object.entries(table)));
  return records.map((record) => scalarAt(derive(record, 0), 'asset.id'));
}

describe('the asset of an event', () => {
  for (const contract of repositoryContracts().values()) {
    const keys = assetKeysOf(contract);

    it(`is there whatever a record of ${contract.id} lacks, in each of its forms`, () => {
      for (const { form, records } of examplesOf(contract))
        for (const record of records) {
          const nameless = without(record, keys);
          expect(assetsOf(contract, [nameless]), form).to.deep.equal([contract.id]);
          expect(assetsOf(contract, [nameless], { [contract.id]: 'shop' }), form).to.deep.equal(['shop']);
          expect(assetsOf(contract, [record])[0], form)
            .to.be.a('string')
            .and.not.equal('');
        }
    });

    it(`lets a correlation over such records of ${contract.id} alert`, () => {
      const rules = parseSigma(parseYaml('rules.yml', correlationOn(contract.logsource)).documents).rules;
      const [[id, fields]] = [...fieldsOfDetections(rules)] as [[string, string[]]];
      const holds = compilePredicate(rules.flatMap((rule) => (rule.kind === 'detection' ? rule.plan : []))[0]!);
      for (const { form, delivered } of examplesOf(contract)) {
        const normaliser = new Normaliser([contract]);
        const events = [1, 2, 3].flatMap(() => {
          const { records, complete } = normaliser.translate(structuredClone(delivered));
          return records.map((record) => complete(without(record, keys)));
        });
        const matches = events.flatMap((event, n) => {
          const time = Date.parse(String(event['@timestamp']));
          const values = fields.map((field) => scalarAt(event, field));
          return holds(event) ? [{ event: n, time, ingested: time, values }] : [];
        });
        const { alerts } = correlateAll(rules, [{ rule: id, fields, matches }]).get(rules[1]!.id)!;
        expect(
          alerts.map(({ group }) => group),
          form,
        ).to.deep.equal([{ 'asset.id': contract.id }]);
      }
    });
  }

  it('is named by the first field that holds a text, and the table says whose that is', () => {
    const record = { ...contractOf('aws.sms_voice').example, owner: '111122223333', logGroup: 'sms-events' };
    const records = [record, { ...record, owner: '' }, { ...record, owner: null }, { ...record, owner: 5 }];
    expect(assetsOf(contractOf('aws.sms_voice'), records)).to.deep.equal([
      '111122223333',
      'sms-events',
      'sms-events',
      'sms-events',
    ]);
    const table = { '111122223333': 'shop', 'aws.sms_voice': 'other' };
    expect(assetsOf(contractOf('aws.sms_voice'), records.slice(0, 2), table)).to.deep.equal(['shop', 'sms-events']);
  });

  it('stays the one that a record came with', () => {
    const nameless = without(contractOf('aws.sns').example, ['owner']);
    expect(assetsOf(contractOf('aws.sns'), [{ ...nameless, asset: { id: 'shop' } }], { 'aws.sns': 'x' })).to.deep.equal(
      ['shop'],
    );
    expect(assetsOf(contractOf('aws.sns'), [{ ...nameless, owner: 'x', 'asset.id': 'shop' }])).to.deep.equal(['shop']);
  });

  it('is what it is said to be, whatever the record and the table say', () => {
    const given = { 'asset.id': 'b', asset: { id: 'a', owner: 'x' }, k: 1 };
    expect(ofAsset(given, 'shop')).to.deep.equal({ asset: { id: 'shop', owner: 'x' }, k: 1 });
    expect(given).to.deep.equal({ 'asset.id': 'b', asset: { id: 'a', owner: 'x' }, k: 1 });
    expect(ofAsset({ asset: 'text' }, 'shop')).to.deep.equal({ asset: { id: 'shop' } });
    const event = deriver(contractOf('aws.sns'), new Map([['111122223333', 'other']]))(
      contractOf('aws.sns').example,
      0,
    );
    expect(scalarAt(event, 'asset.id')).to.equal('other');
    expect(scalarAt(ofAsset(event, 'shop'), 'asset.id')).to.equal('shop');
    expect(ofAsset(event, null)).to.equal(event);
  });

  it('is the virtual host of an access log, and the resource of a Log Analytics table', () => {
    const vhosts = examplesOf(contractOf('web.access')).find(({ form }) => form === 'combined-vhost')!;
    expect(assetsOf(contractOf('web.access'), vhosts.records)).to.deep.equal(['app.example']);
    const { resourceId, ...row } = contractOf('azure.acs').example;
    const { events } = new Normaliser([contractOf('azure.acs')]).take({ ...row, _ResourceId: resourceId });
    expect(events.map((event) => scalarAt(event, 'asset.id'))).to.deep.equal([resourceId]);
  });
});

/** A rule that every event of a source matches, and one that counts three of an asset. */
function correlationOn(logsource: object): string {
  return `title: Any
id: 00000000-0000-4000-8000-000000000001
name: any
logsource: ${JSON.stringify(logsource)}
detection:
  selection: {"@timestamp|exists": true}
  condition: selection
---
title: Three
id: 00000000-0000-4000-8000-000000000002
correlation:
  type: event_count
  rules: [any]
  group-by: [asset.id]
  timespan: 1h
  condition: {gte: 3}
`;
}
