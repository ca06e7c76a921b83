import type { Dataset, Occurrence } from '../../simulate/types';
import type { GroupNearness } from './detector';
import { lossUntil } from './judge';
import type { LabelStore } from './labels';

/** Seconds after a campaign's first message at which pictures say what was gone: a minute, and on by the root of two to two days. */
export const GONE_AT: readonly number[] = Array.from({ length: 24 }, (_, step) => Math.round(60 * 2 ** (step / 2)));

/** What pictures of a unit show beside its judgements. Plain JSON; made only where it is asked for, and no part of what is measured. */
export interface UnitPicture {
  /** Start of the measured days, epoch ms. */
  start: number;
  /** Ordinary messages in each of the measured hours. */
  hourly: number[];
  campaigns: CampaignCourse[];
  /** Benign special occurrences by their numbers. */
  specials: Pick<Occurrence, 'number' | 'scenario'>[];
  /** In the order of the unit's detectors. */
  detectors: NearnessPicture[];
}

/** What a campaign did in the course of time. */
export interface CampaignCourse extends Pick<Occurrence, 'number' | 'start' | 'end'> {
  /** Its first message or, with none, its start (epoch ms). */
  origin: number;
  /** US dollars that were gone at each of `GONE_AT`. */
  gone: number[];
}

/** How near to a detector's threshold things came in one run. */
export interface NearnessPicture {
  /** Of ordinary traffic, group by group; null where there is no such measure. */
  groups: GroupNearness | null;
  /** Number of an occurrence that the detector's sources show → how near its branch came. */
  near: [number, number | null][];
}

/** The picture of a unit that has been judged. */
export function pictureOf(
  { start, occurrences }: Pick<Dataset, 'start' | 'occurrences'>,
  labels: LabelStore,
  detectors: NearnessPicture[],
): UnitPicture {
  const campaigns = occurrences.filter(({ kind }) => kind === 'malicious');
  const specials = occurrences.filter(({ kind }) => kind === 'benign');
  return {
    start,
    hourly: labels.hourly,
    campaigns: campaigns.map(({ number, ...span }) => {
      const messages = labels.messagesOf(number);
      const origin = messages[0]?.time ?? span.start;
      const gone = GONE_AT.map((seconds) => lossUntil(messages, origin + seconds * 1000).usd);
      return { number, start: span.start, end: span.end, origin, gone };
    }),
    specials: specials.map(({ number, scenario }) => ({ number, scenario })),
    detectors,
  };
}
