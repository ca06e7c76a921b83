import { expect } from 'chai';
import fc from 'fast-check';
import type { Scalar } from '@tollgate/sigma/values/event';
import { indexGroups, type GroupIndex } from '../../../tools/detection/hunt/groups';
import type { HuntQuery } from '../../../tools/detection/hunt/types';
import { MatchStore } from '../../../tools/evidence/replay/matches';
import { QueryGroups } from '../../../tools/evidence/replay/query-groups';

const FIELDS = ['asset', 'block', 'number'];
const query = {
  groupBy: ['asset', 'block'],
  measures: { numbers: { how: 'distinct', field: 'number', of: 'sent', over: 'window' } },
  scope: { asset: 'asset', identity: null },
} as unknown as HuntQuery;
const selections = ['sent', 'passed'].map((selection, request) => ({ selection, request }));

type Line = { request: number; block: Scalar | string[] | null; number: string | null; occurrence: number };
const lines = (block: fc.Arbitrary<Line['block']>) =>
  fc.array(
    fc.record({
      request: fc.constantFrom(0, 1),
      block,
      number: fc.constantFrom('1', '2', null),
      occurrence: fc.constantFrom(0, 0, 1),
    }),
    { maxLength: 40 },
  );

function storeOf(all: Line[]): MatchStore {
  const request = { source: 's', plan: { expr: { op: 'and' as const, all: [] }, fields: [] }, fields: FIELDS };
  const store = new MatchStore([request, request], { occurrenceOf: (n) => all[n]!.occurrence });
  for (const [n, { request: number, block, number: value }] of all.entries())
    store.add(number, { event: n, time: n, ingested: n + 5, values: ['shop', block, value] });
  return store;
}

/** By the group's values, whatever it is called. */
function told({ groups, excluded }: GroupIndex) {
  const list = [...groups.values()].map(({ values, events }) => ({ values, events }));
  return { excluded, groups: list.sort((a, b) => (JSON.stringify(a.values) < JSON.stringify(b.values) ? -1 : 1)) };
}

describe('the groups of a query over columns', () => {
  const isSame = (all: Line[]) => {
    const store = storeOf(all);
    for (const occurrence of [0, 1]) {
      const matches = selections.map(({ selection, request }) => {
        return { selection, fields: FIELDS, matches: store.of(request, occurrence) };
      });
      expect(told(new QueryGroups(query, store, selections).of(occurrence))).to.deep.equal(
        told(indexGroups(query, matches)),
      );
    }
  };

  it('are those of the matches themselves', () => {
    fc.assert(fc.property(lines(fc.constantFrom('a', 'b', 1, '1', true, null)), isSame));
  });

  it('are so with lists of values', () => {
    fc.assert(fc.property(lines(fc.constantFrom<Line['block']>('a', ['a', 'b'], [], null)), isSame));
  });
});
