import { around, type Feature, type Group } from './feature';

const SECTION = 'Correlations';
const TYPES = `${SECTION}, Correlation Types`;
/** Events of the kinds a, b and c by their second; all of one host unless something else is said. */
const at = (second: number, kind: string, more: Record<string, unknown> = {}): [number, Record<string, unknown>] => [
  second,
  { kind, host: 'h', ...more },
];
const of = (body: string, events: [number, Record<string, unknown>][], alerts: number[][]) => ({
  text: around(`{${body}}`),
  events,
  alerts,
});
const wrong = (body: string, code: string, more = '') => ({ text: around(`{${body}}`, more), code });
const COUNT = 'type: event_count, rules: [a], group-by: [host], timespan: 10s';
const VALUES = (type: string, more = '') =>
  `type: ${type}, rules: [a], group-by: [host], timespan: 10s, condition: {field: n, ${more}}`;
const PAIR = (type: string, more = '') => `type: ${type}, rules: [a, b], group-by: [host], timespan: 10s${more}`;
const numbers = (...all: number[]) => all.map((n, second) => at(second, 'a', { n }));
const counted = (condition: string, times: number[], alerts: number[][]) =>
  of(
    `${COUNT}, condition: ${condition}`,
    times.map((second) => at(second, 'a')),
    alerts,
  );

const units: Feature = {
  name: '`timespan` in s, m, h, d; also w',
  section: `${SECTION}, Time Selection`,
  reads: [
    ['90s', 90_000],
    ['90m', 5_400_000],
    ['1h', 3_600_000],
    ['2d', 172_800_000],
    ['1w', 604_800_000],
  ].map(([timespan, timespanMs]) => ({
    text: around(`{type: event_count, rules: [a], timespan: ${timespan}, condition: {gte: 1}}`),
    as: { timespanMs },
  })),
  refuses: ['5M', '1y', '0m', '5', '1.5h', 'm'].map((timespan) =>
    wrong(`type: event_count, rules: [a], timespan: ${timespan}, condition: {gte: 1}`, 'invalid-timespan'),
  ),
};

