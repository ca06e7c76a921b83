import { expect } from 'chai';
import { tollgate } from './run';

const FIXTURE = 'test/fixtures/surviving-mutant';
const RULE = `${FIXTURE}/rules/twilio/messages_failed.yml`;

describe('tollgate mutate', () => {
  let found: ReturnType<typeof tollgate>;
  before(() => (found = tollgate('mutate', FIXTURE)));

  it('ends with 1 where a mutant survives without a reason, and says where it is', () => {
    const { code, stdout } = found;
    expect(code).to.equal(1);
    expect(stdout).to.contain(`${RULE}:12:13: error: no case notices this change: correlation.timespan: +1 ms`);
    for (const name of [
      'correlation.timespan: +1 ms',
      'correlation.timespan: -1 ms',
      'correlation.group-by: without asset.id',
    ])
      expect(stdout.split(`: ${name}`), `${name} is printed once`).to.have.length(2);
    expect(stdout).to.contain('hint add a case to datasets/cases');
  });

  it('shows the reason of one that is listed, and refuses reasons that are out of date', () => {
    const { stdout } = found;
    expect(stdout).to.match(/survives: correlation.timespan: -1 ms\n +The window's edge is left untested here/);
    expect(stdout).not.to.contain('no case notices this change: correlation.timespan: -1 ms');
    expect(stdout).to.contain(
      `${FIXTURE}/datasets/mutants.yml:7:13: error: 'correlation.condition.gte: 2' does not survive: the case 'Two messages fail' notices it [killed-mutant]`,
    );
    expect(stdout).to.contain(`${FIXTURE}/datasets/mutants.yml:10:13: error: 'Three messages of an account fail`);
  });

  it('gives machines the counts and the survivors', () => {
    const { code, stdout } = tollgate('mutate', FIXTURE, '--format', 'json');
    const read = JSON.parse(stdout) as Record<string, number> & {
      rules: { path: string; killed: number; survivors: { name: string; line: number; reason: string | null }[] }[];
    };
    const survivors = read.rules[0]!.survivors;
    expect(survivors.find(({ name }) => name.endsWith('-1 ms'))).to.deep.include({ line: 12, column: 13 });
    expect(survivors.filter(({ reason }) => reason !== null)).to.have.length(1);
    expect(read).to.include({ killed: read.rules[0]!.killed, unlisted: survivors.length - 1, equivalent: 2 });
    expect([read.rules[0]!.path, code]).to.deep.equal([RULE, 1]);
  });

  it('mutates the rule of one file, and ends with 0 where nothing survives unexplained', () => {
    const { code, stdout, stderr } = tollgate('mutate', 'rules/application/otp_block_burst.yml');
    expect(stdout).to.match(/^rules\/application\/otp_block_burst.yml +(\d+) of \1 killed/);
    expect(stdout).to.match(/^\d+ mutants of 1 rule or query/m);
    expect([code, stderr]).to.deep.equal([0, '']);
  });

  it('says that nothing can be said where a case fails without any change', () => {
    const { code, stderr } = tollgate('mutate', 'test/fixtures/failing-case');
    expect(code).to.equal(1);
    expect(stderr).to.contain("the case 'One message fails, where two alerts are expected' fails without any change");
  });

  it('ends with 2 where nothing is selected', () => {
    const { code, stderr } = tollgate('mutate', 'schemas/telemetry');
    expect([code, stderr]).to.deep.equal([
      2,
      'error: there are no rules or queries to mutate\nhint: give their files\n',
    ]);
  });
});
