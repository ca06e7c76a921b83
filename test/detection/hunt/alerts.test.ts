import { expect } from 'chai';
import fc from 'fast-check';
import { tupleKey } from '@tollgate/sigma/correlate/tuples';
import type { Alert } from '@tollgate/sigma/correlate/types';
import { alertsIn, huntAlerts } from '../../../tools/detection/hunt/alerts';
import { fieldsNeeded, groupKeys, indexGroups, type HuntInput } from '../../../tools/detection/hunt/groups';
import { reachOf, runsIn } from '../../../tools/detection/hunt/runs';
import type { HuntQuery } from '../../../tools/detection/hunt/types';
import { HOUR, inputs, MINUTE, query, type TestEvent } from './fixture';
import { naiveHunt } from './oracle';

const NOON = Date.UTC(2026, 7, 4, 12);

function send(minute: number, country = 'AZ', lag = 0): TestEvent {
  const time = NOON + minute * MINUTE;
  return {
    selection: 'sent',
    time,
    ingested: time + lag * MINUTE,
    values: {
      'otp.id': `${country}${minute}`,
      'destination.country': country,
      'asset.id': 'shop',
      'client.ip': '192.0.2.1',
    },
  };
}

const scheduled = query({
  window: '{default: 30m, max: 1d, settle: 5m}',
  baseline: '{length: 1h}',
  'group-by': '[destination.country]',
  measures: '{sends: {count: sent}, before: {count: sent, over: baseline}, ok: {count: passed}}',
  derive: null,
  having: 'sends >= $min_sends and before < 2',
  schedule: '{every: 10m, delay: 1m}',
});

/** Found as often as there are sends: no baseline keeps it quiet after the first time. */
const repeating: HuntQuery = {
  ...scheduled,
  having: scheduled.having.op === 'and' ? scheduled.having.left : scheduled.having,
};

const inMinutes = (time: number): number => (time - NOON) / MINUTE;

function replay(events: TestEvent[], hours = 4, of: HuntQuery = scheduled) {
  return huntAlerts(of, inputs(of, fieldsNeeded(of), events), { start: NOON, end: NOON + hours * HOUR });
}

/** Every run by the naive hunt, and its findings joined into episodes. */
function naiveAlerts(
  of: HuntQuery,
  given: HuntInput[],
  period: { start: number; end: number },
): Omit<Alert, 'events' | 'value'>[] {
  const episodes: (Omit<Alert, 'events' | 'value'> & { run: number })[] = [];
  runsIn(of, period).forEach((run, number) => {
    for (const { group } of naiveHunt(of, given, run)) {
      const open = episodes.find(
        (each) => each.run === number - 1 && JSON.stringify(each.group) === JSON.stringify(group),
      );
      if (open) Object.assign(open, { run: number, end: run.at });
      else episodes.push({ group, start: run.at, end: run.at, visible: run.at, run: number });
    }
  });
  return episodes.map(({ group, start, end, visible }) => ({ group, start, end, visible }));
}

