import TinyQueue from 'tinyqueue';
import type { Event } from '../content/event';
import type { Deriver } from '../telemetry/derive';
import type { Happening } from './happening';
import type { Lens } from './lens';
import type { Beginning } from './ordinary';
import { child } from './random';
import { priceOf } from './countries';
import type { Message, SimulatedEvent } from './types';
import type { World } from './world';

/** One source of a run: its lens, what makes events of its records, and from when on it is recorded. */
export interface Recording {
  lens: Lens;
  derive: Deriver;
  from: number;
}

/** A record that is yet to be made. */
interface Pending {
  time: number;
  happening: Happening;
  recording: number;
}

/** A coarser clock puts a record before its happening, at most by this. */
const COARSEST_CLOCK = 1000;

/**
 * Merges what begins in several sources, each in the order of time, into one stream of events in the order of time. What
 * lies at or after `end` is left out. At any moment only what follows from recent beginnings is held in memory.
 */
export function* eventStream(
  world: World,
  sources: Iterator<Beginning>[],
  recordings: Recording[],
  end: number,
  onMessage?: (message: Message) => void,
): Generator<SimulatedEvent> {
  const beginnings = new TinyQueue<{ next: Beginning; source: Iterator<Beginning> }>(
    [],
    (a, b) => a.next.time - b.next.time,
  );
  const pending = new TinyQueue<Pending>([], inOrder);
  const pull = (source: Iterator<Beginning>): void => {
    const { value, done } = source.next();
    if (!done) beginnings.push({ next: value, source });
  };
  for (const source of sources) pull(source);

  let n = 0;
  for (;;) {
    // A record may go out when nothing that is yet to begin can come before it.
    let first = pending.peek();
    for (let begun = beginnings.peek(); begun && (!first || begun.next.time <= first.time + COARSEST_CLOCK);) {
      beginnings.pop();
      for (const happening of begun.next.happenings()) {
        if (onMessage && happening.kind === 'send' && happening.time < end)
          tell(happening, world, recordings, onMessage);
        observe(happening, world, recordings, (one) => {
          if (one.time < end) pending.push(one);
        });
      }
      pull(begun.source);
      first = pending.peek();
      begun = beginnings.peek();
    }
    if (!first) return;
    pending.pop();
    yield rendered(first, recordings[first.recording]!, world, n++);
  }
}

function observe(happening: Happening, world: World, recordings: Recording[], add: (pending: Pending) => void): void {
  for (let recording = 0; recording < recordings.length; recording++) {
    const { lens, from } = recordings[recording]!;
    if (!lens.sees(happening, world)) continue;
    const time = happening.time - (happening.time % lens.clock);
    if (time >= from) add({ time, happening, recording });
  }
}

/** A provider bills what it hands to a carrier; what it blocks costs nothing. */
function tell(
  happening: Happening & { kind: 'send' },
  world: World,
  recordings: Recording[],
  onMessage: (message: Message) => void,
): void {
  if (happening.send.outcome === 'blocked') return;
  const traces = (['send', 'handed_over', 'done'] as const).map((kind) => ({ ...happening, kind }));
  onMessage({
    label: happening.label,
    time: happening.time,
    usd: priceOf(happening.visit.person.country),
    sources: recordings
      .filter(({ lens }) => traces.some((trace) => lens.sees(trace, world)))
      .map(({ lens }) => lens.source),
  });
}

/** By time; what is simultaneous by whose happening it is, so that no order depends on which scenarios there are. */
function inOrder(a: Pending, b: Pending): number {
  return (
    a.time - b.time ||
    a.happening.key.a - b.happening.key.a ||
    a.happening.key.b - b.happening.key.b ||
    a.happening.step - b.happening.step ||
    a.recording - b.recording
  );
}

function rendered({ time, happening }: Pending, { lens, derive }: Recording, world: World, n: number): SimulatedEvent {
  const record: Event = lens.record(happening, world);
  const ingested = time + lens.delay(child(happening.key, lens.source, happening.step));
  return { n, source: lens.source, time, ingested, event: derive(record, ingested), label: happening.label };
}
