import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findLayout } from '../../../tools/command/check/layout';
import { nearby } from '../../../tools/command/check/nearby';
import { validate } from '../../../tools/command/check/validate';

const FIXTURE = 'test/fixtures/bad-input';

describe('what is near some files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
  const before = process.cwd();
  after(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  /** The rules and cases near a file of the folder. */
  const near = (file: string): string[] => {
    process.chdir(folder);
    const found = nearby(findLayout([file]))!;
    process.chdir(before);
    return [...found.rules, ...found.cases].sort();
  };

  it('is what they name, and so on, and what names them', () => {
    write('rules/x/base.yml', 'title: Base\nid: 1-base\nname: base_rule\n');
    write('rules/x/outer.yml', 'title: Outer\nid: 2-outer\ncorrelation:\n  rules: [base_rule]\n');
    write('datasets/cases/outer.yml', 'title: Cases of outer\nrule: 2-outer\n');
    write('rules/x/other.yml', 'title: Other\nid: 3-other\n');
    write('rules/x/same_title.yml', 'title: "OTHER"\nid: 4-same\n');
    const chain = ['datasets/cases/outer.yml', 'rules/x/base.yml', 'rules/x/outer.yml'];
    for (const file of [chain[0]!, chain[2]!]) expect(near(file), file).to.deep.equal(chain);
    expect(near('rules/x/base.yml'), 'what refers to it is enough').to.deep.equal(chain.slice(1));
    expect(near('rules/x/other.yml')).to.deep.equal(['rules/x/other.yml', 'rules/x/same_title.yml']);
  });

  it('is also what is called so in other letters, and whatever is not to be read from its line', () => {
    write('rules/x/other.yml', 'title: Other\nid: 3-other\n');
    for (const title of ['"\\x4fther"', '|\n  Else', '[Else]', '12', ''])
      for (const text of [`title: ${title}\nid: 5\n`, `{title: ${title}}`]) {
        write('rules/x/unusual.yml', text);
        expect(near('rules/x/other.yml'), text).to.include('rules/x/unusual.yml');
      }
    rmSync(join(folder, 'rules/x/unusual.yml'));
  });

  it('is enough to find what is wrong with a file', () => {
    const all = validate(findLayout([FIXTURE]));
    process.chdir(FIXTURE);
    try {
      for (const file of new Set(all.diagnostics.map((diagnostic) => diagnostic.file.slice(FIXTURE.length + 1)))) {
        const expected = all.diagnostics.filter((diagnostic) => diagnostic.file === `${FIXTURE}/${file}`);
        const found = validate(findLayout([file])).diagnostics;
        expect(
          found.map(({ line, code }) => `${line} ${code}`),
          file,
        ).to.deep.equal(expected.map(({ line, code }) => `${line} ${code}`));
      }
    } finally {
      process.chdir(before);
    }
  });
});
