import { expect } from 'chai';
import fc from 'fast-check';
import { correlateAll } from '@tollgate/sigma/correlate/chain';
import type { Window } from '@tollgate/sigma/correlate/types';
import { MatchStore, type View } from '../../../tools/evidence/replay/matches';
import { RuleInput } from '../../../tools/evidence/replay/rule-input';
import type { CorrelationRule, Rule } from '@tollgate/sigma/rules/model';
import { base, sent } from './rules';

const SECOND = 1000;
const FIELDS = ['asset', 'block', 'number'];
const request = { source: 's', plan: sent.plan, fields: FIELDS };

const counting = (type: 'event_count' | 'value_count', gte: number): CorrelationRule => ({
  ...base,
  kind: 'correlation',
  id: 'counting',
  title: 'Counting',
  type,
  rules: ['sent'],
  groupBy: ['asset', 'block'],
  aliases: {},
  timespanMs: 10 * SECOND,
  condition: type === 'value_count' ? { gte, field: ['number'] } : { gte },
  generate: false,
});
const chained = (inner: CorrelationRule): CorrelationRule => ({
  ...counting('event_count', 2),
  id: 'chained',
  rules: [inner.id],
  groupBy: ['asset'],
  timespanMs: 30 * SECOND,
});

/** An event: seconds after the one before, block, number, whose; a block may be missing or a list. */
const event = fc.record({
  gap: fc.integer({ min: 0, max: 6 }),
  block: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('a', 'b', 'c') },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  number: fc.constantFrom('1', '2', '3', '4', null),
  occurrence: fc.constantFrom(0, 0, 0, 1, 2),
});
type Line = { gap: number; block: string | string[] | null; number: string | null; occurrence: number };

function storeOf(lines: Line[]): MatchStore {
  const store = new MatchStore([request], { occurrenceOf: (n) => lines[n]!.occurrence });
  let time = 0;
  for (const [n, { gap, block, number }] of lines.entries()) {
    time += gap * SECOND;
    store.add(0, { event: n, time, ingested: time, values: ['shop', block, number] });
  }
  return store;
}

/** What the chosen matches give, and what all do. */
function both(lines: Line[], rule: CorrelationRule, family: Rule[], view: View, window: Window) {
  const store = storeOf(lines);
  const input = new RuleInput(store, rule, family, [{ id: 'sent', fields: FIELDS, request: 0 }], window);
  const run = (inputs: Parameters<typeof correlateAll>[1]) => correlateAll(family, inputs, window).get(rule.id)!;
  const chosen = input.resultOf(view, run);
  const all = run([{ rule: 'sent', fields: FIELDS, matches: store.select(0, view) }]);
  return { chosen: { ...chosen, excluded: chosen.excluded + input.excluded(view) }, all };
}

const windows: Window[] = [
  { model: 'sliding' },
  { model: 'tumbling' },
  { model: 'scheduled', intervalMs: 4 * SECOND, lookbackMs: 20 * SECOND, phaseMs: 0 },
];

describe('the matches that a rule is given', () => {
  it('decide as all matches do: alerts, what is excluded, and the highest value', () => {
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 60 }),
        fc.constantFrom('event_count' as const, 'value_count' as const),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom(...windows),
        (lines, type, gte, window) => {
          const rule = counting(type, gte);
          const view = { occurrences: [2], from: 5 * SECOND, to: 100 * SECOND };
          const { chosen, all } = both(lines, rule, [rule, sent], view, window);
          expect(chosen).to.deep.equal(all);
        },
      ),
    );
  });

  it('do so below another correlation', () => {
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 60 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(...windows),
        (lines, gte, window) => {
          const inner = counting('value_count', gte);
          const rule = chained(inner);
          const view = { occurrences: [1], from: -Infinity, to: Infinity };
          const { chosen, all } = both(lines, rule, [rule, inner, sent], view, window);
          expect(chosen.alerts).to.deep.equal(all.alerts);
        },
      ),
    );
  });

  it('are all of them where a group field holds a list', () => {
    const lists = [['a', 'b'], ['a'], ['a', 'c']].map((block) => ({ gap: 1, block, number: '1', occurrence: 0 }));
    const rule = counting('event_count', 3);
    const view = { occurrences: [], from: -Infinity, to: Infinity };
    const { chosen, all } = both(lists, rule, [rule, sent], view, windows[0]!);
    expect(chosen).to.deep.equal(all);
    expect(chosen.alerts).to.have.length(1);
  });

  it('are few where most groups are too small', () => {
    const line = (block: string) => ({ gap: 0, block, number: null, occurrence: 0 });
    const lines = [...Array.from({ length: 500 }, (_, n) => line(`b${n}`)), line('a'), line('a'), line('a')];
    const rule = counting('event_count', 3);
    const input = new RuleInput(
      storeOf(lines),
      rule,
      [rule, sent],
      [{ id: 'sent', fields: FIELDS, request: 0 }],
      windows[0]!,
    );
    const view = { occurrences: [], from: -Infinity, to: Infinity };
    expect(input.inputs(view)[0]!.matches).to.have.length(3);
  });

  it('tell the nearest to the threshold, also where it is none of the largest groups', () => {
    const line = (block: string, number: string) => ({ gap: 0, block, number, occurrence: 0 });
    const repeated = Array.from({ length: 250 }, (_, n) => Array.from({ length: 5 }, () => line(`b${n}`, '1'))).flat();
    const lines = [...repeated, ...['1', '2', '3'].map((number) => line('a', number))];
    const rule = counting('value_count', 20);
    const view = { occurrences: [], from: -Infinity, to: Infinity };
    const { chosen } = both(lines, rule, [rule, sent], view, windows[0]!);
    expect(chosen.peak).to.equal(3);
  });

  it('tell what each group of ordinary traffic reaches, and a bound for those that are not tried', () => {
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 60 }),
        fc.constantFrom('event_count' as const, 'value_count' as const),
        fc.integer({ min: 1, max: 3 }),
        (lines, type, tried) => {
          const rule = counting(type, 4);
          const store = storeOf(lines);
          const input = new RuleInput(
            store,
            rule,
            [rule, sent],
            [{ id: 'sent', fields: FIELDS, request: 0 }],
            windows[0]!,
          );
          const run = (inputs: Parameters<typeof correlateAll>[1]) => correlateAll([rule, sent], inputs).get(rule.id)!;
          const ordinary = store.select(0, { occurrences: [], from: -Infinity, to: Infinity });
          const groups = [...new Set(ordinary.map(({ values }) => values[1]).filter((block) => block !== null))];
          const all = groups.flatMap((block) => {
            const matches = ordinary.filter(({ values }) => values[1] === block);
            return run([{ rule: 'sent', fields: FIELDS, matches }]).peak ?? [];
          });
          const numbers = (list: number[]) => [...list].sort((a, b) => a - b);
          expect(numbers(input.groupPeaks(100, run)!.peaks)).to.deep.equal(numbers(all));
          const { peaks, others } = input.groupPeaks(tried, run)!;
          expect(others.groups).to.equal(Math.max(0, groups.length - tried));
          if (others.groups > 0) expect(Math.max(...all)).to.be.at.most(Math.max(...peaks, others.most!));
        },
      ),
    );
  });

  it('tell nothing of groups where it counts over another correlation', () => {
    const inner = counting('value_count', 2);
    const rule = chained(inner);
    const input = new RuleInput(
      storeOf([]),
      rule,
      [rule, inner, sent],
      [{ id: 'sent', fields: FIELDS, request: 0 }],
      windows[0]!,
    );
    expect(input.groupPeaks(10, () => expect.fail())).to.equal(null);
  });
});
