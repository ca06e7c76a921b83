import { expect } from 'chai';
import { sentinel } from '../../../tools/export/sentinel';
import { beyondLimits, LIMITS, LIMIT_PAGES } from '../../../tools/export/sentinel/limits';
import type { ScheduledRule } from '../../../tools/export/sentinel/scheduled-rule';
import type { WholeContent } from '../../../tools/export/target';
import { CONTRACTS, correlation, detection, equals } from '../fixture';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const RULE: ScheduledRule = {
  id: '8b7f9a52-2f4c-4a19-9c62-9f0a9c1b7d10',
  name: 'many_codes',
  title: 'Many codes',
  description: 'What it sees.',
  severity: 'Medium',
  query: 'T | where x == 1',
  frequencyMs: 5 * MINUTE,
  periodMs: HOUR,
  tactics: ['Impact'],
  techniques: ['T1496'],
  entityMappings: [{ entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'ip' }] }],
  customDetails: { ip: 'ip' },
};

const ip = (columnName: string) => ({ identifier: 'Address', columnName });

describe("the validator of Sentinel's limits", () => {
  const wrong = (more: Partial<ScheduledRule>): string => beyondLimits({ ...RULE, ...more }).join(' ');

  it('finds nothing wrong with a rule that is at every limit', () => {
    expect(wrong({})).to.equal('');
    const entity = { entityType: 'IP' as const, fieldMappings: [ip('a'), ip('b'), ip('c')] };
    const details = Array.from({ length: 20 }, (_, n) => [`detail_of_20_chars_${String.fromCharCode(97 + n)}`, 'ip']);
    const limit: Partial<ScheduledRule> = {
      title: 't'.repeat(256),
      description: 'd'.repeat(5000),
      query: 'q'.repeat(10_000),
      frequencyMs: 14 * DAY,
      periodMs: 14 * DAY,
      entityMappings: Array.from({ length: 10 }, () => entity),
      customDetails: Object.fromEntries(details) as Record<string, string>,
      techniques: ['T1496', 'T1496.003'],
      severity: 'Informational',
    };
    expect(wrong(limit)).to.equal('');
    expect(wrong({ frequencyMs: HOUR, periodMs: 2 * DAY })).to.equal('');
    expect(wrong({ periodMs: 2 * DAY - MINUTE })).to.equal('');
  });

  for (const [what, more, said] of [
    ['a title', { title: 't'.repeat(257) }, /title has 257 characters/],
    ['no title', { title: '' }, /title has 0/],
    ['a description', { description: 'd'.repeat(5001) }, /description has 5001/],
    ['a severity', { severity: 'Critical' as 'High' }, /severity is Critical/],
    ['a query', { query: 'q'.repeat(10_001) }, /query has 10001 characters/],
    ['no query', { query: '' }, /query has 0/],
    ['all tables', { query: 'union * | take 1' }, /reads all tables/],
    ['a frequency', { frequencyMs: 4 * MINUTE }, /runs more often/],
    ['parts of minutes', { periodMs: HOUR + 1 }, /no whole minutes/],
    ['a lookback', { frequencyMs: HOUR, periodMs: 14 * DAY + MINUTE }, /more than 14 days/],
    ['a lookback that is too short', { periodMs: 3 * MINUTE }, /less than 5 minutes.*less far/],
    ['gaps', { frequencyMs: 2 * HOUR }, /less far than from run to run/],
    ['a long lookback often', { periodMs: 2 * DAY }, /more often than once an hour/],
    ['a tactic', { tactics: ['Defense Evasion'] }, /no tactic Defense Evasion/],
    ['a technique', { techniques: ['t1496'] }, /t1496 is not the number of a technique/],
    ['techniques without a tactic', { tactics: [] }, /techniques without a tactic/],
    ['entities', { entityMappings: Array.from({ length: 11 }, () => RULE.entityMappings[0]!) }, /has 11 entities/],
    [
      'identifiers',
      { entityMappings: [{ entityType: 'IP', fieldMappings: ['a', 'b', 'c', 'd'].map(ip) }] },
      /has 4 identifiers/,
    ],
    ['no identifier', { entityMappings: [{ entityType: 'IP', fieldMappings: [] }] }, /has 0 identifiers/],
    [
      'a weak identifier',
      { entityMappings: [{ entityType: 'Account', fieldMappings: [{ identifier: 'NTDomain', columnName: 'x' }] }] },
      /no identifier that Sentinel tells it by/,
    ],
    [
      'details',
      { customDetails: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`d${n}`, 'ip'])) },
      /has 21 custom details/,
    ],
    ['the name of a detail', { customDetails: { destination_block_of_1: 'ip' } }, /called destination_block_of_1/],
    ['a column of a detail', { customDetails: { ip: '["ip"]' } }, /read from \["ip"\]/],
  ] as [string, Partial<ScheduledRule>, RegExp][])
    it(`finds ${what} beyond them`, () => expect(wrong(more)).to.match(said));

  it('says where each limit comes from', () => {
    expect(Object.keys(LIMIT_PAGES)).to.have.members(Object.keys(LIMITS));
    for (const page of Object.values(LIMIT_PAGES)) expect(page).to.match(/^https:\/\/(learn\.microsoft|github)\.com\//);
  });

  it('keeps what is beyond them out of the folder, with the reason', () => {
    const bought = detection('bought', equals('action', 'buy'));
    const title = 'x'.repeat(300);
    const long = correlation('long', { timespanMs: 7 * DAY });
    const wordy = detection('wordy', equals('action', 'x'.repeat(10_000)));
    const rules = [bought, long, wordy, detection('titled', equals('action', 'a'), { title })];
    const content = { rules, queries: [], incidents: [], contracts: CONTRACTS, acts: new Map(), shapes: [] };
    const { entries, files } = sentinel({ ...content, written: { documents: [], placeholders: {} } } as WholeContent);
    const reasons = new Map(entries.map(({ rule, differences }) => [rule.id, differences.join(' ')]));
    expect(reasons.get('long')).to.match(/needs the 14\.\d days before, and a scheduled rule looks back 14 days/);
    expect(reasons.get('wordy')).to.match(/query has 10\d{3} characters/);
    expect(reasons.get('titled')).to.match(/title has 300 characters/);
    expect([...files.keys()].filter((path) => path.startsWith('analytic-rules/'))).to.deep.equal([]);
    expect(JSON.parse(files.get('arm/analytic-rules.json')!)).to.deep.include({ resources: [] });
    expect(files.get('README.md')).to.match(/\| Rule long \| - \| refused \| It needs the 14\.\d days/);
  });
});
