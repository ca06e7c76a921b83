import { expect } from 'chai';
import { tollgate } from './run';

describe('findings', () => {
  for (const [command, fixture, line] of [
    ['mutate', 'surviving-mutant', 'rules/twilio/messages_failed.yml,line=12,col=13,title=surviving-mutant::no case'],
    ['test', 'failing-case', 'datasets/cases/message_failed.yml,line=29,col=11,title=failed-case::the case'],
    ['test', 'bad-input', 'rules/twilio/malformed_yaml.yml,line=8,col=4,title=yaml-syntax::malformed YAML'],
    ['mutate', 'bad-input', 'rules/twilio/malformed_yaml.yml,line=8,col=4,title=yaml-syntax::malformed YAML'],
    ['replay', 'bad-input', 'rules/twilio/malformed_yaml.yml,line=8,col=4,title=yaml-syntax::malformed YAML'],
  ] as const) {
    it(`of ${command} on ${fixture} stand at their lines, for GitHub and as SARIF, on stdout alone`, () => {
      const folder = `test/fixtures/${fixture}`;
      const github = tollgate(command, folder, '--format', 'github');
      expect(github.code).to.equal(1);
      expect(github.stdout).to.contain(`::error file=${folder}/${line}`);
      const sarif = tollgate(command, folder, '--format', 'sarif');
      expect(sarif.code).to.equal(1);
      const { runs } = JSON.parse(sarif.stdout) as { runs: { results: { ruleId: string }[] }[] };
      const code = /title=([^:]+)/.exec(line)![1];
      expect(runs[0]!.results.map(({ ruleId }) => ruleId)).to.include(code);
      expect(`${github.stderr}${sarif.stderr}`).not.to.contain('.yml:');
    });
  }

  it('are of no use for logs, whose records stand in no file of the content', () => {
    const { code, stdout, stderr } = tollgate('replay', '--events', 'none', '--format', 'sarif');
    expect([code, stdout]).to.deep.equal([2, '']);
    expect(stderr).to.contain("--format sarif can't be used with --events");
  });
});
