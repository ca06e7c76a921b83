import { slackOf } from '../plan/reach';
import { ALERT_ASSET } from '../lucene/fields';
import { grouped } from './commands';
import { identifier } from './expression';
import type { Schedule } from '../schedule';

/**
 * The times of an event as numbers, by which all that follows reckons; `old` is "1" of what the run before had seen, else "0". A run may be late by some
 * slack without missing anything: what came to hold in that time is told twice.
 */
export function timesOf({ interval }: Pick<Schedule, 'interval'>): string {
  const before = `NOW() - ${(interval + slackOf(interval)) / 1000} seconds`;
  return `EVAL ts = TO_LONG(@timestamp), old = CASE(event.ingested <= ${before}, "1", "0")`;
}

/** The column `pass` of a query that is evaluated twice in one: 0 on everything that has arrived, 1 on what the run before had seen. What holds in both has been told. */
export const PASSES = ['EVAL pass = CASE(old == "1", [0, 1], 0)', 'MV_EXPAND pass'];

const TIMES_OF_ALERT = ['met_at', 'burst_start', 'burst_end'];

/** What an alert of a correlation has beside its group: how much there was in the lookback, when the condition came to hold, and the first and last event. */
export const ALERT_COLUMNS = ['total', ...TIMES_OF_ALERT];

/**
 * From rows of when a condition holds (`met` to `until`, epoch milliseconds), one row a group in which it holds now and had not been told: more
 * than a timespan lies since the last moment at which the run before saw it hold, which is when a correlation is armed again.
 */
export function untold(by: readonly string[], timespan: number): string[] {
  const span = 'CONCAT(TO_STRING(met), " ", TO_STRING(until))';
  const found = 'total = MAX(total), burst_start = MIN(burst_start), burst_end = MAX(burst_end)';
  return [
    grouped(`STATS told_until = MAX(until) WHERE pass == 1, held = VALUES(${span}) WHERE pass == 0, ${found}`, by),
    'MV_EXPAND held',
    'EVAL met = TO_LONG(SUBSTRING(held, 1, 13))',
    `WHERE met IS NOT NULL AND (told_until IS NULL OR met > told_until + ${timespan})`,
    grouped(`STATS met_at = MIN(met), ${found}`, by),
    ...(by.length === 0 ? ['WHERE met_at IS NOT NULL'] : []),
    ...answer(['total'], by, TIMES_OF_ALERT),
  ];
}

/** The columns of an alert, with the asset under the name by which alerts can be grouped; the largest value first. */
export function answer(values: readonly string[], by: readonly string[], times: readonly string[]): string[] {
  const asset = by.includes('asset.id') ? [`${ALERT_ASSET} = asset.id`] : [];
  const made = [...times.map((time) => `${time} = TO_DATETIME(${time})`), ...asset];
  const kept = [...by, ...(asset.length > 0 ? [ALERT_ASSET] : []), ...values.map(identifier), ...times];
  return [
    ...(made.length > 0 ? [`EVAL ${made.join(', ')}`] : []),
    `KEEP ${kept.join(', ')}`,
    `SORT ${values.map((value) => `${identifier(value)} DESC`)[0]!}`,
  ];
}
