import { fieldsOfDetections } from '@tollgate/sigma/correlate/chain';
import { MAX_TUPLES, STREAM_LIMITS } from '@tollgate/sigma/correlate/limits';
import { CorrelationStream } from '@tollgate/sigma/correlate/stream';
import type { Alert } from '@tollgate/sigma/correlate/types';
import { Failure } from '../../foundation/content/failure';
import { byLine, type Fault } from '../../foundation/ndjson/blocks';
import type { TextLayout } from '../../foundation/ndjson/layout';
import { openFile, type ReadingBlock } from '../reading/open';
import type { ReadingOptions } from '../reading/reading';
import { add, emptyTally, summaryLine } from '../reading/summary';
import type { CorrelationRule, DetectionRule, Rule } from '@tollgate/sigma/rules/model';
import type { Job } from './job';
import { MatchSorter } from './sorter';
import type { Threads } from './threads';

export interface MatchOptions {
  rules: readonly Rule[];
  /** Files, read one after the other; `-` is standard input. */
  files: readonly string[];
  reading: ReadingOptions;
  /** Fields that may hold an event's time, in place of `TIME_FIELDS` and of that of the source. */
  timeFields?: readonly string[] | undefined;
}

/** What is found, as it is found. Events are numbered by their lines, from 0, through all files; each record of an envelope counts as a line. */
export interface MatchSink {
  /** `found` holds pairs of an event, counted from `first`, and a rule's position among the detection rules. */
  matches(found: readonly number[], first: number): void;
  alert(rule: CorrelationRule, alert: Alert): void;
  /** What is wrong with a line of a file, or from there on. */
  bad(file: string, fault: Fault): void;
  /** A file can't be read, or not to its end; the next one is read. */
  unreadable(file: string, failure: Failure): void;
  /** How many bytes have been given to the threads. */
  read(bytes: number): void;
  /** Waits until what was found has been taken: a slow reader slows the matching, and nothing piles up. */
  drained(): Promise<void>;
}

export interface MatchSummary {
  events: number;
  /** Faults of files, and files that can't be read. */
  bad: number;
  /** What was read, in a line. */
  line: string;
  /** Events that correlations had to leave out because they have no time. */
  untimed: number;
  /** Correlation → events that it left out because a field of its `group-by` has no value. */
  excluded: Map<string, number>;
  /** What correlations left out, or let go, so that no sender can exhaust them. */
  strained: Strain[];
}

/** A line of a file, from 1. */
export interface LinePlace {
  file: string;
  line: number;
}

/** What became too much for a correlation. */
export interface Strain {
  rule: string;
  /** Events with too many combinations of values, which it left out. Where several events together have them there is no one place. */
  crowded: { event: number; place: LinePlace | null }[];
  /** Entries that left its windows early, since more were held than `STREAM_LIMITS` allows. */
  cut: number;
}

/** The detection rules among some rules; their positions are those of the plans. */
export function detectionsOf(rules: readonly Rule[]): DetectionRule[] {
  return rules.filter((rule) => rule.kind === 'detection');
}

/**
 * Runs rules on events. Memory does not grow with the number of events: blocks of lines are matched by threads, the matches
 * that correlations need are put in order by `MatchSorter`, and `CorrelationStream` keeps what lies in windows. Throws a
 * `Failure` where a file can't be read.
 */
