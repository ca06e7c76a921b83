import { Failure } from '../../foundation/content/failure';
import { missingOf } from './needs';
import type { ReadOnlyCluster } from './cluster';
import { ClusterSends } from './cluster-sends';
import type { OwnDetector } from './detectors';
import { findFor } from './find';
import { IndexSource, type TimeSpan } from './index-source';
import { judgeOwn, type JudgedOwn } from './judge';
import type { NotRun, OwnReport } from './result';
import { prepare, reportOf, type OwnOptions, type OwnRequests } from './run';
import type { IndexShape } from './shape';

const DAY = 86_400_000;

/** Days before the newest record that are looked at unasked. */
export const USUAL_DAYS = 30;

export interface IndexOptions extends OwnOptions {
  /** Telemetry contract id → where its records may be; the first of the places where something is, is taken. */
  places: ReadonlyMap<string, IndexShape[]>;
  span: Partial<TimeSpan>;
  /** How many matches of a detector are fetched at most; by default `MOST_FETCHED`. */
  most?: number;
  engine: OwnReport['engine'];
}

/**
 * Runs rules and queries on the indices of a cluster, which are only read. The cluster counts; what is fetched are the matches that
 * decide. Throws a `Failure` (2) where none of the places has an index. A source that the cluster refuses is told to the losses,
 * and the others are still looked at.
 */
export async function replayIndices(cluster: ReadOnlyCluster, options: IndexOptions): Promise<OwnReport> {
  const began = performance.now();
  const { content, losses, incidents, progress, engine } = options;
  const requests = prepare(content);
  const opened = await openAll(cluster, options);
  if (opened.size === 0 && losses.list.length === 0)
    throw new Failure(
      2,
      'the cluster has none of the indices',
      'name the index of one log source with --index and --source',
    );
  const span = await lookAt(opened, options);
  const sources = new Map([...opened].filter(([, { days }]) => days.records > 0));
  const days = new Map([...sources].map(([id, source]) => [id, source.days]));
  const sends = await sendsOf(requests, sources, options);
  const judged: JudgedOwn[] = [];
  const notRun = [...requests.notRun];
  for (const [done, detector] of requests.detectors.entries()) {
    progress.update('asking', done, requests.detectors.length);
    const own = { ...requests, sources, most: options.most };
    const answer = await judgeDetector(detector, own, span, { sources: days, incidents, sends });
    if ('reason' in answer) notRun.push(answer);
    else judged.push(answer);
    if ('isLost' in answer && answer.isLost) losses.add(answer.reason, null, true);
  }
  const report = reportOf({ judged, notRun, sources: days, sends }, options);
  const seconds = Math.round(performance.now() - began) / 1000;
  const from = [...sources.values()].map(({ shape }) => shape.index);
  return { ...report, engine, from: [...new Set(from)], cost: { ...cluster.traffic, seconds } };
}

/** Opens of each source the first place whose index has that shape, or where none has, the first where an index is. */
async function openAll(
  cluster: ReadOnlyCluster,
  { places, content, losses }: IndexOptions,
): Promise<Map<string, IndexSource>> {
  const opened = new Map<string, IndexSource>();
  for (const [id, shapes] of places)
    for (const shape of shapes) {
      try {
        const source = await IndexSource.open(cluster, content.contracts.get(id)!, shape);
        if (source?.fits || (source && !opened.has(id))) opened.set(id, source);
        if (source?.fits) break;
      } catch (error) {
        if (!(error instanceof Failure) || error.exitCode !== 3) throw error;
        losses.add(`${id}: ${error.message}`, null, true);
      }
    }
  for (const { days, shape } of opened.values()) days.forms.add(shape.name);
  return opened;
}

/** Looks at the time that was asked for; of what was not, at the last days of what is there. */
async function lookAt(opened: ReadonlyMap<string, IndexSource>, { span }: IndexOptions): Promise<TimeSpan> {
  const whole = new Map<string, number>();
  if (span.to === undefined || span.from === undefined)
    for (const [id, source] of opened) whole.set(id, await source.newest());
  const to = span.to ?? Math.max(...whole.values()) + 1;
  const from = span.from ?? to - USUAL_DAYS * DAY;
  for (const source of opened.values()) await source.look({ from, to });
  return { from, to };
}

async function sendsOf(
  { sends, book }: OwnRequests,
  sources: ReadonlyMap<string, IndexSource>,
  { incidents, rates }: IndexOptions,
): Promise<Map<string, ClusterSends>> {
  const counted = new Map<string, ClusterSends>();
  for (const [id, request] of sends) {
    const source = sources.get(id);
    const asked = source?.index.ask(book.requests[request]!.plan);
    if (!source || !asked || 'refused' in asked || !asked.exact) continue;
    counted.set(id, await ClusterSends.count(source, asked.query, source.days.watched, incidents, rates));
  }
  return counted;
}

/** Where a detector's matches are, and how many of them are fetched. */
interface Where {
  sources: ReadonlyMap<string, IndexSource>;
  most: number | undefined;
}

type Found = Omit<Parameters<typeof judgeOwn>[1], 'store' | 'events'>;

async function judgeDetector(
  detector: OwnDetector,
  { store: empty, book, sources, most }: OwnRequests & Where,
  span: TimeSpan,
  findings: Found,
): Promise<JudgedOwn | (NotRun & { isLost?: boolean })> {
  const { id, title, path } = detector.make(empty);
  const refuse = (reason: string, isLost = false) => ({ id, name: title, path, reason, isLost });
  const missing = missingOf(detector.needs, (source) => sources.has(source));
  if (missing.length > 0) return refuse(`the indices have no records of ${missing.join(', ')}`);
  try {
    const { detector: ran, found } = await findFor(detector, book.requests, sources, span, most);
    const answer = judgeOwn(ran, { ...findings, ...found });
    if ('reason' in answer) return answer;
    const { result } = answer;
    const excluded = found.isAll ? result.excluded : found.excluded;
    return { ...answer, result: { ...result, matched: found.matched, nearnessIsExact: found.isAll, excluded } };
  } catch (error) {
    if (!(error instanceof Failure) || error.exitCode === 2) throw error;
    return refuse(error.message, error.exitCode === 3);
  }
}
