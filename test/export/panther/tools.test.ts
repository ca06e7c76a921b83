import { expect } from 'chai';
import { panther } from '../../../tools/export/panther';
import { helperText } from '../../../tools/export/panther/helper';
import { pantherRepository, type PantherRepository } from './content';
import { queriesOf } from './files';
import { caseQuestions, randomQuestions } from './questions';
import { differences, parseQueries, runTests, TOOL } from './tools';

describe('the export for Panther, by its tool and by Python', function () {
  this.timeout(1_200_000);
  let all: PantherRepository;
  let files: ReadonlyMap<string, string>;
  before(function () {
    if (TOOL === '') return this.skip();
    all = pantherRepository();
    ({ files } = panther(all.content));
  });

  it('passes panther_analysis_tool test, which fails where a rule is changed', () => {
    const { passed, failed, output } = runTests(files);
    expect(failed, output).to.equal(0);
    expect(passed).to.equal([...files.keys()].filter((path) => /^rules\/.*\.yml$/.test(path)).length);
    const path = 'rules/okta_protection_changed.py';
    const changed = files.get(path)!.replace('def rule(event):\n    return', 'def rule(event):\n    return not');
    expect(runTests(new Map([...files, [path, changed]])).failed).to.equal(1);
  });

  it('answers as memory does on the records of all cases and on random events, and differs where the helper is changed', () => {
    expect(differences(helperText(), caseQuestions(all))).to.deep.equal([]);
    const random = randomQuestions(1500);
    expect(differences(helperText(), random)).to.deep.equal([]);
    for (const [text, other] of [
      ['letter.lower()[0]', 'letter'],
      ['return not any(holds_scalar', 'return any(holds_scalar'],
      ['address in network', 'True'],
    ] as const)
      expect(differences(helperText().replace(text, other), random), text).to.not.have.length(0);
  });

  it('has queries that sqlglot takes as Snowflake, which refuses wrong ones', () => {
    const { status, output } = parseQueries(queriesOf(files));
    expect(status, output).to.equal(0);
    expect(parseQueries(new Map([['wrong', 'SELECT a FROM (SELECT']])).status).to.equal(1);
  });
});