export async function matchEvents(options: MatchOptions, threads: Threads, sink: MatchSink): Promise<MatchSummary> {
  const detections = detectionsOf(options.rules);
  const fields = fieldsOfDetections(options.rules);
  const job: Job = {
    plans: detections.map(({ plan }) => plan),
    needed: detections.map(({ id }) => fields.get(id) ?? null),
    timeFields: options.timeFields === undefined ? null : [...options.timeFields],
  };
  const summary: MatchSummary = { events: 0, bad: 0, line: '', untimed: 0, excluded: new Map(), strained: [] };
  const tally = emptyTally();
  const layouts = new Set<TextLayout['kind']>();
  const { files, reading } = options;
  const unreadable = (file: string, failure: Failure): void => {
    summary.bad++;
    sink.unreadable(file, failure);
  };
  const sorter = new MatchSorter();
  try {
    const places: Place[] = [];
    const rich = new Map<number, LinePlace>();
    let first = 0;
    for await (const result of threads.match(
      job,
      blocksOfAll(files, reading, places, { unreadable, read: (bytes) => sink.read(bytes) }),
    )) {
      const { path, faults, lineOf, layout } = places.shift()!;
      layouts.add(layout);
      const bad = [...faults, ...result.bad.map((fault) => ({ ...fault, line: lineOf(fault.line) }))];
      for (const fault of bad.sort(byLine)) sink.bad(path, fault);
      for (const { plan, match } of result.correlated) {
        const event = first + match.event;
        if (mayBeCrowded(match.values)) rich.set(event, { file: path, line: lineOf(match.event) });
        sorter.add({ plan, match: { ...match, event } });
      }
      sink.matches(result.found, first);
      await sink.drained();
      add(tally, result.tally);
      summary.bad += bad.length;
      summary.untimed += result.untimed.length;
      first += result.numbers;
    }
    summary.events = tally.records;
    summary.line = summaryLine(tally, files.length, layouts, () => reading.contracts ?? reading.known());
    return { ...summary, ...(await correlate(options.rules, detections, sorter, sink, rich)) };
  } finally {
    sorter.close();
  }
}

/** Whether the values have more combinations than a correlation takes: only such an event may have to be named with its line. */
function mayBeCrowded(values: readonly unknown[]): boolean {
  let combinations = 1;
  for (const value of values) if (Array.isArray(value) && value.length > 0) combinations *= value.length;
  return combinations > MAX_TUPLES;
}

/** Where a block comes from. */
interface Place extends Pick<ReadingBlock, 'faults' | 'lineOf'> {
  path: string;
  layout: TextLayout['kind'];
}

async function* blocksOfAll(
  files: readonly string[],
  reading: ReadingOptions,
  places: Place[],
  sink: Pick<MatchSink, 'unreadable' | 'read'>,
): AsyncGenerator<ReadingBlock> {
  let read = 0;
  for (const path of files) {
    try {
      for await (const block of openFile(path, reading)) {
        const { bytes, faults, lineOf } = block;
        read += bytes.length;
        places.push({ path, faults, lineOf, layout: block.reading.layout.kind });
        yield block;
        sink.read(read);
      }
    } catch (error) {
      if (!(error instanceof Failure) || error.exitCode !== 3) throw error;
      sink.unreadable(path, error);
    }
  }
}

/** Matches between two waits for the sink. */
const BATCH = 10_000;

async function correlate(
  rules: readonly Rule[],
  detections: readonly DetectionRule[],
  sorter: MatchSorter,
  sink: MatchSink,
  rich: ReadonlyMap<number, LinePlace>,
): Promise<Pick<MatchSummary, 'excluded' | 'strained'>> {
  if (!rules.some(({ kind }) => kind === 'correlation')) return { excluded: new Map(), strained: [] };
  const stream = new CorrelationStream(rules, (rule, alert) => sink.alert(rule, alert), STREAM_LIMITS);
  let taken = 0;
  for (const { plan, match } of sorter.sorted()) {
    stream.push(detections[plan]!.id, match);
    if (++taken % BATCH === 0) await sink.drained();
  }
  const excluded = stream.end();
  await sink.drained();
  const cut = stream.cut();
  const strained = [...stream.crowded()].map(([rule, events]) => ({
    rule,
    crowded: events.map((event) => ({ event, place: rich.get(event) ?? null })),
    cut: cut.get(rule)!,
  }));
  return { excluded, strained: strained.filter((strain) => strain.crowded.length > 0 || strain.cut > 0) };
}
