import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tollgate } from './run';

const RULE = 'rules/application/otp_number_many_codes.yml';

describe('--param', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
    const sent = (second: number) => ({
      '@timestamp': new Date(Date.UTC(2026, 0, 5, 3, 0, second)).toISOString(),
      event: { action: 'otp_sent' },
      asset: { id: 'shop' },
      destination: { phone: '+998000930001' },
    });
    const lines = [0, 1, 2].map((second) => JSON.stringify(sent(second)));
    writeFileSync(join(folder, 'events.ndjson'), `${lines.join('\n')}\n`);
    const rule = `title: Many codes of a shop
id: 5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b02
correlation:
  type: event_count
  rules: [sent]
  group-by: [asset.id]
  timespan: 10m
  condition: {gte: 5}
tollgate:
  parameters:
    codes: {at: correlation.condition.gte, range: [2, 9], unit: codes, description: Fewest codes.}
---
title: A code of a shop
id: 5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b01
name: sent
logsource: {product: shop}
detection: {sent: {event.action: otp_sent}, condition: sent}
`;
    writeFileSync(join(folder, 'many.codes.yml'), rule);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('changes what match finds, and says so', () => {
    const match = (...more: string[]) =>
      tollgate('match', '--rules', join(folder, 'many.codes.yml'), '--events', join(folder, 'events.ndjson'), ...more);
    expect(match().stdout).to.equal('');
    const { stdout, stderr } = match('--param', 'many.codes.codes=3');
    expect(stdout.trim().split('\n')).to.have.length(1);
    expect(stderr).to.contain('note: changed: many.codes.codes 3 instead of 5 codes');
    const unknown = match('--param', 'many.codes.code=3');
    expect([unknown.code, unknown.stderr]).to.deep.equal([
      2,
      "error: there is no parameter 'many.codes.code'\nhint: did you mean 'many.codes.codes'?\n",
    ]);
    expect(match('--param', 'many.codes.codes=10').stderr).to.contain('outside its range [2, 9]');
    expect(match('--param', '3').stderr).to.contain('Write rule.name=value');
  });

  it('changes what the cases of a rule do, and its report says so', () => {
    const { code, stdout } = tollgate('test', RULE, '--param', 'otp_number_many_codes.messages=20');
    expect(code).to.equal(1);
    expect(stdout).to.match(/^changed: otp_number_many_codes\.messages 20 instead of 5 messages\n/);
    const other = tollgate('test', RULE, '--param', 'otp_block_burst.numbers=20');
    expect(other.code).to.equal(2);
    expect(other.stderr).to.contain("the parameter 'otp_block_burst.numbers' changes nothing that is run here");
  });

  it('changes what is exported, and says so', () => {
    const { stdout } = tollgate(
      ...['export', '--target', 'sigma', '--out', folder],
      ...['--param', 'otp_number_many_codes.window=20m'],
    );
    expect(stdout).to.contain('changed: otp_number_many_codes.window 20 instead of 10 minutes');
    const written = readFileSync(join(folder, 'sigma', RULE), 'utf8');
    expect(written).to.contain('timespan: 20m');
  });

  it('changes what a replay judges, which says so in every format and proves nothing by the measurement', () => {
    const { stdout } = tollgate(
      ...['replay', RULE, '--engine', 'memory', '--world', 'b2b-service', '--days', '1', '--scenario', 'load-test'],
      ...['--param', 'otp_number_many_codes.messages=3', '--out', folder, '--format', 'json'],
    );
    const { parameters, rules } = JSON.parse(stdout) as { parameters: unknown[]; rules: { reasons: string[] }[] };
    expect(parameters).to.deep.equal([
      {
        parameter: 'otp_number_many_codes.messages',
        value: 3,
        was: 5,
        unit: 'messages',
        of: /^id: (.*)$/m.exec(readFileSync(RULE, 'utf8'))![1],
      },
    ]);
    expect(rules[0]!.reasons.join()).to.not.contain('measurement');
    for (const ending of ['txt', 'md', 'xml'])
      expect(readFileSync(join(folder, `replay.${ending}`), 'utf8'), ending).to.contain('messages 3 instead of 5');
  });
});
