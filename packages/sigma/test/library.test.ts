import { expect } from 'chai';
import { compile, evaluate, parse, plan } from '../src/index';

const BASE = 'title: Base\nname: base\nlogsource: {product: p}\ndetection: {a: {x: 1}, condition: a}\n';
const TWICE = `title: Twice
correlation: {type: event_count, rules: [base], group-by: [who], timespan: 1m, condition: {gte: 2}}
`;

describe('the library', () => {
  it('gives every diagnostic of a text in order, and the rules that have none', () => {
    const { rules, diagnostics } = parse(`${BASE}---\n- 1\n---\na: &x 1\n`, { file: 'some.yml' });
    expect(rules.map(({ title }) => title)).to.deep.equal(['Base']);
    expect(diagnostics.map(({ file, line, code }) => `${file}:${line} ${code}`)).to.deep.equal([
      'some.yml:6 not-sigma',
      'some.yml:8 anchor',
    ]);
  });

  it('refuses a text that is larger than a file may be', () => {
    expect(parse('#'.repeat(1024 * 1024 + 1)).diagnostics.map(({ code }) => code)).to.deep.equal(['too-large']);
  });

  it('gives a detection as plain JSON', () => {
    const [rule] = parse(BASE).rules;
    if (rule?.kind !== 'detection') throw new Error('no detection');
    expect(JSON.parse(JSON.stringify(plan(rule)))).to.deep.equal({
      expr: { op: 'test', test: { kind: 'number', field: 'x', op: 'eq', value: 1 } },
      fields: ['x'],
    });
  });

  it('fills placeholders', () => {
    const [rule] = parse(BASE.replace('x: 1', 'x|expand: "%who%"'), { placeholders: { who: ['me', 'you*'] } }).rules;
    if (rule?.kind !== 'detection') throw new Error('no detection');
    expect([{ x: 'ME' }, { x: 'yours' }, { x: 'them' }].map(compile(rule))).to.deep.equal([true, true, false]);
  });

  it('evaluates detections and correlations, in whatever order the events come', () => {
    const { rules } = parse(`${BASE}---\n${TWICE}`);
    const at = (seconds: number) => new Date(seconds * 1000).toISOString();
    const events = [
      { x: 1, who: 'a', time: at(70) },
      { x: 2, who: 'a', time: at(70) },
      { x: 1, who: 'a', time: at(20) },
      { x: 1, who: 'b', time: at(20) },
      { x: 1, who: 'b' },
    ];
    const { matches, alerts, untimed } = evaluate(rules, events);
    expect(matches.map(({ rule, event }) => [rule.title, event])).to.deep.equal([0, 2, 3, 4].map((n) => ['Base', n]));
    expect(alerts.map(({ rule, group, value, events }) => [rule.title, group, value, events])).to.deep.equal([
      ['Twice', { who: 'a' }, 2, [0, 2]],
    ]);
    expect(untimed).to.equal(1);
    const always = evaluate(rules, events, { timeOf: () => 0 });
    expect(always.alerts.map(({ group }) => group)).to.deep.equal([{ who: 'a' }, { who: 'b' }]);
  });

  it('keeps what a rule says of its own, and adds nothing that it does not say', () => {
    const text = `title: t\nlogsource: {product: p, tenant: [a]}\ndetection: {a: {x: 1}, condition: a}\nowner: team\n`;
    const [bare] = parse(text).rules;
    expect(bare).to.deep.include({
      attributes: { owner: 'team' },
      logsource: { product: 'p', custom: { tenant: ['a'] } },
    });
    expect(bare).to.not.have.any.keys('status', 'level');
    expect(parse(`${text}status: test\nlevel: high\n`).rules[0]).to.deep.include({ status: 'test', level: 'high' });
  });
});
