import { alertsIn } from '../../detection/hunt/alerts';
import { fieldsNeeded, type GroupIndex } from '../../detection/hunt/groups';
import { reachOf } from '../../detection/hunt/runs';
import type { HuntQuery } from '../../detection/hunt/types';
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
    const reach = reachOf(query);
    return {
      id: query.id,
      title: query.title,
      kind: 'query',
      path: query.file,
      level: query.level,
      status: query.status,
      shows: query.tollgate?.shows ?? [],
      sources: [query.source],
      runnable: dataset.sources.includes(query.source),
      alertsOn: 'episode',
      catches: query.tollgate?.catches ?? [],
      budget: query.tollgate?.budget,
      reach,
      run(view) {
        const groups = view.touching === undefined ? undefined : new Set(indexOf(view.touching).groups.keys());
        return runQuery(query, [0, ...view.occurrences].map(indexOf), { ...view, groups }, dataset);
      },
    };
  };
}

/** Runs a query on these groups, of a view of what it is run on. */
export function runQuery(
  query: HuntQuery,
  indexes: GroupIndex[],
  view: Pick<View, 'from' | 'to'> & { groups?: ReadonlySet<string> | undefined },
  ground: Pick<Ground, 'start' | 'end'>,
): DetectorOutcome {
  const reach = reachOf(query);
  // Where no schedule says when it runs, an analyst hunts once a window, from midnight UTC on, whatever is looked at.
  const from = Number.isFinite(view.from) ? view.from + reach.before : ground.start;
  const start = query.schedule ? from : Math.floor(from / query.window.defaultMs) * query.window.defaultMs;
  const end = Math.min(view.to, ground.end + reach.after);
  const period = { start, end, ...(view.groups && { groups: view.groups }) };
  const { alerts, excluded, nearest } = alertsIn(query, indexes, period);
  return { alerts, excluded, nearness: nearest?.nearness ?? null };
}
