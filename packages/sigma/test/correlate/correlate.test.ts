import { expect } from 'chai';
import type { CorrelationMatch, Window } from '../../src/correlate/types';
import type { CorrelationRule } from '../../src/rules/model';
import { both } from './both';
import { correlate, correlation, matchesAt } from './rule';

const run = (parts: Partial<CorrelationRule>, matches: CorrelationMatch[], window?: Window, fields = ['g']) => {
  const rule = correlation(parts);
  const inputs = [{ rule: 'a', fields, matches }];
  return window ? correlate(rule, inputs, window) : both([rule], inputs).get(rule.id)!;
};
/** `start-end` of each alert. */
const spans = (parts: Partial<CorrelationRule>, times: number[], window?: Window) =>
  run(parts, matchesAt(times), window).alerts.map(({ start, end }) => `${start}-${end}`);

describe('correlate', () => {
  it('counts events that are exactly one timespan apart, and none further', () => {
    expect(spans({ condition: { gte: 2 } }, [0, 10])).to.deep.equal(['10-10']);
    expect(spans({ condition: { gte: 2 } }, [0, 11])).to.deep.equal([]);
  });

  it('finds a burst over the edge of a fixed bucket, which tumbling windows miss', () => {
    expect(spans({}, [8, 9, 11])).to.deep.equal(['11-11']);
    expect(spans({}, [8, 9, 11], { model: 'tumbling' })).to.deep.equal([]);
  });

  it('takes events of one time as one step', () => {
    expect(run({}, matchesAt([5, 5, 5, 5])).alerts).to.deep.equal([
      { group: { g: 'x' }, start: 5, end: 5, visible: 5, value: 4, events: [0, 1, 2, 3] },
    ]);
  });

  it('is armed again when the condition has been false for one timespan', () => {
    // True at 2; the event of 0 leaves after 10, the last true millisecond. 20 is one timespan later, 21 is more.
    expect(spans({}, [0, 1, 2, 18, 19, 20])).to.deep.equal(['2-20']);
    expect(spans({}, [0, 1, 2, 19, 20, 21])).to.deep.equal(['2-2', '21-21']);
  });

  it('leaves a condition that silence satisfies as it was at the last arrival', () => {
    expect(spans({ condition: { lt: 2 } }, [0, 100, 200])).to.deep.equal(['0-200']);
    // False from 201 to 204, then true at 230: armed again.
    expect(spans({ condition: { lt: 2 } }, [0, 200, 201, 204, 230])).to.deep.equal(['0-200', '230-230']);
    expect(spans({ condition: { eq: 0 } }, [0, 1])).to.deep.equal([]);
  });

  it('says when the deciding window had been delivered, and what the whole episode holds', () => {
    const matches = matchesAt([0, 1, 2, 5]).map((match, index) => ({ ...match, ingested: [7, 90, 3, 1000][index]! }));
    expect(run({}, matches).alerts).to.deep.equal([
      { group: { g: 'x' }, start: 2, end: 5, visible: 90, value: 3, events: [0, 1, 2, 3] },
    ]);
  });

  it('excludes and counts events without a group, and puts an event with a list into each', () => {
    const matches = [
      matchesAt([0], [null])[0]!,
      { ...matchesAt([1], [['x', 'y', 'x']])[0]!, event: 1 },
      { ...matchesAt([2], ['y'])[0]!, event: 2 },
    ];
    const result = run({ condition: { gte: 2 } }, matches);
    expect(result.excluded).to.equal(1);
    expect(result.alerts.map(({ group, events }) => [group, events])).to.deep.equal([[{ g: 'y' }, [1, 2]]]);
  });

  it('takes a value and its text for one, whichever comes first, and keeps text apart that looks like several values', () => {
    const matches = [
      [1, 'a'],
      ['1', 'a'],
      ['1.0', 'a'],
      ['1","a', 'a'],
      [true, 'A'],
      ['true', 'A'],
    ].map((values, event) => ({ event, time: event, ingested: event, values }));
    for (const groupBy of [['g', 'h'], ['g']]) {
      const { alerts } = run({ groupBy, condition: { gte: 1 } }, matches, undefined, ['g', 'h']);
      expect(alerts.map(({ group, events }) => [group['g'], events])).to.deep.equal([
        [1, [0, 1]],
        ['1.0', [2]],
        ['1","a', [3]],
        [true, [4, 5]],
      ]);
    }
  });

  it('tells integers beyond 2^53 apart by every digit', () => {
    const ids = [1234567890123456788n, 1234567890123456789n, '1234567890123456789'];
    const matches = ids.map((id, event) => ({ event, time: event, ingested: event, values: [id] }));
    const { alerts } = run({ groupBy: ['g'], condition: { gte: 1 } }, matches, undefined, ['g']);
    expect(alerts.map(({ group, events }) => [group['g'], events])).to.deep.equal([
      [1234567890123456788n, [0]],
      [1234567890123456789n, [1, 2]],
    ]);
    const counted = run({ type: 'value_count', groupBy: [], condition: { field: ['v'], gte: 2 } }, matches, undefined, [
      'v',
    ]);
    expect(counted.alerts.map(({ value, start }) => [value, start])).to.deep.equal([[2, 1]]);
  });

  it('adds, averages and compares integers beyond 2^53 with every digit', () => {
    const numbers = [9007199254740993n, '9007199254740995', -1];
    const matches = numbers.map((number, event) => ({ event, time: event, ingested: event, values: [number] }));
    const of = (type: 'value_sum' | 'value_avg' | 'value_median', condition: CorrelationRule['condition']) =>
      run({ type, groupBy: [], condition: { field: ['v'], ...condition } }, matches, undefined, ['v']).alerts.map(
        ({ value, start }) => [value, start],
      );
    expect(of('value_sum', { gt: 9007199254740993n })).to.deep.equal([[18014398509481988, 1]]);
    expect(of('value_sum', { eq: 18014398509481987n })).to.deep.equal([[18014398509481987n, 2]]);
    expect(of('value_avg', { eq: 9007199254740994 })).to.deep.equal([[9007199254740994, 1]]);
    expect(of('value_median', { eq: 9007199254740993n })).to.have.length(1);
  });

  it('counts an event that satisfies two of the rules once', () => {
    const rule = correlation({ rules: ['a', 'b'], condition: { gte: 2 } });
    const both = ['a', 'b'].map((id) => ({ rule: id, fields: ['g'], matches: matchesAt([0]) }));
    expect(correlate(rule, both)).to.deep.include({ alerts: [], peak: 1 });
    const temporal = correlation({ type: 'temporal', rules: ['a', 'b'], condition: { gte: 2 } });
    expect(correlate(temporal, both).alerts).to.have.length(1);
  });

  it('counts distinct tuples of several fields, without those that have a null', () => {
    const matches = [
      ['x', 'u', 'v'],
      ['x', 'u', 'v'],
      ['x', 'u', 'w'],
      ['x', null, 'w'],
      ['x', 'u', ['v', 'z']],
    ].map((values, event) => ({ event, time: 1, ingested: 1, values }));
    const result = run(
      { type: 'value_count', condition: { field: ['p', 'q'], gte: 1 } },
      matches as CorrelationMatch[],
      undefined,
      ['g', 'p', 'q'],
    );
    expect(result.peak).to.equal(3);
  });

  it('wants the rules of temporal_ordered in their order, ties included', () => {
    const ordered = (a: number, b: number, c: number) =>
      correlate(
        correlation({ type: 'temporal_ordered', rules: ['a', 'b', 'c'], condition: { gte: 3 } }),
        [a, b, c].map((time, index) => ({
          rule: 'abc'[index]!,
          fields: ['g'],
          matches: matchesAt([time], ['x'], index),
        })),
      ).alerts.length;
    expect([ordered(0, 1, 2), ordered(0, 0, 0), ordered(0, 5, 10)]).to.deep.equal([1, 1, 1]);
    expect([ordered(2, 1, 0), ordered(0, 2, 1), ordered(0, 5, 11)]).to.deep.equal([0, 0, 0]);
    // Of equal time, the event of the later rule may come first in the log.
    const inputs = [
      { rule: 'b', fields: ['g'], matches: matchesAt([5], ['x'], 0) },
      { rule: 'a', fields: ['g'], matches: matchesAt([5], ['x'], 1) },
    ];
    const rule = correlation({ type: 'temporal_ordered', rules: ['a', 'b'], condition: { gte: 2 } });
    expect(correlate(rule, inputs).alerts).to.have.length(1);
  });

  it('resolves aliases to each rule’s own field', () => {
    const rule = correlation({
      type: 'temporal',
      rules: ['a', 'b'],
      groupBy: ['who'],
      aliases: { who: { a: 'user', b: 'login' } },
      condition: { gte: 2 },
    });
    const inputs = [
      { rule: 'a', fields: ['login', 'user'], matches: matchesAt([0], ['no', 'me']) },
      { rule: 'b', fields: ['login', 'user'], matches: matchesAt([1], ['me', 'no'], 1) },
    ];
    expect(correlate(rule, inputs).alerts.map(({ group }) => group)).to.deep.equal([{ who: 'me' }]);
  });

  it('takes the values that an event has for the first of the rules', () => {
    const rule = correlation({
      type: 'value_sum',
      rules: ['a', 'b'],
      aliases: { v: { a: 'cost', b: 'price' } },
      condition: { field: ['v'], gte: 1 },
    });
    const inputs = [
      { rule: 'b', fields: ['g', 'price'], matches: matchesAt([0], ['x', 7]) },
      { rule: 'a', fields: ['g', 'cost'], matches: matchesAt([0], ['x', 3]) },
    ];
    expect(
      both([rule], inputs)
        .get(rule.id)!
        .alerts.map(({ value }) => value),
    ).to.deep.equal([3]);
  });

  it('sums exactly: ten times 0.1 is 1, and what leaves the window leaves no trace', () => {
    const sum = (condition: object, rows: [number, number][]) =>
      run(
        { type: 'value_sum', condition: { field: ['v'], ...condition } },
        rows.map(([time, value], event) => ({ event, time, ingested: time, values: ['x', value] })),
        undefined,
        ['g', 'v'],
      );
    expect(
      sum(
        { gte: 1 },
        Array.from({ length: 10 }, () => [0, 0.1]),
      ).alerts.map(({ value }) => value),
    ).to.deep.equal([1]);
    expect(
      sum({ eq: 0.3 }, [
        [0, 1e17],
        [5, 0.1],
        [20, 0.3],
      ]).alerts.map(({ start }) => start),
    ).to.deep.equal([20]);
    // A price that is logged as a negative number: the sum is low when much was spent.
    expect(
      sum({ lt: -2 }, [
        [0, -1],
        [1, -1],
        [2, -1],
        [40, -1],
        [60, -3],
      ]).alerts.map(({ start }) => start),
    ).to.deep.equal([2, 60]);
  });

  it('reports the highest value any group reached, where a high one can satisfy the condition', () => {
    const matches = [...matchesAt([0, 1]), ...matchesAt([0, 1, 2, 3], ['y'], 10)];
    expect(run({ condition: { gte: 9 } }, matches).peak).to.equal(4);
    expect(run({ condition: { lt: 9 } }, matches).peak).to.equal(null);
    expect(run({}, []).peak).to.equal(null);
  });

  it('refuses matches that lack a field, and to go without those of a rule', () => {
    expect(() => run({}, [], undefined, [])).to.throw("lack the field 'g'");
    expect(() => correlate(correlation({}), [{ rule: 'z', fields: ['g'], matches: [] }])).to.throw(
      "no matches were given of the rule 'a'",
    );
  });
});

