import { isoTime } from '../../telemetry/time';
import { logNormal } from '../math';
import { unit, type Key } from '../random';

/** Epoch milliseconds as ISO 8601 with whole seconds: how Verify writes times inside `data`, and CloudTrail and Monitor all of theirs. */
export function wholeSeconds(time: number): string {
  return `${isoTime(time).slice(0, 19)}Z`;
}

/** How late a stream or shipper delivers: log-normal around a median, σ of its logarithm being `spread`, at most `most`; ms. */
export function lateness(key: Key, purpose: string, median: number, spread: number, most: number): number {
  return Math.round(Math.min(most, logNormal(unit(key, purpose), unit(key, purpose, 1), median, spread)));
}
