import { expect } from 'chai';
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

  it('ends with 2 where nothing is selected', () => {
    const { code, stderr } = tollgate('test', 'schemas/telemetry');
    expect(code).to.equal(2);
    expect(stderr).to.contain('there are no cases of these rules');
  });
});
