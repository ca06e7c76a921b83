import { expect } from 'chai';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tollgate, tollgateIn } from './run';

type Listed = Record<string, Record<string, unknown>[]>;

describe('tollgate list', () => {
  it('lists every kind, with its state, for programs', () => {
    const { code, stdout, stderr } = tollgate('list', '--format', 'json');
    expect([code, stderr]).to.deep.equal([0, '']);
    const all = JSON.parse(stdout) as Listed;
    expect(Object.keys(all)).to.deep.equal([
      'rules',
      'queries',
      'scenarios',
      'worlds',
      'contracts',
      'forms',
      'sources',
      'targets',
    ]);
    const named = (kind: string, name: string) => all[kind]!.find((one) => one['name'] === name)!;
    expect(named('rules', 'twilio_verify_expired_block')).to.deep.equal({
      name: 'twilio_verify_expired_block',
      title: 'Twilio Verify codes of one block expire unused',
      file: 'rules/twilio/twilio_verify_expired_block.yml',
      status: 'test',
      level: 'medium',
      sources: ['twilio.verify'],
      measured: true,
    });
    expect(named('queries', 'otp_block_rush')).to.include({ status: 'test', measured: true });
    expect(named('scenarios', 'leased-block-run')).to.include({
      kind: 'malicious',
      independent: false,
      measured: true,
    });
    expect(named('scenarios', 'leased-block-run')['namedBy']).to.be.above(1);
    expect(named('worlds', 'island-app')).to.include({ sendsPerDay: 40_000, sources: 6, measured: true });
    expect(named('contracts', 'twilio.verify')).to.include({ file: 'schemas/telemetry/twilio.verify.yml' });
    expect(named('forms', 'application.otp/own')).to.include({ source: 'application.otp', layout: 'json' });
    expect(named('sources', 'aws.cloudtrail')).to.include({ onByDefault: true, file: null });
    expect(named('targets', 'elastic')).to.include({ written: true });
  });

  it('lists in columns what is asked for, and says what it left out', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tollgate-list-'));
    try {
      cpSync('rules/twilio', join(folder, 'rules/twilio'), { recursive: true });
      writeFileSync(join(folder, 'rules/twilio/broken_rule.yml'), 'title: [\n');
      // Under another id it is a rule that nobody has measured.
      const file = join(folder, 'rules/twilio/twilio_verify_expired_block.yml');
      writeFileSync(file, readFileSync(file, 'utf8').replace(/^id: ........-/m, 'id: 00000000-'));
      const { code, stdout, stderr } = tollgateIn(folder, 'list', 'rules');
      expect([code, stderr]).to.deep.equal([0, 'note: what has errors is left out; tollgate validate shows them\n']);
      expect(stdout).to.match(/^\d+ rules\nname +status +level +sources +measured +title\n/);
      expect(stdout).to.match(/\ntwilio_verify_expired_block +test +medium +twilio.verify +no +Twilio Verify codes/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('refuses a kind that there is not', () => {
    const { code, stderr } = tollgate('list', 'ruls');
    expect(code).to.equal(2);
    expect(stderr).to.contain("'ruls' is invalid");
  });
});
