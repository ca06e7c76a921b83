import { expect } from 'chai';
import { MAX_TUPLES } from '../../src/correlate/limits';
import type { CorrelationMatch, Window } from '../../src/correlate/types';
import { evaluate, parse } from '../../src/index';
import type { CorrelationRule } from '../../src/rules/model';
import { correlate, correlation } from './rule';

const many = (length: number, name = 'v'): string[] => Array.from({ length }, (_, n) => `${name}${n}`);
const WINDOWS: Window[] = [
  { model: 'sliding' },
  { model: 'tumbling' },
  { model: 'scheduled', intervalMs: 10, lookbackMs: 10, phaseMs: 0 },
];

/** Three events, of which the one in the middle has these values. */
function around(
  rule: CorrelationRule,
  fields: string[],
  usual: string[],
  values: CorrelationMatch['values'],
  window: Window,
) {
  const of = (event: number, each: CorrelationMatch['values']) => ({
    event,
    time: event,
    ingested: event,
    values: each,
  });
  return correlate(rule, [{ rule: 'a', fields, matches: [of(1, usual), of(2, values), of(3, usual)] }], window);
}

describe('an event with too many combinations of values', () => {
  const cases: [string, Partial<CorrelationRule>, string[], CorrelationMatch['values']][] = [
    ['groups', { groupBy: ['g', 'h'] }, ['g', 'h'], [many(400), many(400)]],
    ['groups of one field', {}, ['g'], [many(MAX_TUPLES + 1)]],
    [
      'tuples that are counted',
      { type: 'value_count', condition: { field: ['g', 'h'], gte: 1 }, groupBy: [] },
      ['g', 'h'],
      [many(400), many(400)],
    ],
    [
      'values in each of many groups',
      { type: 'value_count', condition: { field: ['h'], gte: 1 } },
      ['g', 'h'],
      [many(400), many(400)],
    ],
    [
      'numbers in each of many groups',
      { type: 'value_sum', condition: { field: ['h'], gte: 0 } },
      ['g', 'h'],
      [many(400), many(400, '1')],
    ],
  ];
  for (const [what, parts, fields, values] of cases) {
    for (const window of WINDOWS) {
      it(`is left out and told, and the others count: ${what}, ${window.model}`, () => {
        const rule = correlation({ condition: { gte: 2 }, ...parts });
        const { alerts, crowded } = around(
          rule,
          fields,
          fields.map(() => '7'),
          values,
          window,
        );
        expect(crowded).to.deep.equal([2]);
        expect(alerts.map(({ events }) => events)).to.deep.equal([[1, 3]]);
      });
    }
  }

  it('is not one whose values are the same again and again', () => {
    const rule = correlation({ groupBy: ['g', 'h'], condition: { gte: 3 } });
    const values = [Array<string>(1000).fill('x'), Array<string>(1000).fill('x')];
    const { alerts, crowded } = around(rule, ['g', 'h'], ['x', 'x'], values, { model: 'sliding' });
    expect(crowded).to.deep.equal([]);
    expect(alerts).to.have.length(1);
  });

  it('does not end an evaluation of the library', () => {
    const { rules } = parse(`title: b\nname: b\nlogsource: {product: p}\ndetection: {a: {k: 1}, condition: a}
---
title: c\ncorrelation: {type: event_count, rules: [b], group-by: [x, y], timespan: 1m, condition: {gte: 2}}`);
    const event = (second: number, x: unknown, y: unknown) => ({ k: 1, time: 1_767_225_600 + second, x, y });
    const events = [event(1, 'x', 'y'), event(2, many(400), many(400)), event(3, 'x', 'y')];
    const { alerts, crowded } = evaluate(rules, events);
    expect(alerts.map((alert) => alert.events)).to.deep.equal([[0, 2]]);
    expect(crowded.map(({ rule, event: n }) => [rule.title, n])).to.deep.equal([['c', 1]]);
  });
});
