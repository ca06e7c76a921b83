import { expect } from 'chai';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import type { Mutated } from '../../../tools/evidence/mutate/run';
import { judge, type JudgedMutants } from '../../../tools/evidence/mutate/survivors';

const RULE = '5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b01';
const OTHER = '5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b02';
const at = { file: 'rules/shop/shop_failed.yml', position: { line: 3, column: 5 } };
const RESULTS: Mutated[] = [
  {
    id: RULE,
    title: 'A rule of the shop',
    file: at.file,
    mutants: [
      { ...at, name: 'correlation.timespan: +1 ms', outcome: 'survived' },
      { ...at, name: 'correlation.timespan: -1 ms', outcome: 'killed', killedBy: 'at the edge' },
      { ...at, name: 'detection.sel.a: without x', outcome: 'equivalent' },
    ],
  },
];

const listed = (...entries: [rule: string, mutant: string][]): JudgedMutants => {
  const lines = entries.map(
    ([rule, mutant]) =>
      `  - rule: ${rule}\n    mutant: "${mutant}"\n    reason: It is so for a reason that is long enough.\n`,
  );
  const text = `title: What survives\nsurvivors:\n${lines.join('')}`;
  return judge(RESULTS, parseYaml('datasets/mutants.yml', text).documents[0]!, [RULE, OTHER]);
};
const found = ({ diagnostics }: JudgedMutants): string[] =>
  diagnostics.map(({ file, line, column, code, message }) => `${file}:${line}:${column} ${code} ${message}`);

describe('the list of mutants that may survive', () => {
  it('takes a survivor out of the findings, and gives its reason', () => {
    const judged = listed([RULE, 'correlation.timespan: +1 ms']);
    expect(found(judged)).to.deep.equal([]);
    const [verdict] = judged.verdicts;
    expect(verdict).to.include({ killed: 1, equivalent: 1 });
    expect(verdict!.survivors.map(({ reason }) => reason)).to.deep.equal([
      'It is so for a reason that is long enough.',
    ]);
  });

  it('makes a finding of a survivor that is not on it, at its place in the rule', () => {
    for (const judged of [judge(RESULTS, null, [RULE]), listed([OTHER, 'correlation.timespan: +1 ms'])])
      expect(found(judged)).to.deep.equal([
        'rules/shop/shop_failed.yml:3:5 surviving-mutant no case notices this change: correlation.timespan: +1 ms',
      ]);
  });

  it('tells a survivor of a base rule once, however many rules refer to it', () => {
    const twice = judge([...RESULTS, { ...RESULTS[0]!, id: OTHER, title: 'Another of the shop' }], null, [RULE, OTHER]);
    expect(twice.diagnostics.map(({ rule }) => rule)).to.deep.equal(['A rule of the shop']);
  });

  it('must not hold what a case kills, or what no event can notice', () => {
    const [killed, equal] = found(
      listed(
        [RULE, 'correlation.timespan: +1 ms'],
        [RULE, 'correlation.timespan: -1 ms'],
        [RULE, 'detection.sel.a: without x'],
      ),
    );
    expect(killed).to.match(/^datasets\/mutants.yml:7:13 killed-mutant .*the case 'at the edge' notices it$/);
    expect(equal).to.match(/^datasets\/mutants.yml:10:13 killed-mutant .*no event can notice it$/);
  });

  it('must not hold what is no mutant, what is of no rule, or one twice', () => {
    const entries: [string, string][] = [
      [RULE, 'correlation.timespan: +1 ms'],
      [RULE, 'correlation.timespan: +1 ms'],
      [RULE, 'correlation.timespan: +2 ms'],
      ['5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b09', 'correlation.timespan: +1 ms'],
    ];
    expect(listed(...entries).diagnostics.map(({ line, code }) => `${line} ${code}`)).to.deep.equal([
      '7 duplicate-entry',
      '10 unknown-mutant',
      '12 unknown-rule',
    ]);
  });

  it('must have reasons', () => {
    const text = `title: What survives\nsurvivors: [{rule: ${RULE}, mutant: "correlation.timespan: +1 ms", reason: no}]\n`;
    const judged = judge(RESULTS, parseYaml('datasets/mutants.yml', text).documents[0]!, [RULE]);
    expect(found(judged)[0]).to.match(/^datasets\/mutants.yml:2:\d+ .*reason/);
    expect(judged.verdicts[0]!.survivors[0]!.reason).to.equal(undefined);
  });
});
