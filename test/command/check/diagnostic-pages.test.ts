import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { PAGES, readPage } from '../../../tools/command/report/code-page';
import { codesPage } from '../../../tools/command/report/codes-page';
import { CODES } from '../../../tools/foundation/content/codes';
import { examplesOf, Ground } from './examples';

/** Codes of what `test` and `mutate` find by running cases. */
const RUN = new Set(['failed-case', 'surviving-mutant', 'killed-mutant', 'unknown-mutant', 'duplicate-entry']);

/** What a page says that has no example, before the reason. */
const NO_EXAMPLE = 'There is no example here, because';

describe('the pages of diagnostic codes', () => {
  let ground: Ground;
  /** What the base of the examples has without them. */
  let known: Set<string>;
  before(() => {
    ground = new Ground();
    known = new Set(ground.findings([{ path: 'rules/shop/shop_failed.yml', text: '' }]).map(keyOf));
  });
  after(() => ground.remove());

  it('are one for each code, and listed', () => {
    const pages = readdirSync(PAGES).filter((name) => name !== 'README.md');
    expect(pages).to.have.members(CODES.map((code) => `${code}.md`));
    expect(readFileSync(join(PAGES, 'README.md'), 'utf8')).to.equal(codesPage());
  });

  for (const code of CODES) {
    const file = join(PAGES, `${code}.md`);
    const markdown = existsSync(file) ? readFileSync(file, 'utf8') : '';

    it(`say what ${code} means, and that it is the code of its example`, async function () {
      expect(markdown.startsWith(`# \`${code}\`\n\n`)).to.equal(true);
      expect(readPage(code)!.summary).to.match(/^[A-Z`].{20,600}\.$/);
      const examples = examplesOf(markdown);
      if (markdown.includes(NO_EXAMPLE)) {
        expect(examples).to.deep.equal([]);
        this.skip();
      }
      const places = ground.put(examples, code);
      try {
        const marked = new Set(places.map(({ path, line }) => `${path}:${line}`));
        const files = new Set(places.map(({ path }) => path));
        const all = RUN.has(code) ? await ground.findingsOfRuns() : ground.findings(examples);
        const found = all.filter((one) => files.has(one.file));
        const of = found.filter((one) => one.code === code).map(placeOf);
        expect(of)
          .to.deep.equal([...marked])
          .and.not.to.deep.equal([]);
        const others = found.filter((one) => !known.has(keyOf(one)) && !marked.has(placeOf(one)));
        expect(others, 'nothing else is wrong in it').to.deep.equal([]);
        for (const one of found.filter((each) => each.code === code)) expect(one.hint, 'its hint').to.be.a('string');
      } finally {
        ground.restore();
      }
    });
  }
});

const placeOf = ({ file, line }: Diagnostic): string => `${file}:${line}`;
/** A finding without its line, which an example moves. */
const keyOf = ({ file, code, message }: Diagnostic): string => `${file} ${code} ${message}`;
