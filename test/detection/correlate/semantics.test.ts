import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Event } from '@tollgate/sigma/values/event';
import { correlateAll, fieldsOfDetections } from '@tollgate/sigma/correlate/chain';
import type { Alert, Window } from '@tollgate/sigma/correlate/types';
import { evaluate } from '@tollgate/sigma/evaluate';
import type { Rule } from '@tollgate/sigma/rules/model';
import { sigma } from '../../../packages/sigma/test/rules/documents';

/** Second and rule of an event, which is in the group `host: h` unless it says otherwise. */
type Happening = [second: number, kind: string, more?: Event];

interface Expectation {
  /** Correlations over the rules a, b and c, each by its name; their `rules` are [a], their `timespan` is 10s unless they say otherwise. */
  correlations: Record<string, string>;
  events: Happening[];
  /** Correlation → its alerts, as `start-end` in seconds, `value`, `events`, or what else is told of them. */
  tells: (alerts: Record<string, Alert[]>, excluded: Record<string, number>) => void;
  window?: Window;
  /** Diagnostics of the rules. */
  warns?: string[];
}

const SECOND = 1000;
const at = (seconds: number[], kind = 'a', more?: Event) => seconds.map((second): Happening => [second, kind, more]);
const spans = (alerts: Alert[] = []) => alerts.map(({ start, end }) => `${start / SECOND}-${end / SECOND}`);
const values = (alerts: Alert[] = []) => alerts.map(({ value }) => value);
const COUNT = 'type: event_count, group-by: [host]';

/** One correlation `c1` and the spans of its alerts. */
const gives = (
  correlation: string,
  events: Happening[],
  expected: string[],
  more?: Partial<Expectation>,
): Expectation => ({
  correlations: { c1: correlation },
  events,
  tells: ({ c1 }) => expect(spans(c1)).to.deep.equal(expected),
  ...more,
});
/** The same with the values of its alerts. */
const measures = (correlation: string, events: Happening[], expected: number[]): Expectation => ({
  correlations: { c1: correlation },
  events,
  tells: ({ c1 }) => expect(values(c1)).to.deep.equal(expected),
});
const numbers = (all: unknown[]) => all.map((n, second): Happening => [second, 'a', { n }]);
const number = (type: string, condition: string) => `type: ${type}, condition: {field: n, ${condition}}`;

const BURST = `${COUNT}, condition: {gte: 3}`;
const THEN = 'type: temporal_ordered, rules: [burst, b], group-by: [host]';

