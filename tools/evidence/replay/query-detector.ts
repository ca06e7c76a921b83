import { alertsIn, alertsOfEach, type HuntAlerts, type HuntPeriod } from '../../detection/hunt/alerts';
import { fieldsNeeded, type GroupIndex } from '../../detection/hunt/groups';
import { reachOf } from '../../detection/hunt/runs';
import type { HuntQuery } from '../../detection/hunt/types';
import { declaredByQuery } from './declared';
import type { DetectorMaker, DetectorOutcome, Ground } from './detector';
import type { RequestBook, View } from './matches';
import { QueryGroups } from './query-groups';

/** Puts a query's selections on the book; what it returns makes the detector once the matches are there. */
export function bookQuery(query: HuntQuery, dataset: Ground, book: RequestBook): DetectorMaker {
  const selections = dataset.sources.includes(query.source)
    ? Object.entries(query.selections).map(([selection, plan]) => ({
        selection,
        request: book.add(query.source, plan, fieldsNeeded(query)),
      }))
    : [];
  return (store) => {
    const groups = new QueryGroups(query, store, selections);
    const indexes = new Map<number, GroupIndex>();
    const indexOf = (occurrence: number): GroupIndex => {
      const index = indexes.get(occurrence) ?? groups.of(occurrence);
      indexes.set(occurrence, index);
      return index;
    };
    const narrowed = ({ touching, from, to }: View): QueryView => {
      return { from, to, ...(touching !== undefined && { groups: new Set(indexOf(touching).groups.keys()) }) };
    };
    return {
      id: query.id,
      ...declaredByQuery(query),
      kind: 'query',
      path: query.file,
      sources: [query.source],
      runnable: dataset.sources.includes(query.source),
      alertsOn: 'episode',
      reach: reachOf(query),
      run: (view) => runQuery(query, [indexOf(0), ...view.occurrences.map(indexOf)], narrowed(view), dataset),
      runEach(views) {
        const own = views.map((view) => ({
          ...periodOf(query, narrowed(view), dataset),
          own: view.occurrences.map(indexOf),
        }));
        return alertsOfEach(query, indexOf(0), own).map(outcomeOf);
      },
      nearnessOfGroups() {
        const near = new Map<string, number>();
        const period = { ...periodOf(query, { from: -Infinity, to: Infinity }, dataset), near };
        alertsIn(query, [indexOf(0)], period);
        return { near: [...near.values()], others: { groups: 0, most: null } };
      },
    };
  };
}

/** Runs a query on these groups, of a view of what it is run on. */
export function runQuery(
  query: HuntQuery,
  indexes: [GroupIndex, ...GroupIndex[]],
  view: QueryView,
  ground: Pick<Ground, 'start' | 'end'>,
): DetectorOutcome {
  return outcomeOf(alertsIn(query, indexes, periodOf(query, view, ground)));
}

type QueryView = Pick<View, 'from' | 'to'> & { groups?: ReadonlySet<string> | undefined };

function periodOf(query: HuntQuery, view: QueryView, ground: Pick<Ground, 'start' | 'end'>): HuntPeriod {
  const reach = reachOf(query);
  // Where no schedule says when it runs, an analyst hunts once a window, from midnight UTC on, whatever is looked at.
  const from = Number.isFinite(view.from) ? view.from + reach.before : ground.start;
  const start = query.schedule ? from : Math.floor(from / query.window.defaultMs) * query.window.defaultMs;
  const end = Math.min(view.to, ground.end + reach.after);
  return { start, end, ...(view.groups && { groups: view.groups }) };
}

function outcomeOf({ alerts, excluded, nearest }: HuntAlerts): DetectorOutcome {
  return { alerts, excluded, nearness: nearest?.nearness ?? null };
}
