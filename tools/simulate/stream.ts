import TinyQueue from 'tinyqueue';
import type { Event } from '@tollgate/sigma/values/event';
import type { Deriver } from '../telemetry/derive';
import { blockOf } from '../telemetry/phone';
import { Calendar } from './calendar';
import type { Happening, Logging } from './happening';
import type { Lens } from './lens';
import type { Beginning } from './ordinary';
import { between, chance, child } from './random';
import { priceOf, type RateCard } from './rate-card';
import type { Message, SimulatedEvent } from './types';
import { tenantsOf, type World } from './world';

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
  /** Delivered once more. */
  again: boolean;
}

/** A record that is delivered again comes at most so much later: ours. */
const SECOND_DELIVERY = 300_000;

/** A coarser clock puts a record before its happening, at most by this. */
const COARSEST_CLOCK = 60_000;

/**
 * Merges what begins in several sources, each in the order of time, into one stream of events in the order of time. What
 * lies at or after `end` is left out. At any moment only what follows from recent beginnings is held in memory.
 */
export function* eventStream(
  world: World,
  sources: Iterator<Beginning>[],
  recorded: Recording[],
  end: number,
  onMessage?: (message: Message) => void,
): Generator<SimulatedEvent> {
  const places = tenantsOf(world);
  const recordings = recorded.map((one) => ({
    ...one,
    places: places.map((at) => ({ world: at, lens: one.lens.started?.() ?? one.lens })),
  }));
  const beginnings = new TinyQueue<{ next: Beginning; source: Iterator<Beginning> }>(
    [],
    (a, b) => a.next.time - b.next.time,
  );
  const pull = (source: Iterator<Beginning>): void => {
    const { value, done } = source.next();
    if (!done) beginnings.push({ next: value, source });
  };
  for (const source of sources) pull(source);

  const calendar = new Calendar<Pending>();
  const add = (pending: Pending): void => {
    if (pending.time < end) calendar.add(pending);
  };
  let n = 0;
  let second = -Infinity;
  for (;;) {
    let begun = beginnings.peek();
    if (calendar.isEmpty) {
      if (!begun) return;
      // Over the time in which nothing is to come.
      second = Math.floor((begun.next.time - COARSEST_CLOCK) / 1000);
    }
    // A second's records may go out when nothing that is yet to begin can come into it.
    for (
      const settled = (second + 1) * 1000 + COARSEST_CLOCK;
      begun && begun.next.time < settled;
      begun = beginnings.peek()
    ) {
      beginnings.pop();
      for (const happening of begun.next.happenings()) {
        if (onMessage && happening.kind === 'send' && happening.time < end)
          tell(happening, world.rates, recordings, onMessage);
        observe(happening, recordings, add);
      }
      pull(begun.source);
    }
    for (const pending of calendar.take(second++).sort(inOrder)) {
      yield rendered(pending, recordings[pending.recording]!, n++);
    }
  }
}

/** A source of a run at each of the world's assets: what counts, counts for each of them apart. */
interface PlacedRecording extends Recording {
  places: { world: World; lens: Lens }[];
}

/** Where a happening is recorded; administrators act at the world's own asset. */
function placeOf(happening: Happening, { places }: PlacedRecording): PlacedRecording['places'][number] {
  return places[happening.kind === 'change' ? 0 : happening.visit.tenant]!;
}

function observe(happening: Happening, recordings: PlacedRecording[], add: (pending: Pending) => void): void {
  for (let recording = 0; recording < recordings.length; recording++) {
    const { lens, world } = placeOf(happening, recordings[recording]!);
    const { from } = recordings[recording]!;
    if (!lens.sees(happening, world)) continue;
    const time = happening.time - (happening.time % lens.clock);
    if (time < from) continue;
    add({ time, happening, recording, again: false });
    if (isRepeated(happening, lens)) add({ time, happening, recording, again: true });
  }
}

/** What goes wrong with a happening's records on their way to one source's log, if anything. */
function loggingOf(happening: Happening, lens: Lens): Logging | null {
  if (happening.kind === 'change') return null;
  const { logging } = happening.visit;
  return logging !== null && (logging.sources?.includes(lens.source) ?? true) ? logging : null;
}

function isRepeated(happening: Happening, lens: Lens): boolean {
  const logging = loggingOf(happening, lens);
  return logging !== null && chance(child(happening.key, lens.source, happening.step), 'twice', logging.twice);
}

/** A provider bills what it hands to a carrier; what it blocks costs nothing. */
function tell(
  happening: Happening & { kind: 'send' },
  rates: RateCard,
  recordings: PlacedRecording[],
  onMessage: (message: Message) => void,
): void {
  if (happening.send.outcome === 'blocked') return;
  const { person, verifiedAt } = happening.visit;
  const traces = (['send', 'handed_over', 'done'] as const).map((kind) => ({ ...happening, kind }));
  onMessage({
    label: happening.label,
    time: happening.time,
    usd: priceOf(rates, person.country),
    country: person.country,
    block: blockOf(person.number)!,
    usedAt: verifiedAt,
    sources: recordings
      .filter((recording) => {
        const { lens, world } = placeOf(happening, recording);
        return traces.some((trace) => lens.sees(trace, world));
      })
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
    a.recording - b.recording ||
    Number(a.again) - Number(b.again)
  );
}

function rendered({ time, happening, again }: Pending, recording: PlacedRecording, n: number): SimulatedEvent {
  const { derive } = recording;
  const { lens, world } = placeOf(happening, recording);
  const record: Event = lens.record(happening, world);
  const key = child(happening.key, lens.source, happening.step);
  const held = loggingOf(happening, lens)?.heldUntil ?? 0;
  const first = Math.max(time, held) + lens.delay(key);
  const ingested = again ? first + Math.round(between(key, 'again', 1000, SECOND_DELIVERY)) : first;
  return { n, source: lens.source, time, ingested, event: derive(record, ingested), label: happening.label };
}
