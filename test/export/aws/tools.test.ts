import { expect } from 'chai';
import { awsExport } from './content';
import { CFN_LINT, lint, parse, PYTHON } from './tools';

describe('the export for AWS, by tools of others', function () {
  this.timeout(600_000);

  it('has templates and state machines of which cfn-lint has nothing to say, and which says what is wrong with changed ones', function () {
    if (!CFN_LINT) return this.skip();
    const { files } = awsExport();
    const { succeeds, said } = lint(CFN_LINT, files);
    expect(succeeds, said).to.equal(true);
    const core = 'templates/core.json';
    for (const [from, to] of [
      ['"Type": "AWS::SNS::Topic",', '"Type": "AWS::SNS::Topics",'],
      ['"StartAt": "Others"', '"StartAt": "Nowhere", "Other": 1'],
      ['"Ref": "WorkGroup"', '"Ref": "WorkGroups"'],
      ['"Statistic": "Sum"', '"Statistic": "Total"'],
    ] as const) {
      const text = files.get(core)!;
      expect(text).to.include(from);
      expect(lint(CFN_LINT, new Map([[core, text.replace(from, to)]])).succeeds, from).to.equal(false);
    }
  });

  it("has statements that sqlglot's grammar of Athena takes, which refuses wrong ones", async function () {
    if (!PYTHON) return this.skip();
    const { files } = awsExport();
    const { succeeds, said, unknown } = await parse(PYTHON, files);
    expect(succeeds, said).to.equal(true);
    expect(unknown).to.equal(50);
    const wrong = await parse(PYTHON, new Map([['statements/a.sql', 'SELECT a FROM (SELECT 1']]));
    expect(wrong.succeeds).to.equal(false);
  });
});
