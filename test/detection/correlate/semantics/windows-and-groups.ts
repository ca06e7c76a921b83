import { expect } from 'chai';
import { at, COUNT, gives, measures, number, type Points } from './expectation';

export const WINDOWS_AND_GROUPS: Points = {
  'All events of one time are one step; at each step the condition is evaluated for each group that has an event of it, in the window from one timespan before to the step, both ends included.':
    [
      gives(`${COUNT}, condition: {gte: 2}`, at([0, 10]), ['10-10']),
      gives(`${COUNT}, condition: {gte: 2}`, at([0, 10.001]), []),
      measures(`${COUNT}, condition: {gte: 1}`, at([0, 0, 0]), [3]),
      gives(`${COUNT}, condition: {eq: 1}`, at([0, 0]), []),
    ],
  'Silence is not evaluated: `lt`, `lte`, `eq: 0` and `neq` hold at the earliest when an event comes, so that `event_count` with `lt: 1` never alerts, which is a warning.':
    [
      gives(`${COUNT}, condition: {lt: 1}`, at([0, 50]), [], { warns: ['never-alerts'] }),
      gives(`${COUNT}, condition: {eq: 0}`, at([0, 50]), [], { warns: ['never-alerts'] }),
      gives(`${COUNT}, condition: {lte: 1}`, at([5, 50]), ['5-50']),
      gives(`${COUNT}, condition: {neq: 5}`, [], []),
    ],
  'What was true becomes false when the events of the time `t` leave the window, just after `t` and one timespan, and it fails without them; it becomes true at a step only.':
    [
      // True up to 10; one timespan later is 20.
      gives(`${COUNT}, condition: {gte: 2}`, at([0, 5, 19, 20]), ['5-20']),
      gives(`${COUNT}, condition: {gte: 2}`, at([0, 5, 20, 21]), ['5-5', '21-21']),
      // Two from 11 on, but no event comes then.
      gives(`${COUNT}, condition: {eq: 2}`, at([0, 0, 0, 5, 5]), []),
      gives(`${COUNT}, condition: {eq: 2}`, at([0, 0, 0, 5, 12]), ['12-12']),
    ],
  'A condition on a count or sum that nothing satisfies, such as `lt: 3`, is left as it was at the last step when events leave.':
    [
      gives(`${COUNT}, condition: {lt: 3}`, at([0, 100, 500]), ['0-500']),
      gives(number('value_sum', 'lt: 3'), [[0, 'a', { n: 1 }], [500, 'a', { n: 1 }]], ['0-500']), // prettier-ignore
      gives(number('value_avg', 'lt: 3'), [[0, 'a', { n: 1 }], [500, 'a', { n: 1 }]], ['0-0', '500-500']), // prettier-ignore
    ],
  'An alert is an episode: it begins at the step at which the condition becomes true and ends at the last step at which it is true before it has been false for more than one timespan.':
    [
      gives(`${COUNT}, condition: {gte: 3}`, at([0, 1, 2, 9, 18, 19, 20]), ['2-20']),
      gives(`${COUNT}, condition: {gte: 3}`, at([0, 1, 2, 19, 20, 21]), ['2-2', '21-21']),
    ],
  'An alert has the value of its first step, and lists the events that lay in the window from its first step to its last.':
    [
      {
        correlations: { c1: `${COUNT}, condition: {gte: 3}` },
        events: at([-20, 0, 1, 2, 5, 13, 14, 60]),
        tells: ({ c1 }) =>
          expect(c1!.map(({ value, events }) => [value, events])).to.deep.equal([[3, [1, 2, 3, 4, 5, 6]]]),
      },
    ],

  'An event without a value of a field of `group-by` is in no group, and is counted as left out.': [
    {
      correlations: { c1: `${COUNT}, condition: {gte: 1}` },
      events: [[0, 'a', { host: null }], [1, 'a', { host: [] }], [2, 'a']], // prettier-ignore
      tells: ({ c1 }, excluded) => {
        expect(c1!.map(({ events }) => events)).to.deep.equal([[2]]);
        expect(excluded).to.deep.equal({ c1: 2 });
      },
    },
  ],
  'A list makes an event a member of the group of each of its items, once; lists in two fields of each pair of items.':
    [
      {
        correlations: {
          c1: `${COUNT}, condition: {gte: 2}`,
          c2: 'type: event_count, group-by: [host, user], condition: {gte: 2}',
        },
        events: [[0, 'a', { host: ['x', 'y', 'x'], user: ['u', 'v'] }], [1, 'a', { host: 'x', user: 'v' }]], // prettier-ignore
        tells: ({ c1, c2 }) => {
          expect(c1!.map(({ group, value }) => [group, value])).to.deep.equal([[{ host: 'x' }, 2]]);
          expect(c2!.map(({ group, value }) => [group, value])).to.deep.equal([[{ host: 'x', user: 'v' }, 2]]);
        },
      },
    ],
  'Without `group-by` all events are one group.': [
    gives('type: event_count, condition: {gte: 2}', [[0, 'a', { host: null }], [1, 'a']], ['1-1']), // prettier-ignore
  ],
  'An alert shows the value of a group as the first of its events had it, a number as a number.': [
    {
      correlations: { c1: `${COUNT}, condition: {gte: 2}` },
      events: [[0, 'a', { host: 10 }], [1, 'a', { host: '10' }], [2, 'a', { host: 'h' }], [3, 'a', { host: 'h' }]], // prettier-ignore
      tells: ({ c1 }) => expect(c1!.map(({ group }) => group)).to.deep.equal([{ host: 10 }, { host: 'h' }]),
    },
  ],
};
