import { expect } from 'chai';
import { join } from 'node:path';
import { contractShape } from '../../../tools/evidence/own-logs/contract-shape';
import { documentedFields } from '../../../tools/evidence/own-logs/documented';
import { platformShape } from '../../../tools/evidence/own-logs/platform-shape';
import type { KnownField, KnownFields, OpenIndex } from '../../../tools/evidence/own-logs/shape';
import { loadShapes } from '../../../tools/telemetry/shape-load';
import { contracts } from './logs';
import { planOf } from './plans';

const { shapes } = loadShapes(join(__dirname, '../../..', 'schemas', 'shapes', 'elastic'), contracts);
const shapeOf = (id: string) => shapes.find((shape) => shape.id === id)!;
const keyword: KnownField = { type: 'keyword', searchable: true, aggregatable: true };

function openOf(id: string, known: KnownFields = documentedFields(shapeOf(id), true)): OpenIndex {
  return platformShape(shapeOf(id), contracts.get(id)!, 'logs').open(known);
}

const refusal = (answer: object): string => ('refused' in answer ? String(answer.refused) : 'none');

describe("the shape of an index that a platform's own integration fills", () => {
  it('is told from the contract by the fields that are there', () => {
    const contract = contracts.get('okta.system')!;
    const ofContract = new Map(contractShape(contract).indexFields.map((name) => [name, keyword]));
    const ofElastic = documentedFields(shapeOf('okta.system'), false);
    const both = [contractShape(contract, 'x'), platformShape(shapeOf('okta.system'), contract, 'x')];
    expect(both.map((shape) => shape.fits(ofContract))).to.deep.equal([true, false]);
    expect(both.map((shape) => shape.fits(ofElastic))).to.deep.equal([false, true]);
  });

  it('refuses a field that it lacks, and says why', () => {
    expect(
      refusal(openOf('google.audit').ask(planOf('{a: {resource.type: audited_resource}, condition: a}'))),
    ).to.equal('logs has no field for resource.type of google.audit (the pipeline that was read drops it)');
    expect(refusal(openOf('okta.system').reader(['legacyEventType'], null))).to.match(
      /^logs has no field for legacyEventType/,
    );
  });

  it('refuses what is derived of a field that the cluster lacks', () => {
    const known = new Map(
      [...documentedFields(shapeOf('okta.system'), true)].filter(([name]) => name !== 'okta.target.type'),
    );
    expect(refusal(openOf('okta.system', known).reader(['destination.block'], null))).to.equal(
      'logs has no field for target.type of okta.system (usually okta.target.type)',
    );
  });

  it('takes a usual field only where the cluster has it', () => {
    const ask = (usual: boolean) =>
      refusal(
        openOf('aws.waf', documentedFields(shapeOf('aws.waf'), usual)).ask(
          planOf('{a: {labels.name: x}, condition: a}'),
        ),
      );
    expect(ask(true)).to.equal('none');
    expect(ask(false)).to.equal('logs has no field for labels.name of aws.waf (usually aws.waf.labels.name)');
  });

  it('refuses a field whose type differs between indices', () => {
    const known = new Map(documentedFields(shapeOf('aws.waf'), true)).set('url.path', { ...keyword, type: null });
    expect(refusal(openOf('aws.waf', known).ask(planOf('{a: {httpRequest.uri: /code}, condition: a}')))).to.include(
      'httpRequest.uri',
    );
  });

  it('refuses a value for which the platform has no word that is known', () => {
    expect(refusal(openOf('auth0.tenant').ask(planOf('{a: {type: limit_phone}, condition: a}')))).to.equal(
      "nothing is known that stands for the value 'limit_phone' in event.action",
    );
  });

  it('groups by what the cluster has, and by no more', () => {
    const cloudtrail = openOf('aws.cloudtrail');
    const own = 'aws.cloudtrail.flattened.request_parameters.destinationPhoneNumber';
    expect(cloudtrail.grouping('destination.number')?.field).to.equal(own);
    expect(cloudtrail.grouping('destination.block')).to.equal(null);
    expect(cloudtrail.grouping('asset.id')?.field).to.equal('aws.cloudtrail.recipient_account_id');
    // Two index fields may hold it.
    expect(openOf('google.audit').grouping('protoPayload.serviceName')).to.equal(null);
    // All records are of one asset.
    expect(openOf('okta.system').grouping('asset.id')).to.equal(null);
    expect(openOf('auth0.tenant').grouping('description')).to.equal(null);
  });

  it('reads a record as the contract has it, with what is derived of it', () => {
    const reader = openOf('okta.system').reader(
      ['destination.number', 'destination.country', 'securityContext.isProxy'],
      null,
    );
    if ('refused' in reader) throw new Error(reader.refused);
    expect(reader.objects).to.deep.equal(['okta.target']);
    const target = [
      { type: 'User', alternate_id: 'a@app.example' },
      { type: 'MobilePhone', alternate_id: '+4412345678' },
    ];
    const hit = { time: 0, fields: { 'okta.security_context.is_proxy': [true] }, source: { okta: { target } } };
    expect(reader.values({ ...hit, time: Date.UTC(2026, 7, 3) })).to.deep.equal(['+4412345678', 'GB', true]);
  });

  it('reads the truths and numbers of a flattened field as what they are', () => {
    const reader = openOf('aws.cloudtrail').reader(['managementEvent', 'limits.monthly_spend_usd'], null);
    if ('refused' in reader) throw new Error(reader.refused);
    const limit = 'aws.cloudtrail.flattened.request_parameters.attributes.MonthlySpendLimit';
    const fields = { 'aws.cloudtrail.management_event': ['false'], [limit]: ['5000'] };
    expect(reader.values({ time: Date.UTC(2026, 7, 3), fields, source: {} })).to.deep.equal([false, 5000]);
  });
});
