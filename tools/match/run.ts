import { fieldsOfDetections } from '../correlate/chain';
import { STREAM_LIMITS } from '../correlate/limits';
import { CorrelationStream } from '../correlate/stream';
import type { Alert } from '../correlate/types';
import { blocksOf, type Block } from '../ndjson/blocks';
import { readBytes } from '../ndjson/input';
import { linesOfRecords } from '../ndjson/records';
import type { CorrelationRule, DetectionRule, Rule } from '../sigma/model';
import type { Contract } from '../telemetry/contract';
import { TIME_FIELDS } from './event-time';
import type { BadLine, Job } from './job';
import { MatchSorter } from './sorter';
import type { Threads } from './threads';

export interface MatchOptions {
  rules: readonly Rule[];
  /** Files, read one after the other; `-` is standard input. */
  files: readonly string[];
  /** The log source of the events; `null` where it is not known. */
  contract: Contract | null;
  /** Fields that may hold an event's time, in place of `TIME_FIELDS`. */
  timeFields?: readonly string[];
}

/** What is found, as it is found. Events are numbered by their lines, from 0, through all files. */
export interface MatchSink {
  /** `found` holds pairs of an event, counted from `first`, and a rule's position among the detection rules. */
  matches(found: readonly number[], first: number): void;
  alert(rule: CorrelationRule, alert: Alert): void;
  /** `line` is that of the file, from 1. */
  bad(file: string, line: BadLine): void;
  /** How many bytes have been given to the threads. */
  read(bytes: number): void;
  /** Waits until what was found has been taken: a slow reader slows the matching, and nothing piles up. */
  drained(): Promise<void>;
}

export interface MatchSummary {
  events: number;
  bad: number;
  /** Events that correlations had to leave out because they have no time. */
  untimed: number;
  /** Correlation → events that it left out because a field of its `group-by` has no value. */
  excluded: Map<string, number>;
  /** What correlations left out, or let go, so that no sender can exhaust them. */
  strained: Strain[];
}

/** What became too much for a correlation. */
export interface Strain {
  rule: string;
  /** Events with too many combinations of values, which it left out. */
  crowded: { event: number; file: string; line: number }[];
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
    timeFields: [...(options.timeFields ?? TIME_FIELDS)],
    contract: options.contract,
  };
  const summary: MatchSummary = { events: 0, bad: 0, untimed: 0, excluded: new Map(), strained: [] };
  const sorter = new MatchSorter();
  try {
    const places: Place[] = [];
    const begun: Begun[] = [];
    let first = 0;
    for await (const result of threads.match(job, blocksOfAll(options.files, places, sink))) {
      const place = places.shift()!;
      if (place.file.lines === 0) begun.push({ file: place.file.path, first });
      for (const { line, message } of result.bad)
        sink.bad(place.file.path, { line: place.file.lines + line + 1, message });
      for (const { plan, match } of result.correlated)
        sorter.add({ plan, match: { ...match, event: first + match.event } });
      sink.matches(result.found, first);
      await sink.drained();
      summary.events += result.events;
      summary.bad += result.bad.length;
      summary.untimed += result.untimed.length;
      place.file.lines += result.lines;
      first += result.lines;
    }
    return { ...summary, ...(await correlate(options.rules, detections, sorter, sink, begun)) };
  } finally {
    sorter.close();
  }
}

/** A file, and the number of the event on its first line. */
interface Begun {
  file: string;
  first: number;
}

/** Where a block comes from: its file, and how many lines of it came before. */
interface Place {
  file: { path: string; lines: number };
}

async function* blocksOfAll(files: readonly string[], places: Place[], sink: MatchSink): AsyncGenerator<Block> {
  let bytes = 0;
  for (const path of files) {
    const file = { path, lines: 0 };
    for await (const block of blocksOf(linesOfRecords(readBytes(path)))) {
      bytes += block.bytes.length;
      places.push({ file });
      yield block;
      sink.read(bytes);
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
  begun: readonly Begun[],
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
  const placed = (event: number) => {
    const { file, first } = begun.findLast((each) => each.first <= event)!;
    return { event, file, line: event - first + 1 };
  };
  const strained = [...stream.crowded()].map(([rule, events]) => ({
    rule,
    crowded: events.map(placed),
    cut: cut.get(rule)!,
  }));
  return { excluded, strained: strained.filter((strain) => strain.crowded.length > 0 || strain.cut > 0) };
}