/** Each point of the page → what it means. */
const POINTS: Record<string, Expectation[]> = {
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

  'A correlation matches, for another that refers to it, at every step at which its condition holds, not only at the first: what follows a burst, or a burst follows, is found however long it goes on. What is alerted stays one an episode.':
    [
      {
        correlations: { burst: BURST, c1: THEN, c2: 'type: temporal_ordered, rules: [b, burst], group-by: [host]' },
        events: [...at(Array.from({ length: 60 }, (_, second) => second)), [30, 'b'], [65, 'b']],
        tells: ({ burst, c1, c2 }) => {
          expect(spans(burst)).to.deep.equal(['2-59']);
          expect(spans(c1)).to.deep.equal(['30-40', '65-65']);
          expect(spans(c2)).to.deep.equal(['30-40']);
        },
      },
      {
        correlations: { burst: BURST, c1: THEN },
        events: [...at(Array.from({ length: 60 }, (_, second) => second)), [69, 'b']],
        tells: ({ c1 }) => expect(spans(c1)).to.deep.equal(['69-69']),
      },
      {
        correlations: { burst: BURST, c1: THEN },
        events: [...at(Array.from({ length: 60 }, (_, second) => second)), [69.001, 'b']],
        tells: ({ c1 }) => expect(spans(c1)).to.deep.equal([]),
      },
    ],
  'It counts once for each of these steps and for each group, also for `event_count`; bursts are told apart by `value_count` of a field that they are grouped by.':
    [
      {
        correlations: {
          burst: BURST,
          c1: 'type: event_count, rules: [burst], condition: {gte: 3}',
          c2: 'type: value_count, rules: [burst], condition: {field: host, gte: 2}',
        },
        events: [...at([0, 1, 2, 3, 4]), ...at([5, 5, 5], 'a', { host: 'other' })],
        tells: ({ c1, c2 }) => {
          expect(spans(c1)).to.deep.equal(['4-5']);
          expect(spans(c2)).to.deep.equal(['5-5']);
        },
      },
      {
        correlations: { burst: BURST, c1: 'type: event_count, rules: [burst], condition: {gte: 2}' },
        events: at([0, 0, 0], 'a', { host: ['x', 'y'] }),
        tells: ({ c1 }) => expect(values(c1)).to.deep.equal([2]),
      },
    ],
  'It has the values of its group, and of any other field all that the events in its window at that step have, as a list: who joins a burst later is in its match from then on, and who has left the window is not.':
    [
      {
        correlations: { burst: BURST, c1: 'type: temporal_ordered, rules: [burst, b], group-by: [user]' },
        events: [
          ...[0, 1, 2, 3, 4, 5, 6].map((second): Happening => [second, 'a', { user: `u${second}` }]),
          ...[11, 12, 13, 14, 15, 16].map((second): Happening => [second, 'a', { user: 'last' }]),
          // The last step with u5 in its window is at 15.
          [24.9, 'b', { user: 'u4' }],
          [24.9, 'b', { user: 'u5' }],
          [24.9, 'b', { user: 'u6' }],
          [24.9, 'b', { user: 'last' }],
        ],
        tells: ({ c1 }) => expect(c1!.map(({ group }) => group['user'])).to.deep.equal(['last', 'u5', 'u6']),
      },
    ],
  'A step of one correlation is a step of the same time for the next; an event and the match that it completes are two, in any order.':
    [
      {
        correlations: {
          burst: BURST,
          c1: 'type: event_count, rules: [burst, a], condition: {gte: 4}',
          c2: 'type: temporal_ordered, rules: [a, burst], timespan: 1s',
          c3: 'type: temporal_ordered, rules: [burst, a], timespan: 1s',
          c4: 'type: temporal, rules: [c1, c2, c3], timespan: 1s',
        },
        events: at([0, 1, 2]),
        tells: ({ c1, c2, c3, c4 }) => {
          expect(values(c1)).to.deep.equal([4]);
          for (const alerts of [c1, c2, c3, c4]) expect(spans(alerts)).to.deep.equal(['2-2']);
        },
      },
    ],
  'An alert of a chain lists the events of the windows of all matches that lie in its own, and is visible when these had been delivered.':
    [
      {
        correlations: { burst: BURST, c1: THEN },
        events: [[-30, 'a'], ...at([0, 1, 2, 3]), [4, 'b'], [60, 'a', { late: 1 }]], // prettier-ignore
        tells: ({ c1 }) =>
          expect(c1!.map(({ events, visible }) => [events, visible])).to.deep.equal([[[1, 2, 3, 4, 5], 4 * SECOND]]),
      },
      {
        correlations: { burst: BURST, c1: THEN },
        events: [[0, 'a', { late: 50 }], ...at([1, 2]), [4, 'b']], // prettier-ignore
        tells: ({ c1 }) => expect(c1!.map(({ visible }) => visible)).to.deep.equal([50 * SECOND]),
        window: { model: 'sliding' },
      },
    ],
  'In buckets and in scheduled searches, each bucket in which the condition holds is a match at the time of its last event, and each search that finds something is one at its own time.':
    [
      {
        correlations: { burst: BURST, c1: 'type: event_count, rules: [burst], timespan: 30s, condition: {gte: 3}' },
        events: [...at([0, 1, 2]), ...at([10, 11, 12]), ...at([20, 21, 25])],
        tells: ({ burst, c1 }) => {
          expect(spans(burst)).to.deep.equal(['2-25']);
          expect(c1!.map(({ start, value }) => [start / SECOND, value])).to.deep.equal([[25, 3]]);
        },
        window: { model: 'tumbling' },
      },
      {
        correlations: { burst: BURST, c1: 'type: event_count, rules: [burst], timespan: 30s, condition: {gte: 2}' },
        events: at([0, 1, 2]),
        tells: ({ burst, c1 }) => {
          expect(spans(burst)).to.deep.equal(['4-8']);
          expect(c1!.map(({ start, value }) => [start / SECOND, value])).to.deep.equal([[8, 2]]);
        },
        window: { model: 'scheduled', intervalMs: 4 * SECOND, lookbackMs: 10 * SECOND, phaseMs: 0 },
      },
    ],
};

