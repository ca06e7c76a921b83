import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filtersCheck } from '../../../tools/command/check/filters';
import { findLayout } from '../../../tools/command/check/layout';
import { loadContent } from '../../../tools/command/check/load';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { content, findings, rule } from './content';

const FILTER = `title: Test blocks of a shop
id: 5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b09
logsource: {product: shop, service: sms}
filter:
  rules: [shop_failed]
  allowed: {to|expand: "%test_blocks%"}
  condition: not allowed
`;

describe('the folder of filters', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'filters-'))));
  afterEach(() => rmSync(root, { recursive: true }));

  function loaded(filter: string, placeholders = {}): ReturnType<typeof loadContent> {
    for (const folder of ['rules/shop', 'filters']) mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, 'rules', 'shop', 'shop_failed.yml'), rule());
    writeFileSync(join(root, 'filters', 'test_blocks.yml'), filter);
    return loadContent(findLayout([root]), { datasets: false, placeholders });
  }

  it('changes no rule before it is filled, and does then', () => {
    const waiting = loaded(FILTER);
    expect(waiting.content.sigma.flatMap((one) => ('filters' in one ? one.filters : []))).to.deep.equal([]);
    expect(waiting.templates.map(({ missing }) => missing)).to.deep.equal([['test_blocks']]);
    expect(waiting.diagnostics.sigma).to.deep.equal([]);
    const filled = loaded(FILTER, { test_blocks: ['+1555*'] });
    expect(filled.templates).to.deep.equal([]);
    expect(filled.content.sigma.flatMap((one) => ('filters' in one ? one.filters : []))).to.have.length(1);
  });

  it('is judged also while it waits', () => {
    const [finding, ...more] = loaded(FILTER.replace('[shop_failed]', '[shop_faild]')).diagnostics.sigma;
    expect(more).to.deep.equal([]);
    expect(finding).to.include({ code: 'unknown-rule', severity: 'error', line: 5 });
  });

  it('holds filters with a placeholder, and nothing else', () => {
    const check = (text: string): string[] => {
      const { documents } = parseYaml('filters/test_blocks.yml', text);
      return findings(filtersCheck, { ...content(), rules: documents }).map(
        (line) => line.split(':')[1]!.split(' ')[1]!,
      );
    };
    expect(check(FILTER)).to.deep.equal([]);
    expect(check(FILTER.replace('to|expand: "%test_blocks%"', 'to: "+1555*"'))).to.deep.equal(['no-placeholder']);
    expect(check(rule())).to.deep.equal(['not-a-filter']);
    expect(findings(filtersCheck, content({ rules: rule() }))).to.deep.equal([]);
  });

  it('of this repository has filters that can all be applied', () => {
    const { templates, filters } = loadContent(findLayout([]), { datasets: false });
    expect(filters).to.deep.equal([]);
    const values = Object.fromEntries(
      templates.flatMap(({ missing }) => missing).map((name) => [name, ['192.0.2.0/24']]),
    );
    expect(Object.keys(values)).to.have.length.above(3);
    const applied = loadContent(findLayout([]), { datasets: false, placeholders: values });
    expect(applied.templates).to.deep.equal([]);
    expect(applied.filters.map(({ title }) => title).sort()).to.deep.equal(
      templates.map(({ document }) => (document.value as { title: string }).title).sort(),
    );
  });
});
