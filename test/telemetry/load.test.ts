import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { Failure } from '../../tools/foundation/content/failure';
import { exampleMisfits } from '../../tools/telemetry/example';
import { loadContracts } from '../../tools/telemetry/load';
import { CONTRACT_DIR } from './contracts';

const IDS = readdirSync(CONTRACT_DIR)
  .sort()
  .map((file) => basename(file, '.yml'));

describe('loading telemetry contracts', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'contracts-'))));
  afterEach(() => rmSync(dir, { recursive: true }));

  it('loads all of the repository, with examples that satisfy them', () => {
    const { contracts, diagnostics } = loadContracts(CONTRACT_DIR, exampleMisfits);
    expect(diagnostics).to.deep.equal([]);
    expect([...contracts.keys()]).to.deep.equal(IDS);
  });

  it('fails where there is nothing', () => {
    expect(() => loadContracts(dir))
      .to.throw(Failure)
      .with.property('exitCode', 2);
    expect(() => loadContracts(join(dir, 'none')))
      .to.throw(Failure)
      .with.property('exitCode', 2);
  });

  /** Loads one contract of the repository with a text in it replaced; the place of `at` in the new text is expected. */
  function broken(id: string, from: string, to: string, name = `${id}.yml`) {
    const text = readFileSync(join(CONTRACT_DIR, `${id}.yml`), 'utf8');
    expect(text).to.include(from);
    const changed = text.replace(from, () => to);
    writeFileSync(join(dir, name), changed);
    const { contracts, diagnostics } = loadContracts(dir, exampleMisfits);
    expect(contracts.size).to.equal(0);
    const lines = changed.split('\n');
    return diagnostics.map(({ line, code, severity, hint }) => {
      expect(severity).to.equal('error');
      expect(hint).to.be.a('string');
      return { code, text: lines[line - 1]!.trim() };
    });
  }

  const faults: [string, string, string, string, string, string][] = [
    ['an unknown key', 'web.access', 'retention:', 'retentoin:', 'unknown-key', 'retentoin: As'],
    ['an unknown type', 'aws.sns', 'type: double', 'type: float', 'wrong-value', 'type: float'],
    ['an unknown derivation', 'aws.sns', '{how: copy,', '{how: kopy,', 'wrong-value', 'derive: {how: kopy'],
    ['a duration in words', 'aws.sns', 'PT72H', '72 hours', 'wrong-value', 'delay:'],
    ['another id than the file', 'web.access', 'id: web.access', 'id: web.log', 'wrong-file-name', 'id: web.log'],
    [
      'an unknown time field',
      'aws.sns',
      'field: notification.timestamp',
      'field: notification.time',
      'unknown-field',
      'time:',
    ],
    ['a time field of another type', 'twilio.verify', 'field: time,', 'field: type,', 'wrong-time-field', 'time:'],
    ['an unknown step', 'web.access', 'step: [cs-method', 'step: [cs-methud', 'unknown-field', 'step:'],
    ['an unknown role', 'web.access', 'identity: c-ip', 'identity: c-ipp', 'unknown-field', 'roles:'],
    [
      'an unknown source of a derived field',
      'web.access',
      'from: cs-host',
      'from: cs-hots',
      'unknown-field',
      'derive: {how: asset',
    ],
    [
      'an unknown other source',
      'aws.cloudtrail',
      'or: additionalEventData.userPoolId',
      'or: userPoolId',
      'unknown-field',
      'derive: {how: first',
    ],
    [
      'a derived source that stands below',
      'okta.system',
      'or: target_phone}',
      'or: destination.block}',
      'unknown-field',
      'derive: {how: first',
    ],
    [
      'a part of no object of the list',
      'okta.system',
      'by: target.type,',
      'by: actor.type,',
      'unknown-field',
      'derive: {how: picked',
    ],
    [
      'a source that is no entry',
      'twilio.monitor',
      '{how: pairs, from: event_data.resource_properties}',
      '{how: pairs, from: source}',
      'unknown-field',
      'derive: {how: pairs',
    ],
    [
      'a source that is no list of objects',
      'aws.waf',
      '{how: after, from: labels, prefix: "awswaf:managed:token:id:"}',
      '{how: after, from: webaclId, prefix: "awswaf:managed:token:id:"}',
      'unknown-field',
      'derive: {how: after',
    ],
    [
      'a field to fall back on that is none',
      'aws.sms_voice',
      'from: [owner, logGroup]',
      'from: [owner, logGroups]',
      'unknown-field',
      'derive: {how: asset',
    ],
    [
      'an asset that is no text',
      'aws.sms_voice',
      'from: [owner, logGroup]',
      'from: [owner, eventTimestamp]',
      'wrong-type',
      'derive: {how: asset',
    ],
    [
      'an asset that is a list',
      'aws.waf',
      'from: [webaclId, httpSourceId]',
      'from: [webaclId, labels.name]',
      'wrong-type',
      'derive: {how: asset',
    ],
    [
      'fields to fall back on where there is no falling back',
      'aws.sns',
      '{how: block, from: delivery.destination}',
      '{how: block, from: [delivery.destination, owner]}',
      'wrong-type',
      'derive: {how: block',
    ],
    [
      'a derived field of another type',
      'aws.cloudtrail',
      '  limits.monthly_spend_usd:\n    type: double',
      '  limits.monthly_spend_usd:\n    type: keyword',
      'wrong-type',
      'type: keyword',
    ],
    [
      'a value that is a map, too',
      'application.otp',
      '  service.name:',
      '  event.action.code:',
      'conflicting-field',
      'event.action.code:',
    ],
    ['a common field', 'application.otp', '  event.reason:', '  event.ingested:', 'duplicate-field', 'event.ingested:'],
    [
      'a field that is derived, too',
      'aws.sns',
      '  delivery.smsType:',
      '  destination.block:',
      'duplicate-field',
      'destination.block:',
    ],
    [
      'a list without fields',
      'twilio.verify',
      '[data.send_code_attempts.attempts]',
      '[data.attempts]',
      'unknown-field',
      'objectLists:',
    ],
    [
      'a field in a list that is none',
      'twilio.monitor',
      '  event_data.resource_properties.name:\n    type: keyword\n    list: true',
      '  event_data.resource_properties.name:\n    type: keyword',
      'not-a-list',
      'event_data.resource_properties.name:',
    ],
    ['a value of another type', 'aws.sns', 'of: [SUCCESS,', 'of: [1,', 'wrong-value', '- of: [1,'],
    ['a value of two sources', 'vonage.verify', 'of: [blocked]', 'of: [failed]', 'duplicate-value', '- of: [failed]'],
    [
      'a source that is no reference',
      'vonage.verify',
      'source: https://developer.vonage.com/en/verify/guides/v2-anti-fraud',
      'source: https://developer.vonage.com/en/verify/guides/v3-anti-fraud',
      'unknown-reference',
      'source: https://developer.vonage.com/en/verify/guides/v3-anti-fraud',
    ],
    [
      'values without a source',
      'azure.acs.delivery',
      '        source: https://learn.microsoft.com/en-us/azure/communication-services/concepts/troubleshooting-codes\n',
      '',
      'no-source',
      '- of: ["4000"',
    ],
    ['an example with another value', 'aws.sns', 'status: SUCCESS', 'status: OK', 'wrong-value', 'status: OK'],
    [
      'an example with a time that is none',
      'aws.sns',
      '2026-08-04 03:12:34.558',
      '2026-02-30 03:12:34.558',
      'wrong-time',
      'example:',
    ],
    [
      'an example that lacks a field',
      'aws.sns',
      '  delivery:\n    phoneCarrier',
      '  deliveries:\n    phoneCarrier',
      'missing-key',
      'example:',
    ],
  ];
  for (const [what, id, from, to, code, text] of faults) {
    it(`finds ${what}, and where it stands`, () => {
      const found = broken(id, from, to);
      expect(
        found.some((one) => one.code === code && one.text.startsWith(text)),
        JSON.stringify(found),
      ).to.equal(true);
    });
  }

  it('hints at the field that was meant', () => {
    broken('web.access', 'identity: c-ip', 'identity: c-ipp');
    expect(loadContracts(dir).diagnostics[0]!.hint).to.equal("did you mean 'c-ip'?");
  });

  it('finds two contracts of one log source, and a second document', () => {
    copyFileSync(join(CONTRACT_DIR, 'aws.sns.yml'), join(dir, 'aws.sns.yml'));
    const text = readFileSync(join(CONTRACT_DIR, 'aws.sns.yml'), 'utf8').replace('id: aws.sns', 'id: aws.twin');
    writeFileSync(join(dir, 'aws.twin.yml'), `${text}---\nid: x\n`);
    const { contracts, diagnostics } = loadContracts(dir);
    expect([...contracts.keys()]).to.deep.equal(['aws.sns']);
    expect(diagnostics.map(({ code }) => code).sort()).to.deep.equal(['duplicate-logsource', 'several-documents']);
  });

  it('goes on after a file that cannot be parsed', () => {
    writeFileSync(join(dir, 'a.bad.yml'), 'id: [\n');
    copyFileSync(join(CONTRACT_DIR, 'aws.sns.yml'), join(dir, 'aws.sns.yml'));
    const { contracts, diagnostics } = loadContracts(dir);
    expect([...contracts.keys()]).to.deep.equal(['aws.sns']);
    expect(diagnostics).to.have.length.greaterThan(0);
  });
});
