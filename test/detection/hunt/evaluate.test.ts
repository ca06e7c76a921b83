import { expect } from 'chai';
import fc from 'fast-check';
import { Failure } from '../../../tools/foundation/content/failure';
import { evaluateHunt } from '../../../tools/detection/hunt/evaluate';
import { fieldsNeeded, groupKeys } from '../../../tools/detection/hunt/groups';
import type { HuntQuery } from '../../../tools/detection/hunt/types';
import { DAY, HOUR, inputs, MINUTE, query, type TestEvent } from './fixture';
import { naiveHunt } from './oracle';

const NOON = Date.UTC(2026, 7, 4, 12);

/** A send (`s`) or a verification (`v`) of a code, some minutes after noon. */
function event(kind: 's' | 'v', minute: number, id: string, more: TestEvent['values'] = {}): TestEvent {
  return {
    selection: kind === 's' ? 'sent' : 'passed',
    time: NOON + minute * MINUTE,
    values: {
      'otp.id': id,
      'destination.country': 'AZ',
      'destination.block': '+99400010',
      'asset.id': 'shop',
      'client.ip': '198.51.100.7',
      ...more,
    },
  };
}

function hunt(of: HuntQuery, events: TestEvent[], options: Partial<Parameters<typeof evaluateHunt>[2]> = {}) {
  const run = { at: NOON + 2 * HOUR, from: NOON, to: NOON + HOUR, ...options };
  return evaluateHunt(of, inputs(of, fieldsNeeded(of), events), run);
}

/** A query whose every group is found. */
const all = query({ having: 'sends >= 0', parameters: null });

