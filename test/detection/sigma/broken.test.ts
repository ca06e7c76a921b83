import { expect } from 'chai';
import { evaluate, parse } from '@tollgate/sigma';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { parseQueries } from '../../../tools/detection/hunt/parse';
import { parseSigma } from '@tollgate/sigma/rules/parse';
import { runnable } from '@tollgate/sigma/rules/runnable';

const RULE = 'title: b\nname: b\nlogsource: {product: p}\ndetection:\n  a:\n    k: 1\n  condition: a\n';
const correlation = (name: string, rules: string, rest = ''): string =>
  `title: ${name}\nname: ${name}\ncorrelation:\n  type: event_count\n  rules: ${rules}\n  timespan: 1m\n  condition: {gte: 1}\n${rest}`;
const FILTER = 'title: f\nlogsource: {product: p}\nfilter:\n  rules: b\n  a: {k: 1}\n  condition: not a\n';

describe('a document with an error', () => {
  const twice: [string, string, string[]][] = [
    ['a value of a rule', RULE.replace('    k: 1\n', '    k: 1\n    k: 2\n'), []],
    ['a selection of a rule', RULE.replace('  condition', '  a: {k: 2}\n  condition'), []],
    ['a title', `title: c\n${RULE}`, []],
    ['a timespan', `${RULE}---\n${correlation('c', 'b', '  timespan: 2m\n')}`, ['b']],
    ['a group', `${RULE}---\n${correlation('c', 'b', '  group-by: x\n  group-by: y\n')}`, ['b']],
    ['a key in a flow map', RULE.replace('    k: 1\n', '    k|contains|all: [1, 2]\n').concat('x: {y: 1, y: 2}\n'), []],
  ];
  for (const [what, text, left] of twice) {
    it(`is not used: ${what} stands twice`, () => {
      const { rules, diagnostics } = parse(text);
      expect(rules.map(({ title }) => title)).to.deep.equal(left);
      expect(diagnostics.map(({ code }) => code)).to.deep.equal(['duplicate-key']);
    });
  }

  it('changes no rule where it is a filter', () => {
    const good = evaluate(parse(`${RULE}---\n${FILTER}`).rules, [{ k: 1 }]);
    expect(good.matches).to.have.length(0);
    const { rules, filters } = parse(`${RULE}---\n${FILTER.replace('  condition', '  a: {k: 2}\n  condition')}`);
    expect(filters).to.deep.equal([]);
    expect(evaluate(rules, [{ k: 1 }]).matches).to.have.length(1);
  });

  it('takes those with it that refer to it, and these are told after it', () => {
    const text = `${correlation('d', 'c')}---\n${correlation('c', 'b')}---\n${RULE.replace('    k: 1\n', '    k: 1\n    k: 2\n')}`;
    const { rules, diagnostics } = parse(text);
    expect(rules).to.deep.equal([]);
    expect(diagnostics.map(({ code, rule }) => `${code} ${rule}`)).to.deep.equal([
      'duplicate-key undefined',
      'broken-reference d',
      'broken-reference c',
    ]);
  });

  it('is not said to be missing where it could not be read', () => {
    const { diagnostics } = parse(`${correlation('c', '[b, nowhere]')}---\n${RULE}  x: [\n`);
    expect(diagnostics.map(({ code }) => code)).to.deep.equal(['unknown-rule', 'yaml-syntax', 'broken-reference']);
  });

  it('is not used where it is a query', () => {
    const { documents } = parseYaml('q.yml', 'title: q\ntitle: r\n');
    const { queries, diagnostics } = parseQueries(documents, new Map());
    expect(queries).to.deep.equal([]);
    expect(diagnostics).to.not.deep.equal([]);
  });
});

describe('what is run of some rules', () => {
  const run = (text: string, isOn: (title: string) => boolean = () => true) => {
    const { documents, unread } = parseYaml('rule.yml', text);
    const sigma = parseSigma(documents, { unread });
    const found = runnable(
      sigma.rules.filter(({ title }) => isOn(title)),
      sigma.parts,
    );
    const titles = (rules: readonly { title: string }[]) => rules.map(({ title }) => title).join(' ');
    return [found.rules, found.incomplete, found.idle].map(titles);
  };
  const other = RULE.replaceAll(': b\n', ': other\n');

  it('is no rule that is there for a correlation which is not', () => {
    const text = `${RULE}---\n${other}---\n${correlation('c', '[b, other]')}`;
    expect(run(text)).to.deep.equal(['b other c', '', '']);
    expect(run(text, (title) => title !== 'other')).to.deep.equal(['', 'c', 'b']);
  });

  it('is one that another correlation has as well, or that alerts by itself', () => {
    const both = `${RULE}---\n${other}---\n${correlation('c', '[b, other]')}---\n${correlation('d', 'b')}`;
    expect(run(both, (title) => title !== 'other')).to.deep.equal(['b d', 'c', '']);
    const generating = `${RULE}---\n${other}---\n${correlation('c', '[b, other]', '  generate: true\n')}`;
    expect(run(generating, (title) => title !== 'other')).to.deep.equal(['b', 'c', '']);
  });

  it('is no part of a chain whose end is not run', () => {
    const text = `${RULE}---\n${other}---\n${correlation('c', 'b')}---\n${correlation('d', '[c, other]')}`;
    expect(run(text, (title) => title !== 'other')).to.deep.equal(['', 'd', 'c b']);
  });

  it('is no part of a correlation with an error, nor of one that cannot be read', () => {
    for (const wrong of [
      correlation('c', '[b, nowhere]'),
      correlation('c', 'b', '  timespan: 2m\n'),
      `${correlation('c', 'b')}  x: [`,
    ])
      expect(run(`${RULE}---\n${wrong}`)).to.deep.equal(['', '', 'b']);
  });
});
