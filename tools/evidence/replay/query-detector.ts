import { alertsIn, alertsWithEach, type HuntAlerts, type HuntPeriod } from '../../detection/hunt/alerts';
import { fieldsNeeded, type GroupIndex } from '../../detection/hunt/groups';
import { reachOf } from '../../detection/hunt/runs';
import type { HuntQuery } from '../../detection/hunt/types';
import { declaredByQuery } from './declared';
import type { DetectorMaker, DetectorOutcome, Ground } from './detector';
import type { RequestBook, View } from './matches';
import { QueryGroups } from './query-groups';

/** Puts a query's selections on the book; what it returns makes the detector once the matches are there. */
export function bookQuery(query: HuntQuery, dataset: Ground, book: RequestBook): DetectorMaker {
  return bookQueryWithEach(query, [{}], dataset, book)[0]!;
}

/**
 * The same with each of several settings of its parameters. The detectors are to be made in their order: the first one that is run on some
 * views runs them all, in one pass.
 */
export function bookQueryWithEach(
  query: HuntQuery,
  settings: Record<string, number>[],
  dataset: Ground,
  book: RequestBook,
): DetectorMaker[] {
  const selections = dataset.sources.includes(query.source)
    ? Object.entries(query.selections).map(([selection, plan]) => ({
        selection,
        request: book.add(query.source, plan, fieldsNeeded(query)),
      }))
    : [];
  let shared: QueryRuns | undefined;
  return settings.map((parameters, place) => (store) => {
    const runs = (shared ??= new QueryRuns(query, settings, new QueryGroups(query, store, selections), dataset));
    // What it holds goes with the last detector.
    if (place === settings.length - 1) shared = undefined;
    return {
      id: query.id,
      ...declaredByQuery(query),
      kind: 'query',
      path: query.file,
      sources: [query.source],
      runnable: dataset.sources.includes(query.source),
      alertsOn: 'episode',
      reach: reachOf(query),
      run: (view) => runs.runEach([view], place)[0]!,
      runEach: (views) => runs.runEach(views, place),
      nearnessOfGroups() {
        const near = new Map<string, number>();
        const period = { ...periodOf(query, { from: -Infinity, to: Infinity }, dataset), near, parameters };
        alertsIn(query, [runs.indexOf(0)], period);
        return { near: [...near.values()], others: { groups: 0, most: null } };
      },
    };
  });
}

/** What a query finds with each setting of its parameters; all of them look at the same events, so that it is found together. */
class QueryRuns {
  private readonly indexes = new Map<number, GroupIndex>();
  /** What was found on the views that were asked for last. */
  private last: { views: string; outcomes: HuntAlerts[][] } | undefined;

  constructor(
    private readonly query: HuntQuery,
    private readonly settings: Record<string, number>[],
    private readonly groups: QueryGroups,
    private readonly ground: Ground,
  ) {}

  indexOf(occurrence: number): GroupIndex {
    const index = this.indexes.get(occurrence) ?? this.groups.of(occurrence);
    this.indexes.set(occurrence, index);
    return index;
  }

  /** What the query finds on each view with the setting in this place. */
  runEach(views: View[], place: number): DetectorOutcome[] {
    const key = JSON.stringify(views);
    if (this.last?.views !== key) {
      const own = views.map((view) => ({
        ...periodOf(this.query, this.narrowed(view), this.ground),
        own: view.occurrences.map((occurrence) => this.indexOf(occurrence)),
      }));
      this.last = { views: key, outcomes: alertsWithEach(this.query, this.indexOf(0), own, this.settings) };
    }
    return this.last.outcomes[place]!.map(outcomeOf);
  }

  private narrowed({ touching, from, to }: View): QueryView {
    return { from, to, ...(touching !== undefined && { groups: new Set(this.indexOf(touching).groups.keys()) }) };
  }
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
