import { tupleKey } from '@tollgate/sigma/correlate/tuples';
import type { Alert } from '@tollgate/sigma/correlate/types';
import { bindParameters } from './evaluate';
import { heldBy, indexGroups, type HuntGroup, type GroupIndex, type HuntInput } from './groups';
import { nearness } from './nearness';
import { runsIn } from './runs';
import { sweep } from './sweep';
import type { HuntQuery, HuntRow, HuntRun } from './types';

export interface HuntAlerts {
  /** Episodes in the order of their start. */
  alerts: Alert[];
  /** Events left out because a group field has no value. */
  excluded: number;
  /** How many rows the runs had, found or not: the groups of each run. */
  rows: number;
  /** The row that came nearest to `having` (see `nearness`); null where there was none. */
  nearest: { nearness: number; at: number; row: HuntRow } | null;
}

export interface HuntPeriod {
  /** The query is run from `start` to `end` (epoch ms), see `runsIn`. */
  start: number;
  end: number;
  parameters?: Record<string, number>;
  /** Only these groups (see `groupKeys`); all where it is left out. */
  groups?: ReadonlySet<string>;
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
export function alertsIn(query: HuntQuery, indexes: GroupIndex[], period: HuntPeriod): HuntAlerts {
  const runs = runsIn(query, period);
  const parameters = bindParameters(query, period.parameters ?? {});
  const answer: HuntAlerts = { alerts: [], excluded: 0, rows: 0, nearest: null };
  for (const index of indexes) answer.excluded += index.excluded;
  const keys = period.groups ?? new Set(indexes.flatMap((index) => [...index.groups.keys()]));
  for (const key of keys) {
    const parts = indexes.flatMap((index) => index.groups.get(key) ?? []);
    if (parts.length === 0) continue;
    const group = {
      values: parts[0]!.values,
      events: parts.length === 1 ? parts[0]!.events : parts.flatMap((p) => p.events),
    };
    followGroup(query, group, runs, parameters, answer);
  }
  const order = new Map(answer.alerts.map((alert) => [alert, tupleKey(Object.values(alert.group))]));
  answer.alerts.sort((a, b) => a.start - b.start || (order.get(a)! < order.get(b)! ? -1 : 1));
  return answer;
}

function followGroup(
  query: HuntQuery,
  group: HuntGroup,
  runs: HuntRun[],
  parameters: Record<string, number>,
  answer: HuntAlerts,
): void {
  const firstMeasure = Object.keys(query.measures)[0]!;
  let episode: { alert: Alert; events: Set<number> } | null = null;
  const close = (): void => {
    if (!episode) return;
    episode.alert.events = [...episode.events].sort((a, b) => a - b);
    const more = moreThan(group, episode.events);
    if (more > 0) episode.alert.more = more;
    answer.alerts.push(episode.alert);
    episode = null;
  };
  sweep(query, group, runs, parameters, ({ first, next, values, found }, arrived, tally) => {
    if (!values || !found) close();
    if (!values) return;
    answer.rows += next - first;
    const near = found ? 1 : nearness(query.having, { values, parameters });
    const at = runs[first]!.at;
    if (answer.nearest === null || near > answer.nearest.nearness) {
      answer.nearest = { nearness: near, at, row: { group: group.values, values } };
    }
    if (!found) return;
    if (episode) {
      for (const event of arrived) if (heldBy(event) > 0) episode.events.add(event.event);
    } else {
      const alert = {
        group: group.values,
        start: at,
        end: at,
        visible: at,
        value: values[firstMeasure] ?? 0,
        events: [],
      };
      episode = { alert, events: new Set(tally.windowEvents()) };
    }
    episode.alert.end = runs[next - 1]!.at;
  });
  close();
}

/** How many events some stand for, beside themselves. */
function moreThan({ events }: HuntGroup, shown: ReadonlySet<number>): number {
  if (events.every((one) => heldBy(one) === 1)) return 0;
  const weights = new Map(events.filter((one) => heldBy(one) > 0).map((one) => [one.event, heldBy(one)]));
  return [...shown].reduce((sum, event) => sum + weights.get(event)! - 1, 0);
}
