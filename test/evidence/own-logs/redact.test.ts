import { expect } from 'chai';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../../tools/foundation/content/failure';
import { Redactor } from '../../../tools/evidence/own-logs/redact';
import { keyIn, newKey } from '../../../tools/evidence/own-logs/redaction-key';
import { OWN_FORMATS } from '../../../tools/command/report/own-logs';
import { contentOf, contracts, queued, replayOf, run } from './logs';

const KEY = Buffer.alloc(32, 7);

describe('redacting', () => {
  const redactor = new Redactor(KEY, contracts.values());

  it('keeps the block and the range of a number, the network of an address and the country, and hashes the rest', () => {
    const shown = (field: string, value: string | number | boolean) => String(redactor.value(field, value));
    expect(shown('destination.number', '+994000100217')).to.match(/^\+99400010~[0-9a-f]{12}$/);
    expect(shown('client.ip', '198.51.100.7')).to.match(/^198\.51\.100\.~[0-9a-f]{12}$/);
    expect(shown('client.ip', '2001:db8:1:2::7')).to.match(/^2001:db8:1:~[0-9a-f]{12}$/);
    expect(shown('client.ip', '::ffff:198.51.100.7')).to.match(/^198\.51\.100\.~/);
    expect(shown('destination.block', '+99400010')).to.equal('+99400010');
    expect(shown('destination.range', '+994000')).to.equal('+994000');
    expect(shown('destination.country', 'AZ')).to.equal('AZ');
    expect(shown('otp.channel', 'sms')).to.equal('sms');
    for (const value of ['shop', 'ann@shop.example', 'AC0123', '0217', '994000100217', 111122223333])
      expect(shown('anything', value)).to.match(/^[0-9a-f]{12}$/);
    // What stands in a field for countries, blocks or ranges without being one is no exception.
    expect(shown('destination.range', '+9940001002')).to.match(/^\+994000~/);
    expect(shown('destination.country', 'Ann')).to.match(/^[0-9a-f]{12}$/);
    expect(shown('destination.block', '+994000100217')).to.match(/^\+99400010~/);
  });

  it('gives equal values equal hashes under one key, and others under another', () => {
    const other = new Redactor(newKey(), contracts.values());
    expect(redactor.value('a', 'shop')).to.equal(redactor.value('b', 'shop'));
    expect(redactor.value('a', 'shop')).not.to.equal(other.value('a', 'shop'));
    expect(redactor.value('a', 'shop')).not.to.equal(redactor.value('a', 'shop2'));
  });

  it('leaves no number, id or file name in any format, and no key', async () => {
    const records = [...run(0, 60, '+9940001'), queued(600, '+491510000000')];
    const content = contentOf('rules/twilio/twilio_message_block_burst.yml');
    const plain = await replayOf(content, records);
    const asset = String(plain.rules[0]!.alerts[0]!.group['asset.id']);
    const report = redactor.report({
      ...plain,
      losses: [{ reason: 'is empty', count: 1, first: { file: 'twilio.ndjson', line: 0 }, environment: false }],
    });
    const secret = [
      asset,
      'twilio.ndjson',
      KEY.toString('hex'),
      KEY.toString('base64'),
      ...records.map(({ record }) => (record['data'] as { to: string }).to),
    ];
    for (const [name, { print }] of Object.entries(OWN_FORMATS)) {
      expect(
        secret.filter((value) => print(plain).includes(value)),
        name,
      ).not.to.deep.equal([]);
      expect(
        secret.filter((value) => print(report).includes(value)),
        name,
      ).to.deep.equal([]);
    }
  });
});

describe('the key file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
  after(() => rmSync(folder, { recursive: true }));

  it('is made for its owner alone, and read again', () => {
    const path = join(folder, 'made');
    const key = keyIn(path);
    expect(statSync(path).mode & 0o777).to.equal(0o600);
    expect(keyIn(path)).to.deep.equal(key);
    expect(readFileSync(path)).to.deep.equal(key);
  });

  it('is refused where others can read it, or it is no key', () => {
    const path = join(folder, 'open');
    writeFileSync(path, newKey());
    chmodSync(path, 0o640);
    expect(() => keyIn(path)).to.throw(Failure, /others can read/);
    chmodSync(path, 0o600);
    writeFileSync(path, 'short');
    expect(() => keyIn(path)).to.throw(Failure, /does not hold a key/);
    expect(() => keyIn(folder)).to.throw(Failure, /others can read|is not a file/);
  });
});
