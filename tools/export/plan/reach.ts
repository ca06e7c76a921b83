import type { Contract } from '../../telemetry/contract';
import { durationMs } from '../../telemetry/duration';
import type { SlidingWindow, Source } from './types';

/** How long before a step what decides it can lie (ms): the timespans on the longest way down. */
export function reachOf({ members, timespanMs }: SlidingWindow): number {
  return timespanMs + Math.max(0, ...members.map(({ of }) => (of.op === 'source' ? 0 : reachOf(of))));
}

/** The longest that a record of the sources below can be late (ms). */
export function delayOf(of: Source | SlidingWindow): number {
  if (of.op === 'source') return durationMs(of.contract.delay.worst);
  return Math.max(...of.members.map((member) => delayOf(member.of)));
}

/** The contracts of the sources below, each once. */
export function sourcesOf(of: Source | SlidingWindow): Contract[] {
  if (of.op === 'source') return [of.contract];
  return [...new Set(of.members.flatMap((member) => sourcesOf(member.of)))];
}

/** When a detector runs, and how far back it looks, in milliseconds. `since`: what holds before can't have changed since the run before. */
export interface RunSchedule {
  frequencyMs: number;
  periodMs: number;
  sinceMs: number;
}

/** How late a run may begin after its turn without missing anything (ms): so much of what the run before has seen is looked at again. */
export function slackOf(frequencyMs: number): number {
  return Math.min(30_000, frequencyMs / 10);
}
