import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { findLayout } from '../../../tools/command/check/layout';
import { loadTestable } from '../../../tools/command/check/testable';
import { loadYaml } from '../../../tools/foundation/content/load-yaml';
import { mutate } from '../../../tools/evidence/mutate/run';
import { subjectsOf } from '../../../tools/evidence/mutate/subject';
import { judge, type JudgedMutants } from '../../../tools/evidence/mutate/survivors';
import { MUTANT_FORMATS } from '../../../tools/command/report/mutants';

const LIST = 'datasets/mutants.yml';

describe('the mutants of the whole content', () => {
  let judged: JudgedMutants;

  before(async () => {
    const { documents, content, sources, diagnostics } = loadTestable(findLayout([]));
    expect(diagnostics).to.deep.equal([]);
    const subjects = subjectsOf(content, sources);
    const results = await mutate(subjects, documents, { update: () => undefined });
    const list = existsSync(LIST) ? loadYaml(LIST).documents[0]! : null;
    judged = judge(
      results,
      list,
      subjects.map(({ id }) => id),
    );
  });

  it('survive with a reason, if at all', () => {
    expect(judged.diagnostics.map(({ file, line, message }) => `${file}:${line} ${message}`)).to.deep.equal([]);
  });

  it('are killed by the cases, at least 95 of 100', () => {
    const killed = judged.verdicts.reduce((sum, verdict) => sum + verdict.killed, 0);
    const survived = judged.verdicts.reduce((sum, verdict) => sum + verdict.survivors.length, 0);
    expect(killed / (killed + survived)).to.be.at.least(0.95);
  });

  it('are more than a handful for each rule and query', () => {
    const few = judged.verdicts.filter(({ killed, survivors }) => killed + survivors.length < 3);
    expect(few.map(({ file }) => file)).to.deep.equal([]);
  });

  it('are what docs/mutation.md shows: else run `tollgate mutate --format markdown > docs/mutation.md`', () => {
    expect(readFileSync('docs/mutation.md', 'utf8')).to.equal(MUTANT_FORMATS.markdown(judged));
  });
});