describe('correlate: other windows', () => {
  it('judges each bucket of tumbling windows as a whole, and joins neighbours', () => {
    const tumbling = (times: number[], originMs?: number) =>
      spans({ condition: { gte: 2 } }, times, { model: 'tumbling', ...(originMs === undefined ? {} : { originMs }) });
    expect(tumbling([0, 9, 10, 19, 30, 31])).to.deep.equal(['9-19', '31-31']);
    expect(tumbling([9, 10])).to.deep.equal([]);
    expect(tumbling([9, 10], 5)).to.deep.equal(['10-10']);
    expect(tumbling([-1, -2])).to.deep.equal(['-1--1']);
    expect(spans({ condition: { lt: 2 } }, [0, 1, 10], { model: 'tumbling' })).to.deep.equal(['10-10']);
  });

  it('shows an alert of a bucket when the bucket is over and delivered', () => {
    const matches = matchesAt([0, 1, 2]).map((match) => ({ ...match, ingested: match.time + 3 }));
    expect(run({}, matches, { model: 'tumbling' }).alerts[0]!.visible).to.equal(10);
    expect(
      run(
        {},
        matches.map((match) => ({ ...match, ingested: 50 })),
        { model: 'tumbling' },
      ).alerts[0]!.visible,
    ).to.equal(50);
  });

  it('searches on a schedule what had been delivered by then', () => {
    const scheduled = { model: 'scheduled', intervalMs: 5, lookbackMs: 10, phaseMs: 0 } as const;
    expect(run({}, matchesAt([6, 7, 8]), scheduled).alerts).to.deep.equal([
      { group: { g: 'x' }, start: 10, end: 15, visible: 10, value: 3, events: [0, 1, 2] },
    ]);
    const late = matchesAt([6, 7, 8]).map((match) => ({ ...match, ingested: 14 }));
    expect(run({}, late, scheduled).alerts.map(({ start, events }) => [start, events])).to.deep.equal([
      [15, [0, 1, 2]],
    ]);
    const tooLate = late.map((match) => ({ ...match, ingested: 19 }));
    expect(run({}, tooLate, scheduled).alerts).to.deep.equal([]);
    expect(run({}, matchesAt([6, 7, 8]), { ...scheduled, phaseMs: 3 }).alerts.map(({ start }) => start)).to.deep.equal([
      8,
    ]);
    expect(run({}, matchesAt([6, 7, 8, 1006, 1007, 1008]), scheduled).alerts.map(({ start }) => start)).to.deep.equal([
      10, 1010,
    ]);
  });

  it('refuses a schedule that would never end', () => {
    expect(() => run({}, matchesAt([1]), { model: 'scheduled', intervalMs: 0, lookbackMs: 10, phaseMs: 0 })).to.throw(
      RangeError,
    );
  });
});
