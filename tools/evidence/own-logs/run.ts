import { version } from '../../../package.json';
import { MatchStore, RequestBook, UNLABELLED } from '../replay/matches';
import type { Progress } from '../../detection/engine/execution';
import type { RateCard } from '../../simulate/rate-card';
import { iso } from './alerts';
import { collect, type Collected } from './collect';
import { bookAll, type OwnContent, type OwnDetector } from './detectors';
import type { OwnRecords } from './events';
import type { KnownIncident } from './incidents';
import { DAY, judgeOwn, type JudgedOwn, type OwnFindings } from './judge';
import { foundIncidents } from './found';
import { judgeIncidents } from './judge-incidents';
import type { Losses } from './losses';
import { trafficOf, type OwnPicture } from './picture';
import type { NotRun, OwnReport, OwnResult, SourceReport } from './result';
import { bookSends, Sends, type Messages } from './sends';
import type { SourceDays } from './source-days';
import { difference, lengthOf, periodsOf } from './periods';

export interface OwnOptions {
  content: OwnContent;
  incidents: readonly KnownIncident[];
  rates: RateCard;
  losses: Losses;
  progress: Progress;
  /** Gets what pictures show; where it is left out, nothing of that is made. */
  picture?: OwnPicture;
}

/** What is asked of logs, by whatever answers it. */
export interface OwnRequests {
  book: RequestBook;
  store: MatchStore;
  detectors: OwnDetector[];
  notRun: NotRun[];
  /** Source → the request for its messages. */
  sends: Map<string, number>;
}

/** Books everything that is asked of logs. */
export function prepare(content: OwnContent): OwnRequests {
  const book = new RequestBook();
  const { detectors, notRun } = bookAll(content, book);
  const sends = bookSends(content.contracts, book);
  return { book, detectors, notRun, sends, store: new MatchStore(book.requests, UNLABELLED) };
}

/** Runs rules and queries on records, from wherever they come, and says what they found. */
export async function replayRecords(records: OwnRecords, from: string[], options: OwnOptions): Promise<OwnReport> {
  const began = performance.now();
  const requests = prepare(options.content);
  const { store, book } = requests;
  const found = await collect(records, book.requests, options.content.contracts, { ...options, store });
  const report = reportOn(requests, found, options);
  const seconds = Math.round(performance.now() - began) / 1000;
  return { ...report, engine: { name: 'memory', version }, from, cost: { bytes: null, requests: null, seconds } };
}

/** Judges what was found. */
function reportOn(
  { store, detectors, notRun, sends: booked }: OwnRequests,
  found: Collected,
  { content, incidents, rates, losses, progress, picture }: OwnOptions,
): Omit<OwnReport, 'engine' | 'from' | 'cost'> {
  const sends = new Map(
    [...booked].flatMap(([source, request]) => {
      const days = found.sources.get(source);
      return days ? [[source, new Sends(store, request, days.watched, incidents, rates)] as const] : [];
    }),
  );
  const findings: OwnFindings = { ...found, store, incidents, sends };
  const refused = [...notRun];
  const judged: JudgedOwn[] = [];
  for (const [done, detector] of detectors.entries()) {
    progress.update('judging', done, detectors.length);
    const answer = judgeOwn(detector, findings);
    if ('reason' in answer) refused.push(answer);
    else {
      judged.push(answer);
      const groups = picture && detector.make(store).nearnessOfGroups?.();
      if (groups) picture.groups.set(answer.result.id, groups);
    }
  }
  const all = { judged, notRun: refused, sources: found.sources, sends };
  return reportOf(all, { content, incidents, losses, ...(picture && { picture }) });
}

/** What all that was run and could not be run comes to. */
export interface Judged {
  judged: JudgedOwn[];
  notRun: NotRun[];
  sources: ReadonlyMap<string, SourceDays>;
  sends: ReadonlyMap<string, Messages>;
}

/** The report on it, but for where it was run. */
export function reportOf(
  { judged, notRun, sources, sends }: Judged,
  { content, incidents, losses, picture }: Pick<OwnOptions, 'content' | 'incidents' | 'losses' | 'picture'>,
): Omit<OwnReport, 'engine' | 'from' | 'cost'> {
  if (picture) picture.traffic = trafficOf(sources, sends);
  const results = judged.map(({ result }) => result);
  return {
    mode: 'own-logs',
    records: [...sources.values()].reduce((sum, { records }) => sum + records, 0),
    redacted: false,
    sources: sourceReports(sources, content, sends),
    losses: losses.list,
    rules: results.filter(({ kind }) => kind === 'rule'),
    queries: results.filter(({ kind }) => kind === 'query'),
    notRun,
    incidents: judgeIncidents(incidents, judged, sends),
    found: foundIncidents(judged, sends),
    totals: totalsOf(results, sources, incidents),
  };
}

function sourceReports(sources: Judged['sources'], { contracts }: OwnContent, sends: Judged['sends']): SourceReport[] {
  return [...sources]
    .map(([id, { records, forms, first, last, gaps }]) => ({
      id,
      title: contracts.get(id)!.title,
      form: [...forms].sort().join('_'),
      records,
      first: iso(first),
      last: iso(last),
      gaps,
      sends: sends.get(id)?.countIn(-Infinity, Infinity) ?? null,
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** All episodes outside the incidents, by the days that any source shows. */
function totalsOf(
  results: OwnResult[],
  sources: Judged['sources'],
  incidents: readonly KnownIncident[],
): OwnReport['totals'] {
  const watched = periodsOf([...sources.values()].flatMap(({ watched: spans }) => spans));
  const days = lengthOf(difference(watched, periodsOf(incidents.map(({ start, end }) => [start, end] as const)))) / DAY;
  const episodes = results.reduce((sum, result) => sum + result.episodes, 0);
  return { episodes, days: Math.round(days * 1000) / 1000, perDay: days === 0 ? 0 : episodes / days };
}
