import type { GroupNearness } from '../replay/detector';
import type { Messages } from './sends';
import type { SourceDays } from './source-days';

/** What pictures of a replay on one's own logs show beside its report: counts alone, and no value of any record. Filled while it runs. */
export interface OwnPicture {
  /** Source → the messages that it shows. */
  traffic: Map<string, MessageCounts>;
  /** Id of a rule or query → how near each of its groups came; what has no such measure, or ran in a cluster, is left out. */
  groups: Map<string, GroupNearness>;
}

/** Counts of so long each (ms), from `start` on (epoch ms). */
export interface MessageCounts {
  start: number;
  step: number;
  counts: number[];
}

const HOUR = 3_600_000;

/** The most counts of a source: more would be closer than a reader sees. */
const MOST = 200;

/** An empty picture. */
export function emptyPicture(): OwnPicture {
  return { traffic: new Map(), groups: new Map() };
}

/** The messages of each source over the time in which it has records. */
export function trafficOf(
  sources: ReadonlyMap<string, SourceDays>,
  sends: ReadonlyMap<string, Messages>,
): Map<string, MessageCounts> {
  const traffic = new Map<string, MessageCounts>();
  for (const [source, { first, last }] of sources) {
    const messages = sends.get(source);
    if (!messages || !(first <= last)) continue;
    const step = HOUR * Math.ceil((last - first + 1) / HOUR / MOST);
    const start = Math.floor(first / step) * step;
    const counts: number[] = [];
    for (let from = start; from <= last; from += step) counts.push(messages.countIn(from, from + step));
    traffic.set(source, { start, step, counts });
  }
  return traffic;
}