export const CORRELATIONS: Group = {
  title: 'Correlations',
  features: [
    {
      name: '`event_count`, in a window that slides',
      section: `${TYPES}, Event Count`,
      correlates: [counted('{gte: 3}', [8, 9, 11], [[0, 1, 2]]), counted('{gte: 3}', [0, 9, 11], [])],
    },
    {
      name: '`value_count`: distinct values, of one field or of several together',
      section: `${TYPES}, Value Count`,
      correlates: [
        of(VALUES('value_count', 'gte: 3'), numbers(1, 1, 2, 3), [[0, 1, 2, 3]]),
        of(VALUES('value_count', 'gte: 3'), numbers(1, 1, 1, 2), []),
        of(
          'type: value_count, rules: [a], group-by: [host], timespan: 10s, condition: {field: [n, m], gte: 3}',
          [at(0, 'a', { n: 1, m: 1 }), at(1, 'a', { n: 1, m: 2 }), at(2, 'a', { n: 2, m: 1 })],
          [[0, 1, 2]],
        ),
      ],
      refuses: [wrong(`${COUNT.replace('event', 'value')}, condition: {gte: 3}`, 'invalid-correlation')],
    },
    {
      name: '`temporal`: all rules within the timespan, in any order',
      section: `${TYPES}, Temporal Proximity`,
      correlates: [
        of(PAIR('temporal'), [at(0, 'b'), at(10, 'a')], [[0, 1]]),
        of(PAIR('temporal'), [at(0, 'b'), at(11, 'a')], []),
      ],
    },
    {
      name: '`temporal_ordered`: in the order of `rules`',
      section: `${TYPES}, Ordered Temporal Proximity`,
      correlates: [
        of(PAIR('temporal_ordered'), [at(0, 'a'), at(1, 'b')], [[0, 1]]),
        of(PAIR('temporal_ordered'), [at(0, 'b'), at(1, 'a')], []),
        of(PAIR('temporal_ordered'), [at(0, 'a'), at(11, 'b')], []),
      ],
    },
    {
      name: '`value_sum`',
      section: `${TYPES}, Value Sum`,
      correlates: [
        of(VALUES('value_sum', 'gt: 5'), numbers(2, 3, 1), [[0, 1, 2]]),
        of(VALUES('value_sum', 'gt: 5'), numbers(2, 3), []),
      ],
    },
    {
      name: '`value_avg`',
      section: `${TYPES}, Value Average`,
      correlates: [
        of(VALUES('value_avg', 'gte: 2.5'), numbers(1, 4), [[0, 1]]),
        of(VALUES('value_avg', 'gte: 2.5'), numbers(1, 3), []),
      ],
    },
    {
      name: '`value_percentile`, with `percentile: 95` in its condition',
      section: `${TYPES}, Value Percentile`,
      correlates: [of(VALUES('value_percentile', 'percentile: 100, gte: 9'), numbers(1, 2, 9), [[0, 1, 2]])],
      refuses: [
        wrong(VALUES('value_percentile', 'gte: 9'), 'unsupported-percentile'),
        wrong(VALUES('value_percentile', 'percentile: 101, gte: 9'), 'invalid-correlation'),
      ],
    },
    {
      name: '`value_median`, which other tools have',
      section: `${TYPES}, Value Percentile`,
      correlates: [of(VALUES('value_median', 'gte: 5'), numbers(1, 5, 9), [[0, 1, 2]])],
    },
    {
      name: 'any other type',
      section: `${SECTION}, Correlation type`,
      refuses: [wrong(PAIR('near'), 'unknown-correlation-type')],
    },
    {
      name: '`rules` by id or by name, one or several',
      section: `${SECTION}, Related rules`,
      correlates: [
        of(
          'type: event_count, rules: [id-a, b], group-by: [host], timespan: 10s, condition: {gte: 2}',
          [at(0, 'a'), at(1, 'b')],
          [[0, 1]],
        ),
        of(
          'type: event_count, rules: a, group-by: [host], timespan: 10s, condition: {gte: 2}',
          [at(0, 'a'), at(1, 'a')],
          [[0, 1]],
        ),
      ],
      refuses: [
        wrong(`${COUNT.replace('[a]', '[x]')}, condition: {gte: 2}`, 'unknown-rule'),
        wrong(`${COUNT.replace('[a]', '[a, id-a]')}, condition: {gte: 2}`, 'invalid-correlation'),
        wrong(`${COUNT.replace('[a]', '[]')}, condition: {gte: 2}`, 'invalid-correlation'),
      ],
    },
    {
      name: 'correlations over correlations',
      section: `${SECTION}, Related rules`,
      correlates: [
        {
          text: around(
            '{type: temporal_ordered, rules: [many, b], group-by: [host], timespan: 10s}',
            '---\ntitle: Many\nname: many\ncorrelation: {type: event_count, rules: [a], group-by: [host, user], timespan: 10s, condition: {gte: 2}}\n',
          ),
          events: [at(0, 'a', { user: 'u' }), at(1, 'a', { user: 'u' }), at(2, 'b')],
          alerts: [[0, 1, 2]],
        },
      ],
      refuses: [wrong(`${COUNT.replace('[a]', '[outer]')}, condition: {gte: 2}`, 'circular-correlation')],
    },
    {
      name: '`group-by`: events of other values apart; may be left out',
      section: `${SECTION}, Grouping`,
      correlates: [
        of(`${COUNT}, condition: {gte: 2}`, [at(0, 'a'), at(1, 'a', { host: 'i' }), at(2, 'a')], [[0, 2]]),
        of(
          `${COUNT.replace('[host]', '[host, user]')}, condition: {gte: 2}`,
          [at(0, 'a', { user: 'u' }), at(1, 'a', { user: 'v' })],
          [],
        ),
        of(
          'type: event_count, rules: [a], timespan: 10s, condition: {gte: 2}',
          [at(0, 'a'), at(1, 'a', { host: 'i' })],
          [[0, 1]],
        ),
      ],
    },
    {
      name: '`aliases`: other names of a field in other rules',
      section: `${SECTION}, Field Name Aliases`,
      correlates: [
        of(
          'type: temporal, rules: [a, b], group-by: [ip], timespan: 10s, aliases: {ip: {a: source.ip, id-b: destination.ip}}',
          [
            at(0, 'a', { source: { ip: '1' } }),
            at(1, 'b', { source: { ip: '1' }, destination: { ip: '2' } }),
            at(2, 'b', { destination: { ip: '1' } }),
          ],
          [[0, 2]],
        ),
      ],
      refuses: [
        wrong(`${PAIR('temporal')}, aliases: {ip: {a: x, c: y}}`, 'unknown-rule'),
        wrong(`${PAIR('temporal')}, aliases: {ip: {a: x}}`, 'invalid-correlation'),
        wrong(`${PAIR('temporal')}, aliases: {ip: x}`, 'invalid-correlation'),
      ],
    },
    units,
    {
      name: '`condition` with `gt`, `gte`, `lt`, `lte`, `eq`, `neq`',
      section: `${SECTION}, Condition`,
      correlates: [
        counted('{gt: 1}', [0, 1], [[0, 1]]),
        counted('{gte: 2}', [0, 1], [[0, 1]]),
        counted('{lt: 2}', [0], [[0]]),
        counted('{lte: 1}', [0], [[0]]),
        counted('{eq: 2}', [0, 1], [[0, 1]]),
        counted('{neq: 1}', [0, 1], [[0, 1]]),
      ],
      refuses: [
        wrong(COUNT, 'invalid-correlation'),
        wrong(`${COUNT}, condition: {}`, 'invalid-correlation'),
        wrong(`${COUNT}, condition: {gte: '5'}`, 'invalid-correlation'),
        wrong(`${COUNT}, condition: {gte: 1, least: 5}`, 'unknown-key'),
        wrong(`${COUNT}, condition: {gte: 5, field: x}`, 'invalid-correlation'),
      ],
    },
    {
      name: 'ranges of two, such as `gte` with `lt`; a warning where no count can satisfy it',
      section: `${SECTION}, Condition`,
      correlates: [counted('{gte: 2, lt: 4}', [0, 1], [[0, 1]]), counted('{gt: 2, lte: 4}', [0, 1], [])],
      refuses: [
        wrong(`${COUNT}, condition: {gt: 5, lt: 5}`, 'impossible-condition'),
        ...['{lt: 1}', '{lte: 0}', '{eq: 0}', '{gt: 1, lt: 2}'].map((condition) => ({
          ...wrong(`${COUNT}, condition: ${condition}`, 'never-alerts'),
          severity: 'warning' as const,
          left: 4,
        })),
      ],
    },
    {
      name: 'a count of the rules, for `temporal` and `temporal_ordered`',
      section: `${SECTION}, Condition`,
      correlates: [
        of(
          'type: temporal, rules: [a, b, c], group-by: [host], timespan: 10s, condition: {gte: 2}',
          [at(0, 'a'), at(1, 'c')],
          [[0, 1]],
        ),
      ],
    },
    {
      name: 'a boolean expression over the rules, for `temporal`; other tools have it',
      section: `${SECTION}, Condition`,
      correlates: [
        of(
          'type: temporal, rules: [a, b, c], group-by: [host], timespan: 10s, condition: a and (b or c)',
          [at(0, 'a'), at(1, 'c')],
          [[0, 1]],
        ),
      ],
      refuses: [
        wrong(PAIR('temporal_ordered', ', condition: a and b'), 'unsupported-condition'),
        wrong(PAIR('temporal', ', condition: a'), 'invalid-correlation'),
        wrong(PAIR('temporal', ', condition: a and x'), 'unknown-selection'),
      ],
    },
    {
      name: '`generate`, beside `correlation` or in it',
      section: `${SECTION}, Generate`,
      reads: [
        { text: around(`{${COUNT}, condition: {gte: 1}}`), as: { generate: false } },
        { text: around(`{${COUNT}, condition: {gte: 1}, generate: true}`), as: { generate: true } },
        { text: around(`{${COUNT}, condition: {gte: 1}}`, 'generate: true\n'), as: { generate: true } },
      ],
      refuses: [wrong(`${COUNT}, condition: {gte: 1}`, 'invalid-correlation', "generate: 'yes'\n")],
    },
    {
      name: '`id`, `name`, `status`, `level` and the other attributes of rules; unknown keys of `correlation` are errors',
      section: `${SECTION}, Components`,
      reads: [
        {
          text: around(`{${COUNT}, condition: {gte: 1}}`, 'status: stable\nlevel: high\nfalsepositives: [x]\n'),
          as: { id: 'outer', name: 'outer', status: 'stable', level: 'high', falsepositives: ['x'] },
        },
      ],
      refuses: [wrong(`${COUNT}, condition: {gte: 1}, groupby: [x]`, 'unknown-key')],
    },
  ],
};