describe('replaying a query on its schedule', () => {
  it('runs at each tick, delay later, over a window that ends settle before the tick', () => {
    const runs = runsIn(scheduled, { start: NOON, end: NOON + 25 * MINUTE });
    expect(runs.map(({ at, from, to }) => [at, from, to].map(inMinutes))).to.deep.equal([
      [1, -35, -5],
      [11, -25, 5],
      [21, -15, 15],
    ]);
  });

  it('keeps its ticks wherever the period begins', () => {
    const runs = runsIn(scheduled, { start: NOON + 3 * MINUTE, end: NOON + 11 * MINUTE });
    expect(runs.map(({ at }) => inMinutes(at))).to.deep.equal([11]);
  });

  it('runs once a window where it has no schedule', () => {
    const { schedule, ...unscheduled } = scheduled;
    expect(schedule).to.not.equal(undefined);
    const runs = runsIn(unscheduled, { start: NOON, end: NOON + 70 * MINUTE });
    expect(runs.map(({ at, from, to }) => [at, from, to].map(inMinutes))).to.deep.equal([
      [35, 0, 30],
      [65, 30, 60],
    ]);
  });

  it('refuses a period of too many runs', () => {
    expect(() => runsIn(scheduled, { start: 0, end: 1e16 })).to.throw(RangeError);
  });

  it('joins the findings of consecutive runs into one episode, visible from its first run', () => {
    const { alerts } = replay([send(1), send(2), send(3)]);
    expect(alerts).to.have.length(1);
    const [{ group, start, end, visible, value, events }] = alerts as [Alert];
    expect(group).to.deep.equal({ 'destination.country': 'AZ' });
    // The first window that holds all three ends at 5; the last one begins at −5 or 1 at the latest: at tick 30.
    expect([start, end, visible].map(inMinutes)).to.deep.equal([11, 31, 11]);
    expect(value).to.equal(3);
    expect(events).to.deep.equal([0, 1, 2]);
  });

  it('begins a new episode after a run without a finding', () => {
    const { alerts } = replay([send(1), send(2), send(3), send(201), send(202), send(203)]);
    expect(alerts.map(({ start }) => inMinutes(start))).to.deep.equal([11, 211]);
    expect(alerts.map(({ events }) => events)).to.deep.equal([
      [0, 1, 2],
      [3, 4, 5],
    ]);
  });

  it('begins a new episode after a run with a row that is no finding', () => {
    const { alerts } = replay([send(1), send(2), send(3), send(40), send(61), send(62), send(63)], 4, repeating);
    expect(alerts.map(({ start, end }) => [start, end].map(inMinutes))).to.deep.equal([
      [11, 31],
      [71, 91],
    ]);
  });

  it('takes in the events that arrive during an episode, and not those that only the baseline holds', () => {
    const { alerts } = replay([send(-40), send(1), send(2), send(3), send(14), send(90)]);
    expect(alerts).to.have.length(1);
    expect(alerts[0]!.events).to.deep.equal([1, 2, 3, 4]);
  });

  it('sees an event only once it was ingested', () => {
    const { alerts } = replay([send(1), send(2), send(3, 'AZ', 15)]);
    expect(alerts.map(({ start }) => inMinutes(start))).to.deep.equal([21]);
  });

  it('tells the row that came nearest, and how many rows there were', () => {
    const { alerts, nearest, rows } = replay([send(1), send(2), send(3, 'UZ')]);
    expect(alerts).to.deep.equal([]);
    expect(nearest!.nearness).to.be.closeTo(2 / 3, 1e-9);
    expect(nearest!.row).to.deep.equal({
      group: { 'destination.country': 'AZ' },
      values: { sends: 2, before: 0, ok: 0 },
    });
    expect(rows).to.be.greaterThan(2);
    expect(replay([]).nearest).to.equal(null);
  });

  it('tells of each group how near it came at its nearest', () => {
    const events = [send(1), send(2), send(3, 'UZ'), send(4, 'KZ'), send(5, 'KZ'), send(6, 'KZ')];
    const near = new Map<string, number>();
    const index = indexGroups(scheduled, inputs(scheduled, fieldsNeeded(scheduled), events));
    alertsIn(scheduled, [index], { start: NOON, end: NOON + 4 * HOUR, near });
    expect([...near.values()].sort((a, b) => a - b).map((value) => Math.round(value * 100))).to.deep.equal([
      33, 67, 100,
    ]);
  });

  it('names the span in which an event can matter', () => {
    const { before, after } = reachOf(scheduled);
    const events = [send(1), send(2), send(3)];
    const { alerts } = replay(events);
    expect(alerts[0]!.end).to.be.at.most(events[2]!.time + after);
    expect(before).to.equal(96 * MINUTE);
  });

  const anyEvents = fc.array(
    fc.record({
      minute: fc.integer({ min: -100, max: 150 }),
      country: fc.constantFrom('AZ', 'UZ'),
      lag: fc.constantFrom(0, 0, 7, 60),
    }),
    { maxLength: 25 },
  );

  it('agrees with running it by its definition at every tick', () => {
    fc.assert(
      fc.property(anyEvents, fc.constantFrom(scheduled, repeating), (drawn, of) => {
        const events = drawn.map(({ minute, country, lag }) => send(minute, country, lag));
        const given = inputs(of, fieldsNeeded(of), events);
        const period = { start: NOON, end: NOON + 4 * HOUR };
        const alerts = huntAlerts(of, given, period).alerts.map(({ group, start, end, visible }) => ({
          group,
          start,
          end,
          visible,
        }));
        expect(alerts).to.have.deep.members(naiveAlerts(of, given, period));
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same for the groups that a campaign touches, from two indexes, as for all events at once', () => {
    fc.assert(
      fc.property(anyEvents, anyEvents, (ordinary, campaign) => {
        const made = [...ordinary, ...campaign].map(({ minute, country, lag }) => send(minute, country, lag));
        const given = inputs(scheduled, fieldsNeeded(scheduled), made);
        const part = (own: (event: number) => boolean): HuntInput[] =>
          given.map((input) => ({ ...input, matches: input.matches.filter(({ event }) => own(event)) }));
        const [first, second] = [part((n) => n < ordinary.length), part((n) => n >= ordinary.length)];
        const period = { start: NOON, end: NOON + 4 * HOUR };
        const groups = groupKeys(scheduled, second);
        const together = alertsIn(scheduled, [indexGroups(scheduled, first), indexGroups(scheduled, second)], {
          ...period,
          groups,
        });
        expect(together.alerts).to.deep.equal(huntAlerts(scheduled, given, { ...period, groups }).alerts);
        const touched = huntAlerts(scheduled, given, period).alerts.filter(({ group }) =>
          groups.has(tupleKey(Object.values(group))),
        );
        expect(together.alerts).to.deep.equal(touched);
      }),
    );
  });
});
