import { gives, measures, numbers, number, type Points } from './expectation';

export const COUNTS_AND_ORDER: Points = {
  'An event that several of the rules match counts once, with the values that it has for the first of them; for `temporal` and `temporal_ordered` it stands for each.':
    [
      measures('type: event_count, rules: [a, b], condition: {gte: 1}', [[0, 'ab']], [1]),
      measures(
        'type: value_sum, rules: [b, a], aliases: {n: {a: m, b: n}}, condition: {field: n, gte: 0}',
        [[0, 'ab', { n: 2, m: 5 }]],
        [2],
      ),
      measures('type: temporal, rules: [a, b]', [[0, 'ab']], [2]),
      measures('type: temporal_ordered, rules: [b, a]', [[0, 'ab']], [2]),
    ],
  '`value_count` counts values, of several fields together; a list counts as each of its items, and an event that lacks one of the fields adds none.':
    [
      measures('type: value_count, condition: {field: n, gte: 2}', numbers([1, 1, 2]), [2]),
      measures('type: value_count, condition: {field: n, gte: 3}', numbers([1, [2, 2, 3]]), [3]),
      gives(
        'type: value_count, condition: {field: [n, m], gte: 3}',
        [[0, 'a', { n: 1, m: 1 }], [1, 'a', { n: 1, m: 2 }], [2, 'a', { n: 2 }], [3, 'a', { n: 2, m: 1 }]], // prettier-ignore
        ['3-3'],
      ),
      gives('type: value_count, condition: {field: n, eq: 0}', numbers([null]), ['0-0']),
    ],
  '`value_sum`, `value_avg`, `value_percentile` and `value_median` take numbers and strings that are numbers as `lt` takes them in a detection, each item of a list by itself, and pass anything else over.':
    [
      ...['6', '6.5', '1e1', '-0.5'].map((text) =>
        measures(number('value_sum', 'gte: -1'), numbers([text]), [Number(text)]),
      ),
      ...['', ' 6', '+6', '06', '6.', '.5', '0x10', '6 MB', '1e999', 'Infinity', true, { deep: 1 }].flatMap((other) =>
        ['value_sum', 'value_avg', 'value_median', 'value_percentile'].map((type) =>
          measures(
            `type: ${type}, condition: {field: n, ${type === 'value_percentile' ? 'percentile: 50, ' : ''}gte: -1}`,
            numbers([other, 7]),
            [7],
          ),
        ),
      ),
      measures(number('value_sum', 'gte: 9'), numbers([[1, '4', 4, 'x']]), [9]),
      measures(number('value_avg', 'gte: 3'), numbers([[1, 4, 4]]), [3]),
      measures(number('value_median', 'gte: 4'), numbers([[1, 4, 4]]), [4]),
    ],
  'A sum is exact until it is compared: ten times 0.1 is 1.': [
    gives(`${number('value_sum', 'gte: 1')}, timespan: 1m`, numbers(new Array(10).fill(0.1)), ['9-9']),
  ],
  'A percentile lies on the straight line between the two values nearest to its rank, `(n − 1) · p ÷ 100` in the order of the n values from 0; 0 is the least, 50 the median, 100 the greatest.':
    (
      [
        [0, 1],
        [25, 3],
        [50, 3],
        [90, 7.4],
        [100, 9],
      ] as const
    ).map(([percentile, value]) =>
      measures(
        `type: value_percentile, condition: {field: n, percentile: ${percentile}, gte: -9}`,
        [[0, 'a', { n: [5, 1, 3, 3, 9] }]],
        [value],
      ),
    ),
  'A sum, average, percentile or median of no numbers is no value, and no condition holds of it, not even `lt`, `lte` or `neq`; an average, percentile or median whose numbers have left is none either.':
    ['value_sum', 'value_avg', 'value_percentile', 'value_median'].flatMap((type) => {
      const percentile = type === 'value_percentile' ? 'percentile: 50, ' : '';
      return ['lt: 9', 'lte: 9', 'neq: 9', 'eq: 0', 'gte: -9'].flatMap((bound) => {
        const rule = `type: ${type}, condition: {field: n, ${percentile}${bound}}`;
        const gone = gives(rule, [[0, 'a', { n: 0 }], [30, 'a', { n: 0 }]], ['0-0', '30-30']); // prettier-ignore
        return [gives(rule, numbers([null, 'x']), []), ...(type === 'value_sum' ? [] : [gone])];
      });
    }),

  '`temporal` holds when all of its rules match in the window, or as many as its count says, or when its expression over them is true.':
    [
      gives('type: temporal, rules: [a, b, c]', [[0, 'c'], [1, 'a'], [2, 'b']], ['2-2']), // prettier-ignore
      gives('type: temporal, rules: [a, b, c], condition: {gte: 2}', [[0, 'c'], [1, 'c'], [2, 'b']], ['2-2']), // prettier-ignore
      gives('type: temporal, rules: [a, b], condition: a and not b', [[0, 'b'], [5, 'a'], [11, 'a']], ['11-11']), // prettier-ignore
    ],
  '`temporal_ordered` counts the most rules that can be picked in the written order with times that do not fall, so that events of the same time are in any order.':
    [
      gives('type: temporal_ordered, rules: [a, b]', [[0, 'b'], [1, 'a']], []), // prettier-ignore
      gives('type: temporal_ordered, rules: [a, b]', [[0, 'b'], [1, 'a'], [2, 'b']], ['2-2']), // prettier-ignore
      gives('type: temporal_ordered, rules: [a, b]', [[1, 'b'], [1, 'a']], ['1-1']), // prettier-ignore
    ],
  'With a count below that of its rules, `temporal_ordered` holds of any that many in order.': [
    gives('type: temporal_ordered, rules: [a, b, c], condition: {gte: 2}', [[0, 'a'], [1, 'c']], ['1-1']), // prettier-ignore
    gives('type: temporal_ordered, rules: [a, b, c], condition: {gte: 2}', [[0, 'c'], [1, 'a']], []), // prettier-ignore
  ],
};
