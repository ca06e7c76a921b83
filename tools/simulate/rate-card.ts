import type { Misfit } from '../foundation/content/misfit';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';

/** What a message costs, as `datasets/rate-card.yml` has it. */
export interface RateCard {
  title: string;
  description: string;
  /** Of the newest source, `2025-03-01`. */
  date: string;
  /** Name → the list. */
  sources: Record<string, string>;
  /** USD a message to a country that is not listed. */
  unlisted: number;
  /** ISO 3166-1 alpha-2 code → USD a message, and the name of the list that says so. */
  prices: Record<string, { usd: number; source: string }>;
}

/** What one message of one segment to a country costs, in USD. */
export function priceOf({ prices, unlisted }: RateCard, country: string): number {
  return prices[country]?.usd ?? unlisted;
}

/** What is wrong with a rate card that its schema can't say. */
export function rateCardMisfits({ sources, prices }: RateCard): Misfit[] {
  return Object.entries(prices)
    .filter(([, { source }]) => !Object.hasOwn(sources, source))
    .map(([country, { source }]) => ({
      path: ['prices', country, 'source'],
      code: 'unknown-source',
      message: `the price of '${country}' is of '${source}', which is not one of 'sources'`,
      hint: didYouMean(source, Object.keys(sources)),
    }));
}
