import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentForms } from '../../tools/command/report/silenced';
import type { Event } from '@tollgate/sigma/values/event';
import type { Contract, FormValue } from '../../tools/telemetry/contract';
import { exampleMisfits } from '../../tools/telemetry/example';
import { derivedWithout, lackedBy } from '../../tools/telemetry/form';
import { conditionsTest, valueReader } from '../../tools/telemetry/form-value';
import { loadContracts } from '../../tools/telemetry/load';
import { Normaliser } from '../../tools/telemetry/normalise';
import { CONTRACT_DIR, contractOf, repositoryContracts } from './contracts';

const ROOT = join(__dirname, '..', '..');

describe('conditions of a form', () => {
  const holds = (conditions: Parameters<typeof conditionsTest>[0], record: Event) => conditionsTest(conditions)(record);

  it('ask for a value, for none, or for a text with any characters in it', () => {
    const record = { a: { b: 'com.x.sent', n: 5, none: null }, 'c.d': 'x' };
    expect(holds({ 'a.b': true, 'c.d': true, 'a.none': false, e: false }, record)).to.equal(true);
    expect(holds({ 'a.b': 'com.*.sent' }, record)).to.equal(true);
    expect(holds({ 'a.b': ['x', '*sent'], 'a.n': '5' }, record)).to.equal(true);
    for (const wrong of ['com', '*x', 'com.*y*sent', 'com.x.sent*.sent', 'COM.*'])
      expect(holds({ 'a.b': wrong }, record), wrong).to.equal(false);
    expect(holds({ constructor: true }, record)).to.equal(false);
  });

  it('take time that grows with the text', () => {
    const text = 'ab'.repeat(100_000);
    expect(holds({ a: '*ab*ab*ab*ab*ab*c' }, { a: text })).to.equal(false);
  });
});

describe('values of a form', () => {
  const sns = contractOf('aws.sns');
  const value = (from: FormValue, record: Event, path = 'status', contract: Contract = sns) =>
    valueReader(path, from, contract)(record);

  it('are copied, replaced, joined, converted and put behind a prefix', () => {
    const record = {
      a: 'x',
      empty: '',
      n: '42',
      long: '12345678901234567890',
      list: ['p', 'q'],
      day: '2026-08-04',
      clock: '03:12:09',
    };
    expect(value('a', record)).to.equal('x');
    expect(value({ is: 7 }, record)).to.equal(7);
    expect(value({ from: ['none', 'empty', 'a'] }, record)).to.equal('x');
    expect(value({ from: 'n', none: ['42'] }, record)).to.equal(undefined);
    expect(value({ from: 'a', values: { x: true } }, record)).to.equal(true);
    expect(value({ from: 'n', as: 'long' }, record)).to.equal(42);
    expect(value({ from: 'long', as: 'long' }, record)).to.equal(12345678901234567890n);
    expect(value({ from: 'a', as: 'long' }, record)).to.equal(undefined);
    expect(value({ from: 'a', as: 'upper', prefix: 'is.' }, record)).to.equal('is.X');
    expect(value({ from: ['day', 'clock'], joined: true }, record)).to.equal('2026-08-04 03:12:09');
    expect(value({ from: ['day', 'none'], joined: true }, record)).to.equal(undefined);
    expect(value({ list: [{ k: 'a', m: 'empty' }, { k: 'none' }] }, record)).to.deep.equal([{ k: 'x' }]);
  });

  it('are times in the form of the contract', () => {
    const times = [
      '2026-08-04T03:12:09Z',
      'Tue, 04 Aug 2026 03:12:09 +0000',
      '04/Aug/2026:05:12:09 +0200',
      1785813129,
      1785813129000000000n,
    ];
    for (const time of times) {
      expect(value({ from: 't', as: 'time' }, { t: time }), String(time)).to.equal('2026-08-04T03:12:09.000Z');
      expect(value({ from: 't', as: 'time' }, { t: time }, 'notification.timestamp')).to.equal(
        '2026-08-04 03:12:09.000',
      );
    }
    const epoch = contractOf('aws.sms_voice');
    expect(value({ from: 't', as: 'time' }, { t: times[1] }, 'eventTimestamp', epoch)).to.equal(1785813129000);
    for (const wrong of ['31/Feb/2026:05:12:09 +0200', 'Tue, 04 Xyz 2026 03:12:09 +0000', 'soon', 12])
      expect(() => value({ from: 't', as: 'time' }, { t: wrong }), String(wrong)).to.throw(/not a time, but status/);
  });

  it('are parts of a request line, and addresses without their ports', () => {
    const request = 'GET https://app.example:443/a/b?c=d&e HTTP/1.1';
    const parts = (['method', 'host', 'path', 'query', 'version'] as const).map((as) =>
      value({ from: 'r', as }, { r: request }),
    );
    expect(parts).to.deep.equal(['GET', 'app.example', '/a/b', 'c=d&e', 'HTTP/1.1']);
    expect(value({ from: 'r', as: 'path' }, { r: 'POST /x HTTP/2.0' })).to.equal('/x');
    expect(value({ from: 'r', as: 'path' }, { r: '\\x16\\x03' })).to.equal(undefined);
    for (const [given, expected] of [
      ['198.51.100.7:40312', '198.51.100.7'],
      ['[2001:db8::1]:443', '2001:db8::1'],
      ['2001:db8::1', '2001:db8::1'],
      ['198.51.100.7', '198.51.100.7'],
    ])
      expect(value({ from: 'a', as: 'address' }, { a: given })).to.equal(expected);
  });
});

