import type { DetectionRule, Rule } from '@tollgate/sigma/rules/model';
import type { HuntQuery } from '../../../tools/detection/hunt/types';
import { correlation, detection, equals, SHOP } from '../fixture';

const MINUTE = 60_000;

/** Every record is `seen`; every other one is bought, and the others are tried. */
const seen = detection('seen', equals('other', 'x'));
const bought = detection('bought', equals('action', 'buy'));
const tried = detection('tried', equals('action', 'try'));
export const PARTS: readonly DetectionRule[] = [seen, bought, tried];

const both = { rules: ['bought', 'tried'], timespanMs: 10 * MINUTE, condition: { gte: 2 } };

const hunt: HuntQuery = {
  id: 'hunt',
  title: 'A hunt',
  status: 'test',
  level: 'low',
  description: '',
  references: [],
  tags: [],
  file: 'hunt.yml',
  source: SHOP.id,
  scope: { asset: 'shop', identity: null },
  window: { defaultMs: 60 * MINUTE, maxMs: 1440 * MINUTE, settleMs: 0 },
  baselineMs: 23 * 60 * MINUTE,
  parameters: {},
  selections: { all: seen.plan },
  plan: seen.plan,
  groupBy: ['shop'],
  measures: {
    n: { how: 'count', of: 'all', over: 'window' },
    numbers: { how: 'distinct', field: 'number', of: 'all', over: 'window' },
    before: { how: 'count', of: 'all', over: 'baseline' },
  },
  derive: {},
  having: {
    op: '>=',
    left: { op: '*', left: { op: 'measure', name: 'n' }, right: { op: 'number', value: 12 } },
    right: { op: 'measure', name: 'before' },
  },
  sort: [{ by: 'n', descending: true }],
  schedule: { everyMs: 10 * MINUTE, delayMs: 0 },
  pivot: { before: '', after: '' },
};

/** A detector of each kind that counts all of the records. */
export const KINDS: Readonly<Record<string, Rule | HuntQuery>> = {
  events: seen,
  event_count: correlation('event_count', { rules: ['seen'] }),
  value_count: correlation('value_count', {
    type: 'value_count',
    rules: ['seen'],
    condition: { gte: 3, field: ['number'] },
  }),
  value_sum: correlation('value_sum', { type: 'value_sum', rules: ['seen'], condition: { gte: 1, field: ['price'] } }),
  temporal: correlation('temporal', { type: 'temporal', ...both }),
  temporal_ordered: correlation('temporal_ordered', { type: 'temporal_ordered', ...both }),
  hunt,
};
