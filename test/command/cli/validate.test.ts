import { expect } from 'chai';
import { tollgate } from './run';

const FIXTURE = 'test/fixtures/bad-input';

interface Found {
  file: string;
  line: number;
  column: number;
  severity: string;
  code: string;
  message: string;
  hint: string | null;
  rule: string | null;
}

describe('tollgate validate', () => {
  it('finds every kind of bad input in one run, each at its place, and ends with 1', () => {
    const { code, stdout, stderr } = tollgate('validate', FIXTURE, '--format', 'json');
    expect(stderr).to.equal('');
    expect(code).to.equal(1);
    const { files, diagnostics } = JSON.parse(stdout) as { files: number; diagnostics: Found[] };
    expect(files).to.equal(9);
    const found = diagnostics
      .filter((one) => one.code !== 'missing-cases')
      .map(({ file, line, column, code: what }) => `${file.slice(FIXTURE.length + 1)}:${line}:${column} ${what}`);
    expect(found).to.deep.equal([
      'datasets/malicious/negative-rate.yml:14:23 wrong-value',
      'rules/twilio/alias_bomb.yml:2:4 anchor',
      'rules/twilio/alias_bomb.yml:3:8 alias',
      'rules/twilio/duplicate_key.yml:4:1 duplicate-key',
      'rules/twilio/malformed_yaml.yml:8:4 yaml-syntax',
      'rules/twilio/no_contract.yml:8:1 no-contract',
      'rules/twilio/not_utf8_text.yml:1:23 not-utf8',
      'rules/twilio/unknown_field.yml:11:5 unknown-field',
      'rules/twilio/wrong_id_here.yml:2:5 wrong-value',
    ]);
    const typo = diagnostics.find((one) => one.code === 'unknown-field');
    expect(typo).to.include({
      severity: 'error',
      rule: 'A rule with a mistyped field',
      hint: "did you mean 'data.messageStatus'?",
    });
    for (const one of diagnostics) {
      const keys = ['file', 'line', 'column', 'severity', 'code', 'message', 'hint', 'rule', 'page'];
      expect(Object.keys(one)).to.deep.equal(keys);
      expect(one.hint).to.be.a('string').that.is.not.empty;
    }
  });

  it('tells people the same, as file:line:column', () => {
    const { code, stdout } = tollgate('validate', `${FIXTURE}/rules/twilio/unknown_field.yml`);
    expect(code).to.equal(1);
    expect(stdout).to.contain(
      `${FIXTURE}/rules/twilio/unknown_field.yml:11:5: error: twilio.messaging has no field 'data.mesageStatus'`,
    );
    expect(stdout).to.contain("hint did you mean 'data.messageStatus'?");
    expect(stdout).to.match(/^1 file, \d errors$/m);
    expect(stdout).not.to.contain('\u001b');
  });

  it('ends with 0 where there is nothing to find', () => {
    const { code, stdout } = tollgate('validate', 'schemas/telemetry/web.access.yml');
    expect([code, stdout]).to.deep.equal([0, '1 file, no findings\n']);
  });

  const misuse: [string, string[], string][] = [
    ['a path that matches nothing', ['validate', 'rules/none.yml'], 'there is nothing at rules/none.yml'],
    ['an unknown option', ['validate', '--frmat', 'json'], "unknown option '--frmat'"],
    ['a format that there is not', ['validate', '--format', 'xml'], 'Allowed choices are pretty, json, github, sarif'],
    ['an unknown command', ['validte'], 'Did you mean validate?'],
    ['no command', [], 'Usage: tollgate'],
  ];
  for (const [what, args, message] of misuse) {
    it(`ends with 2 for ${what}`, () => {
      const { code, stdout, stderr } = tollgate(...args);
      expect(stderr).to.contain(message);
      expect([code, stdout]).to.deep.equal([2, '']);
    });
  }

  it('shows its help and ends with 0', () => {
    const { code, stdout } = tollgate('validate', '--help');
    expect(code).to.equal(0);
    expect(stdout).to.contain('--format <format>');
  });
});
