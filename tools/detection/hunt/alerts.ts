import { tupleKey } from '@tollgate/sigma/correlate/tuples';
import type { Alert } from '@tollgate/sigma/correlate/types';
import { bindParameters } from './evaluate';
import { RowTests, type TestedRow } from './row-tests';
import { heldBy, indexGroups, type GroupEvent, type GroupIndex, type HuntGroup, type HuntInput } from './groups';
import { runsIn } from './runs';
import { sweepBranches, type Branch, type SteadyRuns } from './sweep';
import type { Tally } from './tally';
import { Timetable } from './timetable';
import type { HuntQuery, HuntRow, HuntRun } from './types';

export interface HuntAlerts {
  /** Episodes in the order of their start. */
  alerts: Alert[];
  /** Events left out because a group field has no value. */
  excluded: number;
  /** How many rows the runs had, found or not: the groups of each run. */
  rows: number;
  /** The row that came nearest to `having` (see `nearness`), any of several that came as near; null where there was none. */
  nearest: { nearness: number; at: number; row: HuntRow } | null;
}

export interface HuntPeriod {
  /** The query is run from `start` to `end` (epoch ms), see `runsIn`. */
  start: number;
  end: number;
  parameters?: Record<string, number>;
  /** Only these groups (see `groupKeys`); all where it is left out. */
  groups?: ReadonlySet<string>;
  /** Gets for each group the nearest that it came to `having`, see `nearness`. */
  near?: Map<string, number>;
}

/**
 * Replays a query as its schedule would have run it. A row for which `having` is true is a finding; the findings of one group in
 * consecutive runs are one episode. An episode's start and end are its first and last run, it is visible from
 * its first, its value is the first measure at that run, and its events are those in its windows, not those of the baseline.
 */
export function huntAlerts(query: HuntQuery, inputs: HuntInput[], period: HuntPeriod): HuntAlerts {
  return alertsIn(query, [indexGroups(query, inputs)], period);
}

/** The same over several indexes together, such as ordinary traffic's, made once, and one campaign's. */
export function alertsIn(
  query: HuntQuery,
  [common, ...own]: [GroupIndex, ...GroupIndex[]],
  { parameters, ...period }: HuntPeriod,
): HuntAlerts {
  return alertsWithEach(query, common, [{ ...period, own }], [parameters ?? {}])[0]![0]!;
}

/** What is looked at beside what is common to all. */
export interface HuntView extends Omit<HuntPeriod, 'parameters'> {
  own: GroupIndex[];
}

/**
 * For each setting of the query's parameters, and each view, what `alertsIn` gives with the common events and the view's own, in one pass over
 * the common ones. The views' runs must be at the same ticks, as those of a schedule are; throws a `RangeError` where they are not.
 */
export function alertsWithEach(
  query: HuntQuery,
  common: GroupIndex,
  views: HuntView[],
  settings: Record<string, number>[],
): HuntAlerts[][] {
  const start = Math.min(...views.map((view) => view.start));
  const end = Math.max(...views.map((view) => view.end));
  const timetable = new Timetable(query, runsIn(query, { start, end }));
  const tests = new RowTests(
    query,
    settings.map((given) => bindParameters(query, given)),
  );
  const spans = views.map((view) => spanOf(runsIn(query, view), timetable.runs));
  const answers = tests.settings.map(() =>
    views.map(({ own }): HuntAlerts => {
      const excluded = [common, ...own].reduce((sum, index) => sum + index.excluded, 0);
      return { alerts: [], excluded, rows: 0, nearest: null };
    }),
  );
  for (const [key, places] of placesByGroup(common, views)) {
    const shared = common.groups.get(key);
    const events = shared?.events ?? [];
    const weighted = events.filter(standsForSeveral);
    const followers: { follower: GroupFollower; place: number }[] = [];
    const branches: Branch[] = [];
    for (const place of places) {
      const parts = views[place]!.own.flatMap((index) => index.groups.get(key) ?? []);
      const values = (shared ?? parts[0])?.values;
      if (values === undefined) continue;
      const own = parts.length === 1 ? parts[0]!.events : parts.flatMap((part) => part.events);
      const held = [...weighted, ...own.filter(standsForSeveral)];
      const hunt = { query, runs: timetable.runs };
      const each = tests.settings.map((_, setting) => new GroupFollower(hunt, values, held, answers[setting]![place]!));
      followers.push(...each.map((follower) => ({ follower, place })));
      branches.push({
        ...{ ...spans[place]!, events: own },
        visit(stretch, arrived, tally) {
          for (let setting = 0; setting < each.length; setting++)
            each[setting]!.visit(stretch, stretch.tests?.[setting] ?? null, arrived, tally);
        },
      });
    }
    sweepBranches(timetable, events, branches, tests);
    for (const { follower, place } of followers) {
      follower.close();
      if (follower.nearest !== null) views[place]!.near?.set(key, follower.nearest);
    }
  }
  for (const { alerts } of answers.flat()) inOrder(alerts);
  return answers;
}

