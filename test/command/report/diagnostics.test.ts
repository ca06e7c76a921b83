import { expect } from 'chai';
import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { DIAGNOSTIC_FORMATS } from '../../../tools/command/report/diagnostics';

const bare: Diagnostic = {
  file: 'rules/a,b:c.yml',
  line: 3,
  column: 9,
  severity: 'error',
  code: 'wrong-value',
  message: '50 % is\nwrong',
};
const full: Diagnostic = { ...bare, line: 4, severity: 'warning', hint: 'write 60 %', rule: 'A rule' };

describe('the formats of diagnostics', () => {
  it('count as people do', () => {
    expect(DIAGNOSTIC_FORMATS.pretty({ files: 0, diagnostics: [] }))
      .to.contain('0 files, ')
      .and.to.contain('no findings');
    expect(DIAGNOSTIC_FORMATS.pretty({ files: 1, diagnostics: [bare] }))
      .to.contain('1 file, ')
      .and.to.contain('1 error');
    expect(DIAGNOSTIC_FORMATS.pretty({ files: 2, diagnostics: [full, full] })).to.contain('0 errors, 2 warnings');
  });

  it('give GitHub each finding on one line, with its own marks escaped', () => {
    expect(DIAGNOSTIC_FORMATS.github({ files: 1, diagnostics: [bare, full] }).split('\n')).to.deep.equal([
      '::error file=rules/a%2Cb%3Ac.yml,line=3,col=9,title=wrong-value::50 %25 is%0Awrong%0Adocs/diagnostics/wrong-value.md',
      '::warning file=rules/a%2Cb%3Ac.yml,line=4,col=9,title=wrong-value::50 %25 is%0Awrong%0Ahint: write 60 %25%0Adocs/diagnostics/wrong-value.md',
      '1 files, 2 findings',
      '',
    ]);
  });

  it('give machines every key of every finding', () => {
    const { files, diagnostics } = JSON.parse(DIAGNOSTIC_FORMATS.json({ files: 1, diagnostics: [bare, full] })) as {
      files: number;
      diagnostics: unknown[];
    };
    expect(files).to.equal(1);
    const page = 'docs/diagnostics/wrong-value.md';
    expect(diagnostics).to.deep.equal([
      { ...bare, hint: null, rule: null, page },
      { ...full, page },
    ]);
  });
});