describe('forms of a contract', () => {
  it('change no record that they read', () => {
    const record = contractOf('auth0.tenant').forms!['log-stream']!.example as Event;
    const before = JSON.stringify(record);
    new Normaliser([contractOf('auth0.tenant')]).take(record);
    expect(JSON.stringify(record)).to.equal(before);
  });

  it('call whether a client is mobile as the contract does, whichever name Auth0 gives it', () => {
    const contract = contractOf('auth0.tenant');
    const [stream, api] = (['log-stream', 'api'] as const).map((id) => contract.forms![id]!.example as Event);
    const { data } = stream as { data: Event };
    for (const [name, value] of [
      ['isMobile', true],
      ['isMobile', false],
      ['is_mobile', true],
    ] as const)
      for (const record of [
        { ...api, [name]: value },
        { ...stream, data: { ...data, [name]: value } },
      ]) {
        const { events } = new Normaliser([contract]).take(record);
        expect(events[0]!['is_mobile'], JSON.stringify(record)).to.equal(value);
      }
  });

  it('lack what their fields do not name, or what they say, and what is derived of it', () => {
    const { forms } = contractOf('web.access');
    expect(lackedBy(forms!['combined']!, contractOf('web.access'))).to.deep.equal(['cs-host']);
    expect(lackedBy(contractOf('aws.sns').forms!['message']!, contractOf('aws.sns'))).to.deep.equal([
      'owner',
      'logGroup',
    ]);
    const okta = contractOf('okta.system');
    expect(lackedBy(okta.forms!['csv']!, okta))
      .to.include('debugContext.debugData.phoneNumber')
      .and.not.include('target.id');
    expect(derivedWithout(['delivery.destination'], contractOf('aws.sns'))).to.include.members([
      'destination.number',
      'destination.block',
    ]);
    expect(derivedWithout(['debugContext.debugData.phoneNumber'], okta), 'there is another place').to.deep.equal([]);
  });

  it('silence rules and queries that need what they lack', () => {
    const folder = mkdtempSync(join(tmpdir(), 'forms-'));
    try {
      const silent = silentForms(ROOT, repositoryContracts());
      expect(silent.get('twilio.messaging')!.get('log-download')).to.deep.equal(new Set());
      const contracts = new Map(repositoryContracts());
      const sns = structuredClone(contracts.get('aws.sns')!);
      sns.forms!['message']!.lacks = ['delivery.destination', 'owner'];
      contracts.set('aws.sns', sns);
      const found = silentForms(ROOT, contracts).get('aws.sns')!.get('message')!;
      expect([...found])
        .to.include('rules/aws/sns_delivery_block_burst.yml')
        .and.to.include('queries/aws/sns_dense_block.yml');
      sns.forms!['message']!.lacks = ['delivery.dwellTimeMs'];
      expect([...silentForms(ROOT, contracts).get('aws.sns')!.get('message')!]).to.deep.equal([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  const faults: [string, string, string, string, string, string][] = [
    [
      'a field that is none',
      'cloudflare.http',
      'fields: {EdgeStartTimestamp: {from',
      'fields: {EdgeStart: {from',
      'unknown-field',
      'fields: {EdgeStart',
    ],
    [
      'a field that is lacking and none',
      'aws.sns',
      'lacks: [owner, logGroup]',
      'lacks: [owners]',
      'unknown-field',
      'lacks: [owners]',
    ],
    [
      'columns of what has none',
      'azure.acs',
      'when: {category: SMSOperational',
      'columns: [a, b]\n    when: {category: SMSOperational',
      'unknown-key',
      'columns: [a, b]',
    ],
    ['an unknown conversion', 'azure.acs', 'as: lower', 'as: lowest', 'wrong-value', 'resourceId'],
    [
      'an example of another form',
      'cloudflare.http',
      'example: {EdgeStartTimestamp: 1785813129000000000',
      'example: {EdgeStartTimestamp: "2026-08-04T03:12:09Z"',
      'wrong-example',
      'example: {',
    ],
    [
      'an example whose time is none',
      'twilio.messaging',
      'undelivered,2026-08-04T03:12:09Z',
      'undelivered,soon',
      'wrong-example',
      'example: |',
    ],
    [
      'an example that makes no record',
      'azure.acs',
      'resultType: Succeeded',
      'resultTypes: Succeeded',
      'wrong-example',
      'example:',
    ],
  ];
  for (const [what, id, from, to, code, text] of faults)
    it(`finds ${what}, and where it stands`, () => {
      const folder = mkdtempSync(join(tmpdir(), 'forms-'));
      try {
        const whole = readFileSync(join(CONTRACT_DIR, `${id}.yml`), 'utf8');
        const at = whole.indexOf(from, whole.indexOf('\nforms:'));
        expect(at, from).to.be.above(0);
        const changed = whole.slice(0, at) + to + whole.slice(at + from.length);
        writeFileSync(join(folder, `${id}.yml`), changed);
        const { diagnostics } = loadContracts(folder, exampleMisfits);
        const found = diagnostics.map(({ code: one, line }) => [one, changed.split('\n')[line - 1]!.trim()]);
        expect(
          found.some(([one, there]) => one === code && there!.startsWith(text)),
          JSON.stringify(diagnostics),
        ).to.equal(true);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
});