/** Each group that a view looks at, with the places of these views. */
function placesByGroup(common: GroupIndex, views: HuntView[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [place, { own, groups }] of views.entries())
    for (const key of groups ?? new Set([common, ...own].flatMap((index) => [...index.groups.keys()]))) {
      const known = places.get(key);
      if (known) known.push(place);
      else places.set(key, [place]);
    }
  return places;
}

/** Which of all runs these are. */
function spanOf(own: HuntRun[], all: HuntRun[]): Pick<Branch, 'first' | 'next'> {
  if (own.length === 0) return { first: 0, next: 0 };
  const first = all.findIndex(({ at }) => at === own[0]!.at);
  const next = first + own.length;
  if (first < 0 || all[next - 1]?.at !== own.at(-1)!.at) throw new RangeError('the periods have no ticks in common');
  return { first, next };
}

function inOrder(alerts: Alert[]): void {
  const order = new Map(alerts.map((alert) => [alert, tupleKey(Object.values(alert.group))]));
  alerts.sort((a, b) => a.start - b.start || (order.get(a)! < order.get(b)! ? -1 : 1));
}

/** Adds to an answer what one group gives, run after run. */
class GroupFollower {
  /** The nearest that it came; null where no run had a row of it. */
  nearest: number | null = null;
  private episode: { alert: Alert; events: Set<number> } | null = null;
  private readonly firstMeasure: string;

  constructor(
    private readonly hunt: { query: HuntQuery; runs: HuntRun[] },
    private readonly group: HuntGroup['values'],
    /** Those of its events that stand for several. */
    private readonly weighted: GroupEvent[],
    private readonly answer: HuntAlerts,
  ) {
    this.firstMeasure = Object.keys(hunt.query.measures)[0]!;
  }

  visit({ first, next }: SteadyRuns, finding: TestedRow | null, arrived: GroupEvent[], tally: Tally): void {
    const { answer, group } = this;
    const { runs } = this.hunt;
    if (!finding?.found) this.close();
    if (!finding) return;
    const { values, near, found } = finding;
    answer.rows += next - first;
    const at = runs[first]!.at;
    this.nearest = Math.max(near, this.nearest ?? 0);
    if (answer.nearest === null || near > answer.nearest.nearness)
      answer.nearest = { nearness: near, at, row: { group, values } };
    if (!found) return;
    if (this.episode) {
      for (const event of arrived) if (heldBy(event) > 0) this.episode.events.add(event.event);
    } else {
      const value = values[this.firstMeasure] ?? 0;
      const alert = { group, start: at, end: at, visible: at, value, events: [] };
      this.episode = { alert, events: new Set(tally.windowEvents()) };
    }
    this.episode.alert.end = runs[next - 1]!.at;
  }

  /** Ends the episode that there may be. */
  close(): void {
    if (!this.episode) return;
    const { alert, events } = this.episode;
    alert.events = [...events].sort((a, b) => a - b);
    const more = moreThan(this.weighted, events);
    if (more > 0) alert.more = more;
    this.answer.alerts.push(alert);
    this.episode = null;
  }
}

function standsForSeveral(event: GroupEvent): boolean {
  return heldBy(event) > 1;
}

/** How many events some stand for, beside themselves. */
function moreThan(weighted: GroupEvent[], shown: ReadonlySet<number>): number {
  if (weighted.length === 0) return 0;
  const held = new Map(weighted.map((one) => [one.event, heldBy(one)]));
  return [...shown].reduce((sum, event) => sum + (held.get(event) ?? 1) - 1, 0);
}
