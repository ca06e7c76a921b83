import type { Dataset } from '../../simulate/types';
import { firstKnowable } from './bound';
import { lossUntil } from './judge';
import type { LabelStore } from './labels';

/** A campaign is loud with so many messages in its busiest hour (ours: at the usual prices, tens of dollars an hour). */
export const LOUD = 500;

const HOUR = 3_600_000;

/** A malicious occurrence of a run, whoever saw it. */
export interface Campaign {
  scenario: string;
  occurrence: number;
  /** What it sent and what that cost, by the rate card. */
  messages: number;
  usd: number;
  /** The most messages in any hour. */
  busiestHour: number;
  /** US dollars that were gone when an observer who knew all rates could first have known of it; all of them where he never could. */
  usdAtBound: number;
}

/** The campaigns of a run, in the order of their numbers. */
export function campaignsOf(dataset: Pick<Dataset, 'occurrences'>, labels: LabelStore): Campaign[] {
  return dataset.occurrences
    .filter(({ kind }) => kind === 'malicious')
    .map(({ scenario, number }) => {
      const messages = labels.messagesOf(number);
      return {
        scenario,
        occurrence: number,
        ...lossUntil(messages, Infinity),
        busiestHour: busiestHour(messages.map(({ time }) => time)),
        usdAtBound: lossUntil(messages, firstKnowable(messages, labels.rates) ?? Infinity).usd,
      };
    });
}

/** Whether a campaign is loud; the others are slow. */
export function isLoud({ busiestHour: most }: Pick<Campaign, 'busiestHour'>): boolean {
  return most >= LOUD;
}

/** The most times (ms, ascending) that lie within less than an hour of each other. */
export function busiestHour(times: number[]): number {
  let most = 0;
  for (let first = 0, last = 0; last < times.length; last++) {
    while (times[last]! - times[first]! >= HOUR) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
