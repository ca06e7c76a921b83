import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tollgate } from './run';

const FIXTURE = 'test/fixtures/failing-case';

describe('tollgate test', () => {
  it("runs every rule's cases, and ends with 0 where all do as they must", () => {
    const { code, stdout, stderr } = tollgate('test', '--format', 'json');
    expect(stderr).to.equal('');
    const { engine, passed, failed } = JSON.parse(stdout) as {
      engine: { name: string };
      passed: number;
      failed: number;
    };
    expect(engine.name).to.equal('memory');
    expect(passed).to.be.above(50);
    expect([failed, code]).to.deep.equal([0, 0]);
  });

  it('ends with 1 where a case fails, and says why', () => {
    const { code, stdout } = tollgate('test', FIXTURE);
    expect(code).to.equal(1);
    expect(stdout).to.contain(
      `${FIXTURE}/datasets/cases/message_failed.yml:29:11: failed: One message fails, where two alerts`,
    );
    expect(stdout).to.contain('expected 2 alerts, got 1');
    expect(stdout).to.contain('2 cases of 1 rule in memory: 1 passed, 1 failed');
  });

  it('runs the cases of one rule', () => {
    const { code, stdout } = tollgate('test', 'rules/application/otp_block_burst.yml');
    expect(code).to.equal(0);
    expect(stdout).to.match(/^\d+ cases of 1 rule in memory: \d+ passed\n$/);
  });

  it('does not pass over a rule with an error', () => {
    const { code, stderr } = tollgate('test', 'test/fixtures/bad-input');
    expect(code).to.equal(1);
    expect(stderr).to.contain('malformed_yaml.yml:8:4: error');
  });

  it('never says that nothing passed, be it that nothing could be read or that there is no case', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
    try {
      writeFileSync(join(folder, 'rule_in_error.yml'), 'title: [no text]\n');
      const broken = tollgate('test', join(folder, 'rule_in_error.yml'));
      expect([broken.code, broken.stdout]).to.deep.equal([1, '']);
      expect(broken.stderr).to.contain('no case was run');
      const title = 'A rule that nobody has a case for';
      const rule = readFileSync('rules/twilio/twilio_geo_permission_opened.yml', 'utf8');
      writeFileSync(
        join(folder, 'rule_without_cases.yml'),
        rule.replace(/^title: .*/m, `title: ${title}`).replace(/^id: .*/m, 'id: 0d5b1f7a-4c55-4a51-8f0e-7d3e0b1c9a01'),
      );
      const none = tollgate('test', join(folder, 'rule_without_cases.yml'));
      expect([none.code, none.stdout]).to.deep.equal([2, '']);
      const some = tollgate('test', join(folder, 'rule_without_cases.yml'), 'rules/twilio/twilio_dead_range.yml');
      expect(some.code).to.equal(0);
      expect(some.stderr).to.equal(`note: '${title}' has no cases\n`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('ends with 2 where nothing is selected', () => {
    const { code, stderr } = tollgate('test', 'schemas/telemetry');
    expect(code).to.equal(2);
    expect(stderr).to.contain('there are no cases of these rules');
  });
});