/** The rules a, b and c, which match an event of whose `kind` their name is a part, and correlations by name. */
function textOf(correlations: Record<string, string>): string {
  const base = (name: string) =>
    `title: ${name}\nname: ${name}\nlogsource: {product: test}\ndetection: {s: {kind|contains: ${name}}, condition: s}\n`;
  const outer = Object.entries(correlations).map(([name, text]) => {
    const rules = /(^|[^-])\brules:/.test(text) ? '' : 'rules: [a], ';
    const timespan = text.includes('timespan:') ? '' : 'timespan: 10s, ';
    return `title: ${name}\nname: ${name}\ncorrelation: {${rules}${timespan}${text}}\n`;
  });
  return [...['a', 'b', 'c'].map(base), ...outer].join('---\n');
}

function run(rules: Rule[], happenings: Happening[], window: Window | undefined) {
  const events = happenings.map(([second, kind, more]): Event => ({ time: second * SECOND, host: 'h', kind, ...more }));
  const detections = rules.filter((rule) => rule.kind === 'detection');
  const { matches, alerts } = evaluate(rules, events, { timeOf: ({ time }) => time as number });
  const fields = fieldsOfDetections(rules);
  const inputs = detections.map((rule) => ({
    rule: rule.id,
    fields: fields.get(rule.id) ?? [],
    matches: matches
      .filter((match) => match.rule === rule)
      .map(({ event }) => {
        const { time, late } = events[event]! as { time: number; late?: number };
        const ingested = late === undefined ? time : late * SECOND;
        const read = (field: string) => (events[event]![field] ?? null) as string | null;
        return { event, time, ingested, values: (fields.get(rule.id) ?? []).map(read) };
      }),
  }));
  const results = correlateAll(rules, inputs, window);
  return { evaluated: alerts, results };
}

describe('correlate: what correlations mean (packages/sigma/docs/semantics.md)', () => {
  it('has a test for each point of the page, and a point for each test', () => {
    const page = readFileSync(join(__dirname, '../../../packages/sigma/docs/semantics.md'), 'utf8');
    const [, correlations] = page.split('\n## Correlations\n');
    const points = [...correlations!.matchAll(/^- (.*)$/gm)].map((found) => found[1]);
    expect(points).to.deep.equal(Object.keys(POINTS));
  });

  for (const [point, expectations] of Object.entries(POINTS)) {
    it(point, () => {
      for (const { correlations, events, tells, window, warns = [] } of expectations) {
        const { rules, diagnostics } = sigma(textOf(correlations));
        expect(diagnostics.map(({ code }) => code)).to.deep.equal(warns);
        const names = new Map(rules.map((rule) => [rule.id, rule.title]));
        const { evaluated, results } = run(rules, events, window);
        const byName = <T>(of: (result: { alerts: Alert[]; excluded: number }) => T) =>
          Object.fromEntries([...results].map(([id, result]) => [names.get(id)!, of(result)]));
        if (window === undefined) {
          const all = evaluated.map(({ rule, start, end }) => [rule.title, start, end]);
          const same = [...results].flatMap(([id, { alerts }]) =>
            alerts.map(({ start, end }) => [names.get(id)!, start, end]),
          );
          expect(all).to.deep.equal(same);
        }
        tells(
          byName(({ alerts }) => alerts),
          byName(({ excluded }) => excluded),
        );
      }
    });
  }
});
