import type { Feature, Group } from './feature';
import { ruleOn } from './feature';

const SECTION = 'Rules, Condition';
const SELECTIONS = { sel_a: { f: 'a' }, sel_b: { f: 'b' }, other: { f: 'c' }, _hidden: { f: 'd' } };

/** Each of the four selections holds where the event's `f` has its letter. */
function on(condition: string | string[], holds: string[], fails: string[]) {
  const events = (all: string[]) => all.map((letters) => ({ f: [...letters] }));
  return { detection: { ...SELECTIONS, condition }, holds: events(holds), fails: events(fails) };
}
const wrong = (condition: unknown, code: string) => ({ text: ruleOn({ ...SELECTIONS, condition }), code });
const feature = (name: string, detects: Feature['detects'], refuses?: Feature['refuses']): Feature => ({
  name,
  section: SECTION,
  ...(detects && { detects }),
  ...(refuses && { refuses }),
});

export const CONDITIONS: Group = {
  title: 'Conditions',
  features: [
    feature('`or` binds looser than `and`', [on('sel_a or sel_b and other', ['a', 'bc'], ['b', 'c'])]),
    feature('`and` binds looser than `not`', [
      on('not sel_a and sel_b', ['b'], ['ab', '']),
      on('not sel_a or sel_b', ['', 'ab'], ['a']),
      on('not not sel_a', ['a'], ['']),
    ]),
    feature('`not` binds looser than `1 of` and `all of`', [
      on('not 1 of sel_*', ['', 'c'], ['a', 'b']),
      on('not all of sel_* and other', ['c', 'ac'], ['abc']),
    ]),
    feature(
      'parentheses bind most',
      [on('not (sel_a and sel_b)', ['a', 'b', ''], ['ab']), on('(sel_a or sel_b)and(other)', ['bc'], ['a', 'c'])],
      [wrong('(sel_a', 'condition-syntax'), wrong('sel_a)', 'condition-syntax'), wrong('()', 'condition-syntax')],
    ),
    feature('`1 of them`, `all of them`: without names that begin with `_`', [
      on('1 of them', ['a', 'b', 'c'], ['d', '']),
      on('all of them', ['abc'], ['abd']),
    ]),
    feature(
      '`1 of name*`, `all of name*`, with `*` anywhere in the pattern',
      [
        on('1 of sel_*', ['a', 'b'], ['c', 'd']),
        on('all of sel_*', ['ab'], ['a', 'bc']),
        on('1 of *_b', ['b'], ['a', 'd']),
        on('1 of *th*', ['c'], ['a']),
        on('all of s*_*a', ['a'], ['b']),
        on('all of *', ['abc'], ['abd']),
        on('1 of _*', ['d'], ['abc']),
      ],
      [
        wrong('1 of x*', 'unknown-selection'),
        wrong('2 of sel_*', 'unsupported-quantifier'),
        wrong('1 of', 'condition-syntax'),
      ],
    ),
    feature(
      'a list of conditions is an `or`',
      [on(['sel_a and sel_b', 'other'], ['ab', 'c'], ['a'])],
      [wrong([], 'invalid-condition')],
    ),
    feature('a name that is no selection, and words out of place', undefined, [
      wrong('sel_x', 'unknown-selection'),
      wrong('sel_a sel_b', 'condition-syntax'),
      wrong('sel_a and', 'condition-syntax'),
      wrong('and sel_a', 'condition-syntax'),
      wrong('', 'invalid-condition'),
    ]),
    feature('aggregations after `|` and `timeframe`, obsolete', undefined, [
      wrong('sel_a | count() > 5', 'unsupported-aggregation'),
      { text: ruleOn({ s: { a: 'x' }, timeframe: '5m', condition: 's' }), code: 'unsupported-timeframe' },
    ]),
    feature('a selection that no condition uses', undefined, [
      { text: ruleOn({ s: { a: 'x' }, t: { a: 'y' }, condition: 's' }), code: 'unused-selection', severity: 'warning' },
    ]),
  ],
};
