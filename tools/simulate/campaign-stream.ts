import { between, type Key } from './random';
import { milliseconds, type NumberRange, type ScenarioTraffic } from './scenario';
import type { Label } from './types';

/** One kind of traffic of a scenario's occurrence. */
export interface Stream {
  traffic: ScenarioTraffic;
  /** When it begins (epoch ms), and how long it lasts (ms). */
  from: number;
  length: number;
  /** All that is drawn for it descends from this. */
  key: Key;
  label: Label;
}

/** `begins` and `ends` are those of the whole occurrence, epoch ms. */
export function streamOf(traffic: ScenarioTraffic, begins: number, ends: number, key: Key, label: Label): Stream {
  const from = begins + (traffic.from ? milliseconds(traffic.from) : 0);
  return { traffic, from, length: traffic.lasts ? milliseconds(traffic.lasts) : ends - from, key, label };
}

/** A number as it is given, or drawn for the stream from between two. */
export function drawn({ key }: Stream, range: NumberRange, purpose: string): number {
  return typeof range === 'number' ? range : between(key, purpose, range[0], range[1]);
}