describe('evaluating a query', () => {
  it('asks the engine for its group, measured and scope fields', () => {
    expect(fieldsNeeded(all)).to.deep.equal([
      'destination.country',
      'destination.block',
      'otp.id',
      'asset.id',
      'client.ip',
    ]);
  });

  it('takes the window from its start on and up to its end, without the end', () => {
    const at = (minute: number): number => hunt(all, [event('s', minute, 'a')]).rows[0]?.values['sends'] ?? 0;
    expect(at(-1 / MINUTE)).to.equal(0);
    expect(at(0)).to.equal(1);
    expect(at(60 - 1 / MINUTE)).to.equal(1);
    expect(at(60)).to.equal(0);
  });

  it('takes the baseline up to where the window begins', () => {
    const before = (minute: number): number => hunt(all, [event('s', minute, 'a')]).rows[0]?.values['before'] ?? 0;
    expect(before(-1 / MINUTE)).to.equal(1);
    expect(before(0)).to.equal(0);
    expect(before(-DAY / MINUTE)).to.equal(1);
    expect(before(-DAY / MINUTE - 1 / MINUTE)).to.equal(0);
  });

  it('does not count sends that have not settled', () => {
    const events = [event('s', 10, 'a'), event('s', 45, 'b')];
    const early = hunt(all, events, { at: NOON + 50 * MINUTE });
    expect(early.rows[0]!.values['sends']).to.equal(1);
    expect(early.run.to).to.equal(NOON + 40 * MINUTE);
    expect(hunt(all, events, { at: NOON + 56 * MINUTE }).rows[0]!.values['sends']).to.equal(2);
    expect(hunt(all, events, { at: NOON }).rows).to.deep.equal([]);
  });

  it('counts a verification of a counted send until the code dies, and none of any other send', () => {
    const verified = (...events: TestEvent[]): (number | null)[] => {
      const { codes, verified: count, conversion } = hunt(all, events).rows[0]!.values;
      return [codes!, count!, conversion!];
    };
    expect(verified(event('s', 59, 'a'), event('v', 61, 'a'))).to.deep.equal([1, 1, 1]);
    expect(verified(event('s', 59, 'a'), event('v', 70, 'a'))).to.deep.equal([1, 0, 0]);
    expect(verified(event('s', 30, 'b'), event('s', -1, 'a'), event('v', 1, 'a'))).to.deep.equal([1, 0, 0]);
    expect(verified(event('s', 30, 'b'), event('s', 60, 'a'), event('v', 61, 'a'))).to.deep.equal([1, 0, 0]);
    expect(verified(event('s', 30, 'a'), event('s', 31, 'a'), event('v', 32, 'a'), event('v', 33, 'a'))).to.deep.equal([
      1, 1, 1,
    ]);
  });

  it('gives no row for a group whose events are in no measure', () => {
    expect(hunt(all, [event('v', 30, 'a')]).rows).to.deep.equal([]);
    expect(hunt(all, [event('s', 30, 'a')]).rows).to.have.length(1);
  });

  it('does not see what was ingested after the run', () => {
    const late = { ...event('s', 10, 'a'), ingested: NOON + 3 * HOUR };
    expect(hunt(all, [late]).rows).to.deep.equal([]);
    expect(hunt(all, [late], { at: NOON + 3 * HOUR }).rows).to.have.length(1);
  });

  it('leaves out and counts events that lack a group field', () => {
    const answer = hunt(all, [event('s', 1, 'a', { 'destination.country': null }), event('s', 2, 'b')]);
    expect(answer.excluded).to.equal(1);
    expect(answer.rows[0]!.values['sends']).to.equal(1);
  });

  it('takes a number and its text for one group value, and for one value of a count', () => {
    const events = [event('s', 1, 'a', { 'destination.block': 5 }), event('s', 2, 'b', { 'destination.block': '5' })];
    expect(hunt(all, events).rows.map(({ group }) => group['destination.block'])).to.deep.equal([5]);
  });

  it('is limited to an asset and an identity by value', () => {
    const events = [
      event('s', 1, 'a'),
      event('s', 2, 'b', { 'asset.id': 'other' }),
      event('s', 3, 'c', { 'client.ip': '192.0.2.1' }),
    ];
    const sends = (scope: { asset?: string; identity?: string }): number =>
      hunt(all, events, { scope }).rows[0]?.values['sends'] ?? 0;
    expect(sends({})).to.equal(3);
    expect(sends({ asset: 'shop' })).to.equal(2);
    expect(sends({ asset: 'shop', identity: '198.51.100.7' })).to.equal(1);
    expect(sends({ asset: '*' })).to.equal(0);
    expect(sends({ asset: 'shop" or "1"="1' })).to.equal(0);
  });

  it('takes parameters, and refuses those that it does not know or that do not fit', () => {
    const limited = query();
    const events = [event('s', 1, 'a'), event('s', 2, 'b')];
    expect(hunt(limited, events).rows).to.deep.equal([]);
    expect(hunt(limited, events, { parameters: { min_sends: 2 } }).rows).to.have.length(1);
    expect(() => hunt(limited, events, { parameters: { min_send: 2 } })).to.throw(Failure, /no parameter 'min_send'/);
    expect(() => hunt(limited, events, { parameters: { min_sends: 2.5 } })).to.throw(Failure, /whole number/);
    expect(() => hunt(limited, events, { parameters: { constructor: 1 } })).to.throw(Failure);
  });

  it('sorts by its measures, nulls last, then by the group', () => {
    const sorted = query({
      measures: '{sends: {count: sent}, price: {max: price, of: sent}, v: {count: passed}}',
      derive: null,
      having: 'sends >= $min_sends',
      sort: '[-price, sends]',
    });
    const sends = (country: string, count: number, price: number | null): TestEvent[] =>
      Array.from({ length: count }, (_, i) =>
        event('s', i, `${country}${i}`, { 'destination.country': country, price }),
      );
    const events = [
      ...sends('D', 3, null),
      ...sends('C', 4, 2),
      ...sends('B', 3, 2),
      ...sends('A', 3, 2),
      ...sends('E', 3, 9),
    ];
    expect(hunt(sorted, events).rows.map(({ group }) => group['destination.country'])).to.deep.equal([
      'E',
      'A',
      'B',
      'C',
      'D',
    ]);
  });

  it('measures numbers', () => {
    const measuring = query({
      measures:
        '{sends: {count: sent}, total: {sum: price, of: sent}, mean: {avg: price, of: sent}, least: {min: price, of: sent}, most: {max: price, of: sent}, p50: {percentile: price, at: 50, of: sent}, p90: {percentile: price, at: 90, of: sent}, none: {avg: price, of: passed}, zero: {sum: price, of: passed}}',
      derive: null,
      having: 'sends >= $min_sends',
    });
    const events = [0.1, 0.2, 0.3, 0.4, null].map((price, i) => event('s', i, `${i}`, { price }));
    const { values } = hunt(measuring, events).rows[0]!;
    expect(values['total']).to.equal(1);
    expect(values).to.include({
      sends: 5,
      mean: 0.25,
      least: 0.1,
      most: 0.4,
      p50: 0.25,
      p90: 0.37,
      none: null,
      zero: 0,
    });
  });

  it('measures the seconds between one event and the next', () => {
    const measuring = query({
      measures:
        '{sends: {count: sent}, g25: {gap: sent, at: 25}, g50: {gap: sent, at: 50}, g75: {gap: sent, at: 75}, one: {gap: passed, at: 50}}',
      derive: null,
      having: 'sends >= $min_sends',
    });
    const at = (...minutes: number[]): TestEvent[] => minutes.map((minute, i) => event('s', minute, `${i}`));
    // numpy.quantile([0, 60, 120, 120, 600], [.25, .5, .75]) gives 60, 120, 120.
    expect(hunt(measuring, [...at(16, 1, 4, 1, 2, 6), event('v', 9, 'a')]).rows[0]!.values).to.deep.equal({
      sends: 6,
      g25: 60,
      g50: 120,
      g75: 120,
      one: null,
    });
    expect(hunt(measuring, at(3, 3.5, 5)).rows[0]!.values).to.include({ g25: 45, g50: 60, g75: 75 });
  });

  it('lists the groups that events touch', () => {
    const events = [event('s', 1, 'a'), event('v', 2, 'a'), event('s', 3, 'b', { 'destination.country': 'UZ' })];
    expect([...groupKeys(all, inputs(all, fieldsNeeded(all), events))]).to.have.members([
      '["AZ","+99400010"]',
      '["UZ","+99400010"]',
    ]);
  });

  const anyEvent = fc.record({
    kind: fc.constantFrom('s', 'v') as fc.Arbitrary<'s' | 'v'>,
    minute: fc.integer({ min: -100, max: 100 }),
    lag: fc.integer({ min: 0, max: 30 }),
    id: fc.constantFrom('a', 'b', 'c'),
    country: fc.constantFrom('AZ', 'UZ', null),
    price: fc.option(fc.integer({ min: -5, max: 5 })),
  });
  const manyMeasures = query({
    window: '{default: 30m, max: 1d, settle: 10m}',
    baseline: '{length: 45m}',
    measures:
      '{sends: {count: sent}, codes: {distinct: otp.id, of: sent}, verified: {distinct: otp.id, of: sent, also: passed}, before: {distinct: otp.id, of: sent, also: passed, over: baseline}, total: {sum: price, of: passed, over: baseline}, mean: {avg: price, of: sent}, most: {max: price, of: sent}, p: {percentile: price, at: 30, of: sent}, gap: {gap: sent, at: 25}, gap_before: {gap: passed, at: 60, over: baseline}}',
    derive: '{conversion: verified / codes, odd: total / (mean - 1)}',
    having: 'sends >= $min_sends and conversion < 0.8 or odd > 2 or not most > 0',
    parameters:
      '{min_sends: {type: integer, default: 1, unit: messages, description: Fewest messages that say something.}}',
    'group-by': '[destination.country]',
  });

  it('agrees with its definition, on any events', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), fc.integer({ min: 0, max: 60 }), (drawn, minute) => {
        const events = drawn.map(({ kind, minute: at, lag, id, country, price }) => {
          const made = event(kind, at, id, { 'destination.country': country, price });
          return { ...made, ingested: made.time + lag * MINUTE };
        });
        const given = inputs(manyMeasures, fieldsNeeded(manyMeasures), events);
        const run = { at: NOON + minute * MINUTE, from: NOON - 20 * MINUTE, to: NOON + 30 * MINUTE };
        const { rows } = evaluateHunt(manyMeasures, given, run);
        expect(rows).to.have.deep.members(naiveHunt(manyMeasures, given, run));
      }),
      { numRuns: 300 },
    );
  });
});
