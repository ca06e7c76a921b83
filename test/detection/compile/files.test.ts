import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileFiles } from '../../../tools/detection/compile/files';
import { compilePart } from '../../../tools/detection/compile/part';
import { findYaml } from '../../../tools/foundation/content/find';

const FILES = 230;
const LAST = FILES - 1;

const ruleOf = (number: number, extra = ''): string =>
  `title: Rule ${number}\nname: rule_${number}\n${extra}logsource: {product: test}\n` +
  `detection:\n  one: {field: value${number}}\n  condition: one\n`;

describe('the rules of many files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-files-'));
  after(() => rmSync(folder, { recursive: true }));

  /** Compiles 230 rules, some files replaced, on two threads and on one. */
  async function both(name: string, replaced: Record<number, string>) {
    const dir = join(folder, name);
    mkdirSync(dir);
    for (let number = 0; number < FILES; number++)
      writeFileSync(join(dir, `${String(number).padStart(3, '0')}.yml`), replaced[number] ?? ruleOf(number));
    const { lines, rules, failed } = compilePart(findYaml([dir]), {});
    const found = await compileFiles([dir], {}, 1);
    expect(found).to.include({ rules, failed });
    expect(found.lines).to.equal(lines);
    return found;
  }

  it('come out in the order of the files, whichever thread compiled them', async () => {
    const { rules, failed } = await both('plain', {});
    expect([rules, failed]).to.deep.equal([FILES, false]);
  });

  it('may be refused on either thread', async () => {
    const { rules, failed } = await both('refused', { [LAST]: 'title: No rule\n' });
    expect([rules, failed]).to.deep.equal([FILES, true]);
  });

  it('are filtered by files that another thread read', async () => {
    const filter =
      'title: A filter\nlogsource: {product: test}\nfilter:\n  rules: [rule_3]\n  two: {user: admin}\n  condition: not two\n';
    const { lines } = await both('filtered', { [LAST]: filter });
    expect(lines.split('\n')[3]).to.contain('admin');
  });

  it('may not take a name that another thread read', async () => {
    const { lines } = await both('names', { [LAST]: ruleOf(3) });
    expect(lines.split('\n')[LAST]).to.contain("'rule_3' is taken by");
  });

  it('may be referred to by correlations that another thread read', async () => {
    const correlation = (rule: string): string =>
      `title: Many\ncorrelation:\n  type: event_count\n  rules: [${rule}]\n  timespan: 1h\n  condition: {gte: 3}\n`;
    const { lines } = await both('correlations', { [LAST]: correlation('rule_3'), [LAST - 1]: correlation('rule_x') });
    expect(lines.split('\n')[LAST]).to.contain('not by one query');
    expect(lines.split('\n')[LAST - 1]).to.contain("there is no rule 'rule_x'");
  });
});
