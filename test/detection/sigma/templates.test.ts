import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { loadRules } from '../../../tools/detection/rules/load';
import { withoutTemplates } from '@tollgate/sigma/rules/templates';

const RULE = `title: A send
id: 00000000-0000-4000-8000-0000000000a1
name: a_send
logsource: {product: shop}
detection:
  selection: {event: send}
  condition: selection
`;

const filter = (test: string): string => `title: Test numbers
id: 00000000-0000-4000-8000-0000000000a2
logsource: {product: shop}
filter:
  rules: [a_send]
  allowed: ${test}
  condition: not allowed
`;

describe('filters that a site fills', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'filters-'))));
  afterEach(() => rmSync(dir, { recursive: true }));

  function load(test: string, placeholders = {}): ReturnType<typeof loadRules> {
    writeFileSync(join(dir, 'rule.yml'), RULE);
    writeFileSync(join(dir, 'filter.yml'), filter(test));
    return loadRules([dir], placeholders);
  }

  it('are left out without values, and change no rule', () => {
    const { rules, filters, diagnostics } = load('{number|expand: "%test_numbers%"}');
    writeFileSync(join(dir, 'filter.yml'), RULE.replace('0a1', '0a3').replace('a_send', 'b_send'));
    const [plain] = loadRules([dir]).rules;
    expect(rules).to.have.length(1);
    expect(filters).to.deep.equal([]);
    expect((rules[0] as { plan: unknown }).plan).to.deep.equal((plain as { plan: unknown }).plan);
    expect(diagnostics.map(({ severity, code }) => [severity, code])).to.deep.equal([['warning', 'unfilled-filter']]);
    expect(diagnostics[0]!.message).to.include('%test_numbers%');
  });

  it('are applied with them', () => {
    const { rules, filters, diagnostics } = load('{number|expand: "%test_numbers%"}', {
      test_numbers: ['+1555*', '7'],
    });
    expect(diagnostics).to.deep.equal([]);
    expect(filters.map(({ title }) => title)).to.deep.equal(['Test numbers']);
    expect((rules[0] as { filters?: string[] }).filters).to.have.length(1);
  });

  it('need every value, wherever it stands', () => {
    const missing = (test: string, placeholders = {}): string[] =>
      withoutTemplates(parseYaml('f.yml', filter(test)).documents, placeholders).templates.flatMap(
        (one) => one.missing,
      );
    expect(missing('[{a|expand: ["%x%", "%y%-%x%"]}, {b|contains|expand: "%z%"}]')).to.deep.equal(['x', 'y', 'z']);
    expect(missing('{a|expand: ["%x%", "%y%"]}', { x: ['1'] })).to.deep.equal(['y']);
    expect(missing('{a|expand: "%x%"}', { x: [] })).to.deep.equal(['x']);
    expect(missing('{a|expand: "50\\\\%x%"}')).to.deep.equal([]);
    expect(missing('{a: "%x%"}')).to.deep.equal([]);
  });

  it('are the only documents that may wait: a rule without values is an error', () => {
    writeFileSync(join(dir, 'rule.yml'), RULE.replace('{event: send}', '{event|expand: "%kinds%"}'));
    const { rules, diagnostics } = loadRules([dir]);
    expect(rules).to.deep.equal([]);
    expect(diagnostics.map(({ code }) => code)).to.deep.equal(['unresolved-placeholder']);
  });
});
