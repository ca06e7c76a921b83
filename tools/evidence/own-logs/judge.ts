import type { Alert } from '@tollgate/sigma/correlate/types';
import { holdBudget } from '../replay/budget';
import type { Detector } from '../replay/detector';
import type { MatchStore } from '../replay/matches';
import { interval95 } from '../../foundation/statistics/poisson';
import { AlertViews } from './alerts';
import type { Collected } from './collect';
import type { OwnDetector } from './detectors';
import type { KnownIncident } from './incidents';
import { missingOf, watchedBy } from './needs';
import type { BudgetState, IncidentOutcome, NotRun, OwnResult } from './result';
import type { Messages } from './sends';
import { difference, intersection, lengthOf, periodsOf, type Periods } from './periods';

export const DAY = 86_400_000;

/** Alerts of a rule that are listed: more show no more, and a rule that is wrong here may have a million. */
const LISTED = 100;

const EVERYTHING = { occurrences: [], from: -Infinity, to: Infinity };

/** What a judgement is made of. */
export interface OwnFindings extends Collected {
  store: MatchStore;
  incidents: readonly KnownIncident[];
  /** Source → its messages. */
  sends: ReadonlyMap<string, Messages>;
}

/** A result with the alerts as they are, from which incidents are judged over all detectors. */
export interface JudgedOwn {
  result: OwnResult;
  alerts: readonly Alert[];
  /** By incident, when its first alert was seen (epoch ms). */
  caughtAt: Map<number, number>;
}

/** Runs a detector on what was found, and says what it was; or why it can't be run on these logs. */
export function judgeOwn(own: OwnDetector, findings: OwnFindings): JudgedOwn | NotRun {
  const { store, sources } = findings;
  const detector = own.make(store);
  const refuse = (reason: string): NotRun => ({ id: detector.id, name: detector.title, path: detector.path, reason });
  const missing = missingOf(own.needs, (source) => sources.has(source));
  if (missing.length > 0) return refuse(`the logs have no records of ${missing.join(', ')}`);
  const watched = watchedBy(own.needs, (source) => sources.get(source)?.watched ?? []);
  if (watched.length === 0) return refuse('the logs of its sources are of different times');
  const start = watched[0]![0] + own.history;
  const end = watched.at(-1)![1];
  if (start >= end)
    return refuse(
      `it compares with the ${days(own.history)} days before, and the logs cover ${days(end - watched[0]![0])}`,
    );
  Object.assign(own.ground, { start, end });
  return judged(own, detector, findings, intersection(watched, [[start, end]]));
}

function judged(own: OwnDetector, detector: Detector, findings: OwnFindings, watched: Periods): JudgedOwn {
  const { store, sources, events, incidents, sends } = findings;
  const ran = detector.run(EVERYTHING);
  const alerts = ran.alerts.filter(({ start }) => start >= own.ground.start);
  const views = new AlertViews(store, own.requests, events, incidents);
  const incidentsOf = new Map(alerts.map((alert) => [alert, views.incidentsOf(alert)]));
  const bad = periodsOf(incidents.map(({ start, end }) => [start, end] as const));
  const ordinary = alerts.filter((alert) => incidentsOf.get(alert)!.length === 0);
  const outside = difference(watched, bad);
  const length = lengthOf(outside) / DAY;
  const sent = Math.max(0, ...detector.sources.map((source) => messagesIn(sends.get(source), outside)));
  const outcomes = incidents.map((incident, position) =>
    judgeIncident(incident, position, alerts, incidentsOf, watched),
  );
  const [low, high] = interval95(ordinary.length);
  const there = detector.sources.filter((source) => sources.has(source));
  const perDay = (episodes: number): number => (length === 0 ? 0 : episodes / length);
  return {
    result: {
      id: detector.id,
      digest: own.digest,
      name: detector.title,
      kind: detector.kind === 'query' ? 'query' : 'rule',
      path: detector.path,
      level: detector.level,
      status: detector.status,
      shows: detector.shows,
      acts: own.acts,
      sources: detector.sources,
      without: detector.sources.filter((source) => !sources.has(source)),
      records: there.reduce((sum, source) => sum + sources.get(source)!.records, 0),
      matched: matchedBy(own, store),
      days: round(length),
      sends: sent,
      episodes: ordinary.length,
      perDay: perDay(ordinary.length),
      interval: [perDay(low), perDay(high)],
      nearness: ran.nearness,
      nearnessIsExact: true,
      excluded: ran.excluded,
      alerts: listed(alerts, incidentsOf).map((alert) => views.of(alert)),
      more: Math.max(0, alerts.length - LISTED),
      budget: budgetState(detector, ordinary.length, length, sent),
      incidents: outcomes.map(({ incident, outcome, seconds }) => ({ incident, outcome, seconds })),
    },
    alerts,
    caughtAt: new Map(outcomes.flatMap(({ incident, at }) => (at === null ? [] : [[incident, at] as const]))),
  };
}

/** Those of incidents first: they are what one looks for; each in the order of time. */
function listed(alerts: Alert[], incidentsOf: ReadonlyMap<Alert, number[]>): Alert[] {
  if (alerts.length <= LISTED) return alerts;
  const isOf = (alert: Alert): number => Number(incidentsOf.get(alert)!.length === 0);
  return [...alerts].sort((a, b) => isOf(a) - isOf(b) || a.start - b.start).slice(0, LISTED);
}

/** A period is caught by an alert that has events in it and did not begin before it. */
function judgeIncident(
  incident: KnownIncident,
  position: number,
  alerts: Alert[],
  incidentsOf: ReadonlyMap<Alert, number[]>,
  watched: Periods,
): IncidentOutcome & { at: number | null } {
  const touching = alerts.filter((alert) => incidentsOf.get(alert)!.includes(position));
  const caught = touching.filter(({ start }) => start >= incident.start);
  const at = caught.length > 0 ? Math.min(...caught.map(({ visible }) => visible)) : null;
  const seconds = at === null ? null : (at - incident.start) / 1000;
  if (at !== null) return { incident: position, outcome: 'caught', seconds, at };
  const isBlind = intersection(watched, [[incident.start, incident.end]]).length === 0;
  const outcome = touching.length > 0 ? 'before' : isBlind ? 'blind' : 'missed';
  return { incident: position, outcome, seconds: null, at: null };
}

function budgetState({ budget }: Detector, episodes: number, days: number, sends: number): BudgetState {
  if (!budget) return 'none';
  // A budget that is about one of our worlds says nothing of a site.
  const [held] = holdBudget({ ...budget, world: 'worst' }, [{ world: 'these logs', episodes, days, sends }]);
  return held?.state ?? 'open';
}

/** How many events any of its detections matched. */
function matchedBy({ requests }: OwnDetector, store: MatchStore): number {
  const tables = [...new Set(requests)].map((request) => store.table(request));
  if (tables.length === 1) return tables[0]!.length;
  const events = new Set<number>();
  for (const { events: each, length } of tables) for (let row = 0; row < length; row++) events.add(each[row]!);
  return events.size;
}

function messagesIn(sends: Messages | undefined, spans: Periods): number {
  return sends === undefined ? 0 : spans.reduce((sum, [from, to]) => sum + sends.countIn(from, to), 0);
}

function days(ms: number): string {
  return String(Math.round((ms / DAY) * 10) / 10);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
