import { expect } from 'chai';
import fc from 'fast-check';
import { alertsWithEach, huntAlerts, type HuntAlerts, type HuntView } from '../../../tools/detection/hunt/alerts';
import { fieldsNeeded, groupKeys, indexGroups, type HuntInput } from '../../../tools/detection/hunt/groups';
import type { HuntQuery } from '../../../tools/detection/hunt/types';
import { HOUR, inputs, MINUTE, query, type TestEvent } from './fixture';

const NOON = Date.UTC(2026, 7, 4, 12);

/** Every kind of measure over both parts of the window; found now and then, whatever comes. */
const everyMeasure = query({
  window: '{default: 30m, max: 1d, settle: 5m}',
  baseline: '{length: 1h}',
  'group-by': '[destination.country]',
  measures:
    '{sends: {count: sent}, codes: {distinct: otp.id, of: sent}, verified: {distinct: otp.id, of: sent, also: passed},' +
    ' spent: {sum: price, of: sent}, dearest: {max: price, of: sent}, cheapest: {min: price, of: sent}, usual: {avg: price, of: sent},' +
    ' middle: {percentile: price, at: 50, of: sent}, pace: {gap: sent, at: 50}, before: {count: sent, over: baseline}, codes_before: {distinct: otp.id, of: sent, over: baseline},' +
    ' verified_before: {distinct: otp.id, of: sent, also: passed, over: baseline}, spent_before: {sum: price, of: sent, over: baseline}}',
  derive: `{unused: codes - verified, limit: 'count_limit(before / 2, $spread, 0.3)', room: limit + 0}`,
  parameters:
    '{spread: {type: number, default: 0.3, range: [0, 1], unit: share, description: How much it varies.}, few: {type: integer, default: 2, range: [1, 9], unit: codes, description: Fewest that are found.}}',
  having:
    'unused >= $few and sends >= room and spent + usual >= middle and verified_before <= codes_before and (pace < 900 or spent > 3)',
  schedule: '{every: 10m, delay: 1m}',
});

const unscheduled: HuntQuery = { ...everyMeasure };
delete unscheduled.schedule;
const plain = query({
  window: '{default: 30m, max: 1d, settle: 5m}',
  baseline: null,
  'group-by': '[destination.country]',
  measures: '{sends: {count: sent}, passes: {count: passed}}',
  derive: null,
  parameters: null,
  having: 'sends >= 2',
});

/** `owner`: whose it is, 0 for what all have in common. */
const anyEvents = fc.array(
  fc.record({
    owner: fc.constantFrom(0, 0, 0, 1, 2),
    selection: fc.constantFrom('sent', 'sent', 'passed'),
    minute: fc.integer({ min: -100, max: 150 }),
    lag: fc.constantFrom(0, 0, 7, 60),
    country: fc.constantFrom('AZ', 'UZ', null),
    code: fc.constantFrom('1', '2', '3', '4', ['1', '5'], null),
    price: fc.constantFrom(0.1, 0.2, 0.7, 3, null),
  }),
  { minLength: 15, maxLength: 60 },
);

const anyViews = fc.array(
  fc.record({
    owners: fc.constantFrom<number[]>([], [1], [2], [1, 2]),
    touching: fc.constantFrom(null, 1, 2),
    from: fc.integer({ min: 0, max: 12 }),
    length: fc.integer({ min: 0, max: 12 }),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Of several rows that came as near as each other any may be told. */
function told({ nearest, ...answer }: HuntAlerts) {
  return { ...answer, nearness: nearest?.nearness };
}

describe('the branches and settings of a query in one pass', () => {
  for (const [name, of, unit] of [
    ['every measure', everyMeasure, 10 * MINUTE],
    ['a count alone', plain, 10 * MINUTE],
    ['no schedule', unscheduled, 30 * MINUTE],
  ] as const)
    it(`give what each gives by itself, with ${name}`, () => {
      let found = 0;
      fc.assert(
        fc.property(anyEvents, anyViews, (drawn, views) => {
          const events = drawn.map(({ selection, minute, lag, country, code, price }): TestEvent => {
            const time = NOON + minute * MINUTE;
            const values = {
              'otp.id': code,
              price,
              'destination.country': country,
              'asset.id': 'shop',
              'client.ip': null,
            };
            return { selection, time, ingested: time + lag * MINUTE, values };
          });
          const given = inputs(of, fieldsNeeded(of), events);
          const partOf = (owners: number[]): HuntInput[] =>
            given.map((input) => ({
              ...input,
              matches: input.matches.filter(({ event }) => owners.includes(drawn[event]!.owner)),
            }));
          const periods = views.map(({ touching, from, length }) => ({
            start: NOON + from * unit,
            end: Math.min(NOON + 4 * HOUR, NOON + (from + length) * unit),
            ...(touching !== null && { groups: groupKeys(of, partOf([touching])) }),
          }));
          const asked = views.map(({ owners }, place): HuntView => {
            return { ...periods[place]!, own: owners.map((owner) => indexGroups(of, partOf([owner]))) };
          });
          const settings: Record<string, number>[] =
            of === plain ? [{}] : [{}, { few: 1 }, { spread: 0, few: 3 }, { spread: 1 }];
          const alone = settings.map((parameters) =>
            views.map(({ owners }, place) =>
              huntAlerts(of, partOf([0, ...owners]), { ...periods[place]!, parameters }),
            ),
          );
          found += alone.flat().filter(({ alerts }) => alerts.length > 0).length;
          const together = alertsWithEach(of, indexGroups(of, partOf([0])), asked, settings);
          expect(together.map((each) => each.map(told))).to.deep.equal(alone.map((each) => each.map(told)));
        }),
        { numRuns: 300 },
      );
      expect(found).to.be.above(5);
    });

  it('refuses periods that have no ticks in common', () => {
    const views = [NOON, NOON + 7 * MINUTE].map((start): HuntView => ({ start, end: start + 2 * HOUR, own: [] }));
    expect(() => alertsWithEach(unscheduled, indexGroups(unscheduled, []), views, [{}])).to.throw(RangeError);
  });
});
