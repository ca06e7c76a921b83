import { expect } from 'chai';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { replayFindings } from '../../../tools/command/report/replay-findings';
import { line, report } from './sample';

const TEXT = 'title: A\nid: a\n---\ntitle: B\nid: b\ntollgate:\n  moment: during\n  budget: {max: 1}\n';

describe("a replay's verdicts as findings", () => {
  const { documents } = parseYaml('rules/a.yml', TEXT);
  const findings = (...args: Parameters<typeof report>) =>
    replayFindings(report(...args), (_, id) => documents.find(({ value }) => (value as { id: string }).id === id));

  it('stand where the budgets are, an error for what fails, a warning for what is not proven, nothing for the rest', () => {
    const { diagnostics, files } = findings([
      line({ id: 'b', path: 'rules/a.yml', verdict: 'fail', reasons: ['over its budget', 'missed one'] }),
      line({ id: 'c', path: 'rules/c.yml', verdict: 'not-proven', reasons: ['too short'] }),
      line({ verdict: 'pass', reasons: [] }),
      line({ verdict: 'not-tested', reasons: ['no world'] }),
    ]);
    expect(files).to.equal(3);
    expect(
      diagnostics.map(({ file, line: at, column, severity, code, message }) => [
        file,
        at,
        column,
        severity,
        code,
        message,
      ]),
    ).to.deep.equal([
      ['rules/a.yml', 8, 3, 'error', 'replay-failed', 'over its budget; missed one'],
      ['rules/c.yml', 1, 1, 'warning', 'replay-unproven', 'too short'],
    ]);
  });

  it('are errors where nothing at all was tested', () => {
    const { diagnostics } = findings([line({ verdict: 'not-tested', reasons: ['no world'] })]);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).to.deep.equal([['replay-untested', 'error']]);
  });

  it('hold what two engines disagree on, which stands at no place', () => {
    const { unplaced } = findings([line({ verdict: 'pass' })], { differences: ['shop: event 3'] });
    expect(unplaced).to.deep.equal(['the engines disagree: shop: event 3']);
  });
});
