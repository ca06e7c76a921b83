import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Explanation } from '../../../tools/evidence/explain/result';
import { tollgate, tollgateOn } from './run';

const RULE = 'twilio_geo_permission_opened';
const RECORD = {
  sid: 'AEXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX',
  account_sid: 'ACXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX',
  source: 'web',
  event_date: '2026-01-05T00:00:00Z',
  event_type: 'voice-geographic-permissions.updated',
  event_data: { resource_properties: { Azerbaijan: { previous: 'disabled', updated: 'enabled' } } },
};

describe('tollgate explain', () => {
  let folder: string;
  let file: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-explain-'));
    file = join(folder, 'records.ndjson');
    const opened = { ...RECORD, event_type: 'sms-geographic-permissions.updated' };
    writeFileSync(file, `${JSON.stringify(RECORD)}\n${JSON.stringify(opened)}\nno record\n`);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('says of a record which part holds and which does not', () => {
    const { code, stdout, stderr } = tollgate('explain', RULE, '--event', `${file}:1`);
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.contain(`${file}:1 does not match\n  ✗ selection (line 24): all of\n`);
    expect(stdout).to.match(/├─ ✗ event_type is any of ".*" · found "voice-geographic-permissions.updated"\n/);
    expect(stdout).to.contain('└─ ✓ change.enabled is there · found "Azerbaijan"\n');
  });

  it('reads standard input, and prints JSON', () => {
    const { code, stdout } = tollgateOn(JSON.stringify(RECORD), 'explain', RULE, '--event', '-', '--format', 'json');
    expect(code).to.equal(0);
    const { parts, events } = JSON.parse(stdout) as Explanation;
    expect(events).to.deep.equal([{ name: 'standard input:1', time: Date.UTC(2026, 0, 5) }]);
    expect(parts.map(({ of, matched }) => [of, matched])).to.deep.equal([[1, []]]);
    const { tree } = parts[0]!.alike[0]!;
    expect([tree.op, tree.holds, tree.named]).to.deep.equal(['and', false, { name: 'selection', line: 24 }]);
  });

  it('says of a case by how much it missed, and of an alert what it rests on', () => {
    const missed = tollgate('explain', 'twilio_verify_expired_block', '--case', '24 numbers of one block');
    expect(missed.code).to.equal(0);
    expect(missed.stdout).to.contain('the most that a group reached is 24, 1 short\n');
    const caught = tollgate('explain', 'twilio_verify_expired_block', '--case', '25 numbers of one block in time');
    expect(caught.stdout).to.match(/\nalert for asset.id .*: value 25, 25\sevents\n.*\|[.+\d]+\|\n/);
    expect(caught.stdout.split('\n').every((line) => !line.includes('|') || line.length === 100)).to.equal(true);
  });

  it('says of a query how near a row came', () => {
    const name = '38 numbers without a history that do nothing';
    const { stdout } = tollgate('explain', 'queries/application/otp_block_idle.yml', '--case', name);
    expect(stdout).to.contain('✗ idle_numbers >= max($min_idle, limit) · 38 >= 39 · 97 %\n');
  });

  it('says in a world what was matched, and of each campaign how near it came', () => {
    const { code, stdout } = tollgate(
      ...['explain', 'twilio_verify_expired_block', '--world', 'b2b-service', '--days', '2'],
      ...['--scenario', 'forgotten-password-abuse', '--format', 'json'],
    );
    expect(code).to.equal(0);
    const { threshold, campaigns, parts } = JSON.parse(stdout) as {
      threshold: number;
      parts: { of: number; matched: number; selections: { name: string; holds: number }[] }[];
      campaigns: { scenario: string; outcome: string; nearness: number; matches: number[] }[];
    };
    expect(threshold).to.equal(25);
    expect(parts[0]!.of).to.be.above(parts[0]!.matched);
    expect(parts[0]!.selections).to.deep.equal([{ name: 'selection', line: 67, holds: parts[0]!.matched }]);
    const [one] = campaigns;
    expect(one!.scenario).to.equal('forgotten-password-abuse');
    expect(one!.outcome === 'caught').to.equal(one!.nearness >= 1);
    expect(one!.matches[0]).to.be.above(0);
  });

  const refused: [what: string, code: number, says: string, ...args: string[]][] = [
    ['neither of the ways', 2, 'give one of --event, --case and --world', RULE],
    ['two of them', 2, 'give one of --event', RULE, '--event', '-', '--case', 'x'],
    ['an option of another way', 2, '--seed is of no use with --case', RULE, '--case', 'x', '--seed', '2'],
    ['an unknown rule', 2, `did you mean '${RULE}'?`, 'twilio_geo_permision_opened', '--case', 'x'],
    ['an unknown case', 2, "did you mean 'A country is closed'?", RULE, '--case', 'A country is close'],
    ['an unknown world', 2, 'did you mean', RULE, '--world', 'b2b-servise'],
    ['a file that is not there', 2, 'there is nothing at', RULE, '--event', '/nowhere/x.ndjson'],
    [
      'a file with an error',
      1,
      'malformed_yaml.yml',
      'test/fixtures/bad-input/rules/twilio/malformed_yaml.yml',
      '--case',
      'x',
    ],
  ];
  for (const [what, code, says, ...args] of refused)
    it(`refuses ${what}`, () => {
      const ended = tollgate('explain', ...args);
      expect([ended.code, ended.stdout]).to.deep.equal([code, '']);
      expect(ended.stderr).to.contain(says);
    });

  it('tells of a line without a record', () => {
    const wrong = tollgate('explain', RULE, '--event', `${file}:3`);
    expect([wrong.code, wrong.stdout]).to.deep.equal([1, '']);
    expect(wrong.stderr).to.contain(`${file}:3: `);
    expect(tollgate('explain', RULE, '--event', `${file}:9`).code).to.equal(2);
  });
});
