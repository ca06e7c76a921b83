import { expect } from 'chai';
import { valuesAt } from '@tollgate/sigma/values/event';
import { Failure } from '../../tools/foundation/content/failure';
import { fieldsOf } from '../../tools/telemetry/contract';
import { deriver } from '../../tools/telemetry/derive';
import { contractOf, repositoryContracts } from './contracts';

const INGESTED = Date.UTC(2026, 7, 4, 3, 20);
const INGESTED_TEXT = '2026-08-04T03:20:00.000Z';

describe('derived fields', () => {
  for (const contract of repositoryContracts().values()) {
    it(`gives the example of ${contract.id} its fields, and leaves the record as it was`, () => {
      const before = structuredClone(contract.example);
      const event = deriver(contract)(deepFreeze(structuredClone(contract.example)), INGESTED);
      expect(contract.example).to.deep.equal(before);
      expect(event['@timestamp']).to.match(/^2026-08-04T\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(valuesAt(event, 'event.ingested')).to.deep.equal([INGESTED_TEXT]);
      for (const [name, field] of Object.entries(contract.derived)) {
        if (!field.optional) expect(valuesAt(event, name), name).to.have.length(1);
      }
      expect(leaves(event)).to.satisfy((paths: string[]) => paths.every((path) => path in fieldsOf(contract)));
    });
  }

  it('merges into maps that the record has', () => {
    const { example } = contractOf('application.otp');
    const event = deriver(contractOf('application.otp'))(example, INGESTED);
    expect(event['event']).to.deep.equal({ action: 'otp_sent', ingested: INGESTED_TEXT });
    expect(event['destination']).to.deep.equal({
      ...(example['destination'] as object),
      number: '+994000100217',
      country: 'AZ',
      block: '+99400010',
      range: '+994000',
      suffix: '0217',
    });
  });

  it('looks assets up, and keeps the id of those that the table does not hold', () => {
    const assets = new Map([
      ['app.example', 'shop'],
      ['111122223333', 'shop'],
    ]);
    const asset = (id: string, known = assets) => {
      const contract = contractOf(id);
      return valuesAt(deriver(contract, known)(contract.example, INGESTED), 'asset.id');
    };
    expect(asset('web.access')).to.deep.equal(['shop']);
    expect(asset('aws.sns')).to.deep.equal(['shop']);
    expect(asset('aws.cloudtrail')).to.deep.equal(['shop']);
    expect(asset('aws.cloudtrail', new Map())).to.deep.equal(['111122223333']);
  });

  it('takes all records of a source that names no account as those of one asset', () => {
    const contract = contractOf('okta.system');
    const asset = (assets: Map<string, string>) =>
      valuesAt(deriver(contract, assets)(contract.example, INGESTED), 'asset.id');
    expect(asset(new Map([['okta.system', 'shop']]))).to.deep.equal(['shop']);
    expect(asset(new Map())).to.deep.equal(['okta.system']);
  });

  it('picks an object of a list by its kind, and derives from what it derived', () => {
    const contract = contractOf('okta.system');
    const number = (target: unknown, debugData: object = {}) =>
      deriver(contract)({ ...contract.example, target, debugContext: { debugData } }, INGESTED)['destination'];
    const user = { id: '00u', type: 'User', alternateId: '+998000930000' };
    const phone = { id: 'mbl', type: 'MobilePhone', alternateId: '+998000939421' };
    const found = { number: '+998000939421', country: 'UZ', block: '+99800093', range: '+998000', suffix: '9421' };
    expect(number([user, phone, { ...phone, alternateId: '+994000100217' }])).to.deep.equal(found);
    expect(number([user], { phoneNumber: '+998000939421' })).to.deep.equal(found);
    expect(number([phone], { phoneNumber: '+994000100217' })).to.include({ country: 'AZ' });
    for (const none of [null, [], [user], [null, 'MobilePhone'], { type: 'MobilePhone' }, [{ type: 'MobilePhone' }]])
      expect(number(none)).to.equal(undefined);
  });

  it('picks a part of an object alone as of a list of it', () => {
    const contract = contractOf('okta.system');
    const user = (actor: unknown, target: unknown) => {
      const event = deriver(contract)({ ...contract.example, actor, target }, INGESTED);
      return valuesAt(event, 'user.id');
    };
    const [system, person] = [
      { id: 'sys00u', type: 'SystemPrincipal' },
      { id: '00u1', type: 'User' },
    ];
    const targets = [
      { id: 'mbl1', type: 'MobilePhone' },
      { id: '00u2', type: 'User' },
    ];
    expect(user(person, null)).to.deep.equal(['00u1']);
    expect(user(person, [targets[0]])).to.deep.equal(['00u1']);
    expect(user(person, targets)).to.deep.equal(['00u2']);
    expect(user(system, targets)).to.deep.equal(['00u2']);
    expect(user(system, targets[1])).to.deep.equal(['00u2']);
    expect(user(system, [targets[0]])).to.deep.equal([]);
    for (const none of [null, [], 'User', {}, { type: 'User' }]) expect(user(none, none)).to.deep.equal([]);
  });

  it('leaves out what it cannot compute', () => {
    const contract = contractOf('twilio.messaging');
    const example = contract.example as { data: object };
    const none = deriver(contract)({ ...example, data: { ...example.data, to: null } }, INGESTED);
    expect(none).to.not.have.property('destination');
  });

  it('takes the number behind the name of a channel, and splits it as that of a text', () => {
    const contract = contractOf('twilio.messaging');
    const example = contract.example as { data: object };
    const destination = (to: unknown): unknown =>
      deriver(contract)({ ...example, data: { ...example.data, to } }, INGESTED)['destination'];
    const number = { number: '+994000100217', country: 'AZ', block: '+99400010', range: '+994000', suffix: '0217' };
    for (const to of ['+994000100217', 'whatsapp:+994000100217', 'rcs:+994000100217'])
      expect(destination(to), to).to.deep.equal(number);
    expect(destination('messenger:994000100217')).to.deep.equal({ number: '994000100217' });
    for (const none of ['', 'whatsapp:', null, 5, ['whatsapp:+994000100217']])
      expect(destination(none), JSON.stringify(none)).to.equal(undefined);
  });

  describe('of CloudTrail', () => {
    const contract = contractOf('aws.cloudtrail');
    const derive = (more: object) =>
      deriver(contract)({ ...contract.example, requestParameters: null, ...more }, INGESTED);

    it('types limits that are text', () => {
      const limits = (attributes: object) => derive({ requestParameters: { attributes } })['limits'];
      expect(limits({ MonthlySpendLimit: '5000', DeliveryStatusSuccessSamplingRate: '0' })).to.deep.equal({
        monthly_spend_usd: 5000,
        success_sampling_percent: 0,
      });
      expect(limits({ MonthlySpendLimit: '99.5' })).to.deep.equal({ monthly_spend_usd: 99.5 });
      for (const text of ['', ' ', '0x10', '1e9', 'NaN', 'lots'])
        expect(limits({ MonthlySpendLimit: text }), text).to.equal(undefined);
    });

    it('names the app client, whichever way it was called', () => {
      const hosted = { additionalEventData: { requestParameters: { client_id: ['hosted'] } } };
      const client = (more: object) => valuesAt(derive(more), 'cognito.client_id');
      expect(client(hosted)).to.deep.equal(['hosted']);
      expect(client({ requestParameters: { clientId: 'native' } })).to.deep.equal(['native']);
      expect(client({ ...hosted, requestParameters: { clientId: 'native' } })).to.deep.equal(['native']);
      expect(client({})).to.deep.equal([]);
    });
  });

  describe('of AWS WAF', () => {
    const contract = contractOf('aws.waf');
    const derive = (more: object) => deriver(contract)({ ...contract.example, ...more }, INGESTED);

    it('finds the header that is named so, in whatever case', () => {
      const headers = (...all: object[]) => derive({ httpRequest: { headers: all } })['user_agent'];
      const host = { name: 'Host', value: 'app.example' };
      expect(headers(host, { name: 'User-Agent', value: 'a' })).to.deep.equal({ original: 'a' });
      expect(headers({ name: 'user-agent', value: 'a' }, { name: 'USER-AGENT', value: 'b' })).to.deep.equal({
        original: 'a',
      });
      for (const none of [[], [host], [{ name: 'User-Agent' }], [{ value: 'a' }], ['user-agent']])
        expect(headers(...(none as object[])), JSON.stringify(none)).to.equal(undefined);
    });

    it('cuts the session and the fingerprint out of the labels', () => {
      const token = (...names: unknown[]) => derive({ labels: names.map((name) => ({ name })) })['token'];
      const prefix = 'awswaf:managed:token:';
      expect(token('x', `${prefix}id:7:8`, `${prefix}fingerprint:f`)).to.deep.equal({ id: '7:8', fingerprint: 'f' });
      expect(token(`${prefix}id:1`, `${prefix}id:2`)).to.deep.equal({ id: '1' });
      expect(token(`${prefix}id:`, `${prefix}absent`, 7)).to.equal(undefined);
      expect(derive({ labels: { name: `${prefix}id:1` } })).to.not.have.property('token');
      expect(derive({ labels: null })).to.not.have.property('token');
    });
  });

  describe('of Twilio Monitor', () => {
    const contract = contractOf('twilio.monitor');
    const derive = (properties: unknown) =>
      deriver(contract)({ ...contract.example, event_data: { resource_properties: properties } }, INGESTED);

    it('turns a map with data for keys into a list, and keeps its pairs', () => {
      const event = derive({
        Azerbaijan: { previous: 'disabled', updated: 'enabled' },
        Oman: { previous: 'enabled', updated: 'disabled' },
        France: { previous: 'enabled', updated: 'enabled' },
        mode: { name: 'not its key', previous: null, updated: 3 },
      });
      expect(event['event_data']).to.deep.equal({
        resource_properties: [
          { name: 'Azerbaijan', previous: 'disabled', updated: 'enabled' },
          { name: 'Oman', previous: 'enabled', updated: 'disabled' },
          { name: 'France', previous: 'enabled', updated: 'enabled' },
          { name: 'mode', previous: null, updated: 3 },
        ],
      });
      expect(event['change']).to.deep.equal({
        enabled: ['Azerbaijan'],
        disabled: ['Oman'],
        pairs: ['Azerbaijan:disabled>enabled', 'Oman:enabled>disabled', 'France:enabled>enabled', 'mode:>3'],
      });
    });

    it('bears events without properties, and properties named to do harm', () => {
      expect(derive({})).to.not.have.property('change');
      expect(derive(null)['event_data']).to.deep.equal({ resource_properties: [] });
      const without = deriver(contract)({ ...contract.example, event_data: null }, INGESTED);
      expect(without['event_data']).to.equal(null);
      const event = derive(JSON.parse('{"__proto__": {"previous": "disabled", "updated": "enabled"}}'));
      expect(event['change']).to.deep.equal({ enabled: ['__proto__'], pairs: ['__proto__:disabled>enabled'] });
      expect(({} as Record<string, unknown>)['previous']).to.equal(undefined);
    });
  });

  it('reads dotted keys as nested ones, and its own keys above the record’s', () => {
    const contract = contractOf('application.otp');
    const dotted = Object.fromEntries(leafEntries(contract.example));
    expect(Object.keys(dotted)).to.include('event.action');
    expect(deriver(contract)(dotted, INGESTED)).to.deep.equal(deriver(contract)(contract.example, INGESTED));
    const mixed = { ...contract.example, 'event.reason': 'x', '@timestamp': 'yesterday', '__proto__.polluted': 1 };
    const event = deriver(contract)(mixed, INGESTED);
    expect(event['event']).to.deep.equal({ action: 'otp_sent', reason: 'x', ingested: INGESTED_TEXT });
    expect(event['@timestamp']).to.equal('2026-08-04T03:12:09.412Z');
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });

  it('refuses a record without a time', () => {
    const contract = contractOf('web.access');
    expect(() => deriver(contract)({ ...contract.example, timestamp: undefined }, INGESTED)).to.throw(
      Failure,
      "record's timestamp",
    );
  });
});

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

function leafEntries(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, below]) => leafEntries(below, path ? `${path}.${key}` : key));
}

/** Dotted paths of all values, through lists of objects. */
function leaves(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => leaves(one, path));
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, below]) => leaves(below, path ? `${path}.${key}` : key));
}
