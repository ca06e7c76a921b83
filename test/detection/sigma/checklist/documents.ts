import { rule, type Group } from './feature';

const FILTERS = 'Filters';
const target = (name: string) =>
  `title: ${name}\nid: id-${name}\nname: ${name}\nlogsource: {product: test, service: s}\ndetection: {s: {kind: ${name}}, condition: s}\n`;
const filter = (
  rules: string,
  logsource = '{product: test}',
  body = 'selection: {user|startswith: adm_}\n  condition: not selection',
) =>
  `${target('a')}---\n${target('b')}---\ntitle: F\nid: f\nlogsource: ${logsource}\nfilter:\n  rules: ${rules}\n  ${body}\n`;
const wrong = (text: string, code = 'invalid-filter') => ({ text, code });

export const FILTERING: Group = {
  title: 'Filters',
  features: [
    {
      name: 'a filter is joined with `and` to each rule that it names by id or name',
      section: `${FILTERS}, Global Filter`,
      reads: [
        {
          text: filter('[a]'),
          as: {
            id: 'id-b',
            plan: {
              fields: ['kind'],
              expr: { op: 'test', test: { kind: 'pattern', field: 'kind', parts: ['b'], cased: false } },
            },
          },
        },
      ],
      correlates: [
        {
          text: `${filter('[id-a, b]')}---\ntitle: C\nname: outer\ncorrelation: {type: event_count, rules: [a, b], timespan: 1h, condition: {gte: 1}}\n`,
          events: [
            [0, { kind: 'a', user: 'adm_x' }],
            [1, { kind: 'a', user: 'x' }],
            [2, { kind: 'b', user: 'ADM_x' }],
            [3, { kind: 'b' }],
          ],
          alerts: [[1, 3]],
        },
      ],
      refuses: [wrong(filter('[]')), wrong(filter('[x]'), 'unknown-rule'), wrong(filter('[a, id-a]'))],
    },
    {
      name: "its log source is the rule's, or a broader one",
      section: `${FILTERS}, Log source`,
      reads: [{ text: filter('[a]', '{product: test, service: s}'), as: { id: 'id-b' } }],
      refuses: [wrong(filter('[a]', '{product: other}')), wrong(filter('[a]', '{product: test, category: c}'))],
    },
    {
      name: '`selection` and `condition` as in a rule, also several selections',
      section: `${FILTERS}, filter selection; filter condition`,
      reads: [
        {
          text: filter('[a]', '{product: test}', 'one: {u: x}\n  two: {u: y}\n  condition: not 1 of them'),
          as: { id: 'id-b' },
        },
      ],
      refuses: [
        wrong(filter('[a]', '{product: test}', 'selection: {u: x}'), 'invalid-condition'),
        wrong(filter('[a]', '{product: test}', 'selection: {u|x: x}\n  condition: selection'), 'unknown-modifier'),
      ],
    },
    {
      name: 'a filter on a correlation',
      section: `${FILTERS}, Relative rules`,
      refuses: [
        wrong(`${filter('[c]')}---\ntitle: C\nname: c\ncorrelation: {type: temporal, rules: [a, b], timespan: 5m}`),
      ],
    },
  ],
};

export const DOCUMENTS: Group = {
  title: 'Files',
  features: [
    {
      name: 'several documents in a file, in any order',
      section: 'Correlations, Example',
      reads: [
        {
          text: `title: C\nname: c\ncorrelation: {type: temporal, rules: [a, b], timespan: 5m}\n---\n${target('a')}---\n${target('b')}`,
          as: { id: 'id-b', document: 2 },
        },
      ],
    },
    {
      name: 'one wrong document: its diagnostics, and all the others are read',
      section: 'Rules, File Structure',
      refuses: [{ text: `${rule('level: severe')}---\n${rule('')}`, code: 'invalid-attribute', left: 1 }],
      reads: [{ text: `${rule('')}---\n${rule('name: second')}`, as: { id: 'second' } }],
    },
    {
      name: 'rule collections with `action: global`, obsolete',
      section: 'Rules, File Structure',
      refuses: [{ text: 'action: global\ntitle: x\n', code: 'unsupported-action' }],
    },
    {
      name: 'a document that is no rule, correlation or filter, or two of them',
      section: 'Rules, Schema',
      refuses: [
        wrong('- a', 'not-sigma'),
        wrong('title: x', 'not-sigma'),
        wrong('title: x\ndetection: {}\nfilter: {}', 'not-sigma'),
      ],
    },
  ],
};
