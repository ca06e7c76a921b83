import { expect } from 'chai';
import { parse } from '../../src/index';

const RULE = 'title: b\nname: base\nlogsource: {product: p}\ndetection: {a: {x: 1}, condition: a}\n';
const OTHER = 'title: o\nname: bases\nlogsource: {product: other}\ndetection: {a: {x: 1}, condition: a}\n';
const FILTER = 'title: f\nid: base2\nlogsource: {product: p}\nfilter: {rules: base, a: {x: 1}, condition: not a}\n';
const WRONG = 'title: w\nname: base3\nlogsource: {product: p}\ndetection: {a: {x|unknown: 1}, condition: a}\n';
const correlation = (section: string): string =>
  `title: c\nname: base4\ncorrelation: {rules: [base], timespan: 1m, ${section}}\n`;

/** The first error of a text, with its hint. */
function told(text: string, wanted?: string): string {
  const { message, hint } = parse(text).diagnostics.find(
    ({ severity, code }) => severity === 'error' && code === (wanted ?? code),
  )!;
  return `${message}: ${hint}`;
}

describe('hints', () => {
  const timespan = (text: string): string =>
    told(`${RULE}---\n${correlation('type: event_count, condition: {gte: 1}').replace('1m', `'${text}'`)}`);

  it('suggest a timespan that is read', () => {
    const meant: [string, string][] = [
      ['1M', '30d'],
      ['2y', '730d'],
      ['10 minutes', '10m'],
      ['5 Days', '5d'],
      ['90S', '90s'],
      ['3 mo', '90d'],
      ['0m', '90m'],
      ['1h30m', '90m'],
      ['999999999y', '90m'],
      ['soon', '90m'],
    ];
    for (const [written, hint] of meant) {
      expect(timespan(written), written).to.equal(
        `the timespan must be a number and s, m, h, d or w: for example \`${hint}\``,
      );
      expect(
        parse(`${RULE}---\n${correlation('type: event_count, condition: {gte: 1}').replace('1m', hint)}`).diagnostics,
      ).to.deep.equal([]);
    }
    expect(timespan('999w')).to.equal('the timespan is longer than ten years: for example `90m`');
  });

  it('say that the calendar does not have a day', () => {
    for (const day of ['2026-02-30', '2025-02-29', '2026-13-01', '2026-04-31', '2026-00-10', '2026-01-00'])
      expect(told(`${RULE}date: ${day}\n`)).to.equal(`the calendar has no day '${day}': correct the month or the day`);
    expect(told(`${RULE}modified: 2026/02/03\n`)).to.equal("'2026/02/03' is not a date: write it as YYYY-MM-DD");
    expect(parse(`${RULE}date: 2024-02-29\n`).diagnostics).to.deep.equal([]);
  });

  it('name no rule that the next run refuses: a filter, one with an error, one of another log source, or the same one', () => {
    const all = [RULE, FILTER, WRONG].join('---\n');
    const refer = (name: string): string =>
      `${all}---\n${correlation('type: event_count, condition: {gte: 1}').replace('[base]', `[${name}]`)}`;
    const hints = (text: string) =>
      parse(text).diagnostics.flatMap(({ code, hint }) => (code === 'unknown-rule' ? [hint] : []));
    for (const name of ['base1', 'base5', 'bade4'])
      expect(hints(refer(name)), name).to.deep.equal(["did you mean 'base'?"]);
    const filtered = `${[RULE, OTHER, correlation('type: event_count, condition: {gte: 1}')].join('---\n')}---\n${FILTER.replace('rules: base', 'rules: basess')}`;
    expect(hints(filtered)).to.deep.equal(["did you mean 'base'?"]);
  });

  it('name no key and no modifier that does not belong there', () => {
    const condition = (type: string, key: string): string =>
      told(`${RULE}---\n${correlation(`type: ${type}, condition: {gte: 1, ${key}: x}`)}`, 'unknown-key');
    expect(condition('event_count', 'percentile')).to.equal(
      "a condition has no 'percentile': choose one of eq, gt, gte, lt, lte, neq",
    );
    expect(condition('event_count', 'feild')).to.not.include("'field'");
    expect(condition('value_sum', 'feild')).to.include("did you mean 'field'?");
    expect(condition('value_sum', 'percentil')).to.not.include("'percentile'");
    const keyword = told("title: b\nlogsource: {product: p}\ndetection: {a: {'|cidrs': x}, condition: a}\n");
    expect(keyword).to.include("no modifier 'cidrs'").and.to.not.include("'cidr'");
  });
});
