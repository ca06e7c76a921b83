import { refusal, rule, type Group } from './feature';

const RULES = 'Rules';
const id = '929a690e-bef0-4204-a928-ef5e620d6fcc';
const wrong = (lines: string, code = 'invalid-attribute') => ({ text: rule(lines), code });
const tag = (name: string) => ({ text: rule(`tags: [${name}]`), as: { tags: [name] } });
const logsource = (text: string) => `title: A rule\nlogsource: ${text}\ndetection: {s: {a: x}, condition: s}\n`;

export const ATTRIBUTES: Group = {
  title: 'What a rule says about itself',
  features: [
    {
      name: '`title`, mandatory, up to 256 characters',
      section: `${RULES}, Title`,
      reads: [{ text: rule('', `title: ${'x'.repeat(256)}`), as: { title: 'x'.repeat(256) } }],
      refuses: [
        { text: rule('', `title: ${'x'.repeat(257)}`), code: 'invalid-attribute' },
        { text: rule('', 'author: x'), code: 'missing-title' },
        { text: rule('', 'title: null'), code: 'missing-title' },
        { text: rule('', "title: ' '"), code: 'missing-title' },
      ],
    },
    {
      name: '`id`, `name`; the name, else the place, stands in for a missing id',
      section: `${RULES}, Identification; Name`,
      reads: [
        { text: rule(`id: ${id}\nname: whoami`), as: { id, name: 'whoami' } },
        { text: rule('name: whoami'), as: { id: 'whoami' } },
        { text: rule(''), as: { id: 'rule.yml#0' } },
      ],
      refuses: [
        wrong('id: 5'),
        wrong(`name: ${'x'.repeat(257)}`),
        { text: `${rule('name: x')}---\n${rule('name: x')}`, code: 'duplicate-id' },
      ],
    },
    {
      name: '`related`: `derived`, `obsolete`, `merged`, `renamed`, `similar`',
      section: `${RULES}, Identification`,
      reads: ['derived', 'obsolete', 'merged', 'renamed', 'similar'].map((type) => ({
        text: rule(`related: [{id: ${id}, type: ${type}}]`),
        as: { related: [{ id, type }] },
      })),
      refuses: [
        wrong(`related: [{id: ${id}, type: copied}]`),
        wrong('related: [{type: derived}]'),
        wrong(`related: {id: ${id}}`),
      ],
    },
    {
      name: '`status`: `stable`, `test`, `experimental`, `deprecated`, `unsupported`',
      section: `${RULES}, Status`,
      reads: ['stable', 'test', 'experimental', 'deprecated', 'unsupported'].map((status) => ({
        text: rule(`status: ${status}`),
        as: { status },
      })),
      refuses: [wrong('status: testing')],
    },
    {
      name: '`level`: `informational`, `low`, `medium`, `high`, `critical`',
      section: `${RULES}, Level`,
      reads: ['informational', 'low', 'medium', 'high', 'critical'].map((level) => ({
        text: rule(`level: ${level}`),
        as: { level },
      })),
      refuses: [wrong('level: severe')],
    },
    {
      name: '`description`, `license`, `author`, `references`, `fields`, `falsepositives`, `scope`',
      section: `${RULES}, Components`,
      reads: [
        {
          text: rule(
            'description: Sees it\nlicense: MIT\nauthor: A, B\nreferences: [https://example.org/]\nfields: [a, b]\nfalsepositives: [Admins]\nscope: [server]',
          ),
          as: {
            description: 'Sees it',
            license: 'MIT',
            author: 'A, B',
            references: ['https://example.org/'],
            fields: ['a', 'b'],
            falsepositives: ['Admins'],
            scope: ['server'],
          },
        },
        { text: rule('falsepositives: Unlikely'), as: { falsepositives: ['Unlikely'] } },
      ],
      refuses: [wrong(`description: ${'x'.repeat(65_536)}`), wrong('references: {a: 1}'), wrong('author: [x]')],
    },
    {
      name: '`date` and `modified`, as YYYY-MM-DD',
      section: `${RULES}, Date; Modified`,
      reads: [
        { text: rule('date: 2019-10-23\nmodified: 2020-01-02'), as: { date: '2019-10-23', modified: '2020-01-02' } },
      ],
      refuses: [wrong('date: 2019/10/23'), wrong('modified: 2020-13-01')],
    },
    {
      name: '`logsource`, mandatory: `category`, `product`, `service`, alone or together, `definition`, and further keys',
      section: `${RULES}, LogSource`,
      reads: [
        ...['category', 'product', 'service'].map((key) => ({
          text: logsource(`{${key}: x}`),
          as: { logsource: { [key]: 'x' } },
        })),
        {
          text: logsource('{category: a_b, product: c, service: d.e-f, definition: On, zone: z}'),
          as: {
            logsource: { category: 'a_b', product: 'c', service: 'd.e-f', definition: 'On', custom: { zone: 'z' } },
          },
        },
      ],
      refuses: [
        { text: 'title: x\ndetection: {s: {a: x}, condition: s}', code: 'invalid-logsource' },
        { text: logsource('{definition: x}'), code: 'invalid-logsource' },
        { text: logsource('{product: x, service: 5}'), code: 'invalid-logsource' },
      ],
    },
    {
      name: '`detection` with a `condition`, mandatory',
      section: `${RULES}, Detection`,
      reads: [{ text: rule(''), as: { kind: 'detection' } }],
      refuses: [
        { text: 'title: x\nlogsource: {product: x}\n', code: 'not-sigma' },
        { text: 'title: x\nlogsource: {product: x}\ndetection: {s: {a: x}}', code: 'invalid-condition' },
        { text: 'title: x\nlogsource: {product: x}\ndetection: [a]', code: 'invalid-detection' },
        { ...refusal([], 'empty-selection') },
        { ...refusal({}, 'empty-selection') },
      ],
    },
    {
      name: '`taxonomy`: `sigma`; with another, fields are taken as they are written, and a warning says so',
      section: `${RULES}, Taxonomy`,
      reads: [{ text: rule('taxonomy: sigma'), as: { title: 'A rule' } }],
      refuses: [{ text: rule('taxonomy: ecs'), code: 'foreign-taxonomy', severity: 'warning' }],
    },
    {
      name: '`tags` in the namespaces `attack`, `car`, `cve`, `d3fend`, `detection`, `stp`, `tlp`; others get a warning',
      section: 'Tags, Namespaces',
      reads: [
        ...[
          'attack.t1496.003',
          'attack.g0016',
          'attack.s0002',
          'attack.ds0029',
          'attack.initial-access',
          'car.2016-04-005',
        ].map(tag),
        ...[
          'cve.2021-44228',
          'd3fend.d3-am',
          'd3fend.d3f-WindowsNtOpenFile',
          'd3fend.harden',
          'detection.dfir',
          'stp.4',
          'stp.3k',
        ].map(tag),
        ...['tlp.amber', 'tlp.amber-strict'].map(tag),
      ],
      refuses: ['atack.t1', 'attack', 'attack.T1059', 'TLP.red', 'attack.a b'].map((name) => ({
        text: rule(`tags: ['${name}']`),
        code: 'unknown-tag',
        severity: 'warning' as const,
      })),
    },
    {
      name: 'any other attribute',
      section: `${RULES}, File Structure`,
      reads: [{ text: rule('custom: {anything: [1, 2]}\nregression: x'), as: { title: 'A rule' } }],
    },
  ],
};
