import type { Event } from '@tollgate/sigma/values/event';
import type { Happening } from './happening';
import type { Key } from './random';
import type { Facility, World } from './world';

/** Renders what happens in a world as one log source's records. */
export interface Lens {
  /** Telemetry contract id. */
  source: string;
  /** What has to run for it to record anything; one of them is enough. */
  runs: readonly Facility[];
  /** How fine the record's own clock is, ms: its time is cut down to a multiple of this. */
  clock: number;
  /** Whether this source logs it; a happening makes at most one record a source. */
  sees(happening: Happening, world: World): boolean;
  /** The vendor's record of something that it sees. */
  record(happening: Happening, world: World): Event;
  /** How long after it happened the log delivers it, ms. Decided by the key alone. */
  delay(key: Key): number;
  /** For a source whose records depend on what it recorded before, such as a rate: this lens with an empty memory, for one run. */
  started?(): Lens;
}
