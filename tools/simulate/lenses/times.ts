import { isoTime } from '../../telemetry/time';

/** Epoch milliseconds as ISO 8601 with whole seconds: how Verify writes times inside `data`, and CloudTrail and Monitor all of theirs. */
export function wholeSeconds(time: number): string {
  return `${isoTime(time).slice(0, 19)}Z`;
}
