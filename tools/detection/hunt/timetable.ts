import type { GroupEvent } from './groups';
import { partsOf, type Tally, type WindowPart } from './tally';
import type { HuntQuery, HuntRun } from './types';

/** What a part of the windows holds, by run: events at `begins` (ms) or later, and before `ends`; both grow from run to run. */
interface PartTimes {
  selection: string;
  part: WindowPart;
  begins: Float64Array;
  ends: Float64Array;
}

/** In which of its runs a query looks at an event: in each part of the window for an unbroken stretch of runs. */
export class Timetable {
  private readonly ats: Float64Array;
  private readonly parts: PartTimes[];
  private readonly bySelection = new Map<string, [number: number, part: PartTimes][]>();

  /** `runs`: in the order of time. */
  constructor(
    readonly query: HuntQuery,
    readonly runs: HuntRun[],
  ) {
    this.ats = Float64Array.from(runs, ({ at }) => at);
    this.parts = Object.keys(query.selections).flatMap((selection) =>
      partsOf(query, selection).map((part) => ({ selection, part, ...this.timesOf(part) })),
    );
    for (const [number, part] of this.parts.entries()) {
      const known = this.bySelection.get(part.selection);
      if (known) known.push([number, part]);
      else this.bySelection.set(part.selection, [[number, part]]);
    }
  }

  /** How these events come into the windows of the runs `first` … `next - 1`, as of an empty window before, and go. */
  moves(events: GroupEvent[], first: number, next: number): Moves {
    const keys: number[] = [];
    const codes = events.length * this.parts.length * 2;
    for (let number = 0; number < events.length; number++) {
      const event = events[number]!;
      const parts = this.bySelection.get(event.selection);
      if (parts === undefined) continue;
      const known = firstAt(this.ats, event.ingested);
      for (const [place, { begins, ends }] of parts) {
        const entered = Math.max(first, known, firstAbove(ends, event.time));
        const left = firstAbove(begins, event.time);
        if (entered >= left || entered >= next) continue;
        const code = (number * this.parts.length + place) * 2;
        keys.push(entered * codes + code);
        if (left < next) keys.push(left * codes + code + 1);
      }
    }
    return new Moves(
      events,
      this.parts.map(({ part }) => part),
      new Float64Array(keys).sort(),
    );
  }

  private timesOf({ over, role }: WindowPart): Pick<PartTimes, 'begins' | 'ends'> {
    const { window, baselineMs } = this.query;
    const lag = role === 'also' ? window.settleMs : 0;
    const length = over === 'baseline' ? baselineMs : 0;
    return {
      begins: Float64Array.from(this.runs, ({ from }) => from - length),
      ends: Float64Array.from(this.runs, ({ from, to }) => (over === 'baseline' ? from : to) + lag),
    };
  }
}

/** Events on their way through the parts of a window, run by run. */
export class Moves {
  private at = 0;
  private readonly codes: number;

  /** `keys`, ascending: ((run · events + event) · parts + part) · 2, and one more where the event goes. */
  constructor(
    private readonly events: GroupEvent[],
    private readonly parts: WindowPart[],
    private readonly keys: Float64Array,
  ) {
    this.codes = events.length * parts.length * 2;
  }

  /** The run of the next moves; `Infinity` where there are none left. */
  get run(): number {
    return this.at < this.keys.length ? Math.floor(this.keys[this.at]! / this.codes) : Infinity;
  }

  /** Makes the moves of a run, and returns the events that came into the window (not the baseline). */
  make(run: number, tally: Tally): GroupEvent[] {
    const arrived: GroupEvent[] = [];
    const start = run * this.codes;
    for (; this.at < this.keys.length && this.keys[this.at]! < start + this.codes; this.at++) {
      const code = this.keys[this.at]! - start;
      const place = Math.floor(code / 2);
      const event = this.events[Math.floor(place / this.parts.length)]!;
      const part = this.parts[place % this.parts.length]!;
      const comes = code % 2 === 0;
      tally.move(event, part, comes ? 1 : -1);
      if (comes && part.over === 'window') arrived.push(event);
    }
    return arrived;
  }
}

/** The place of the first of ascending numbers that is above a limit. */
function firstAbove(numbers: Float64Array, limit: number): number {
  let low = 0;
  let high = numbers.length;
  // Most events of a long baseline are in it through all runs.
  if (high === 0 || numbers[0]! > limit) return 0;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle]! > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The place of the first of ascending numbers that is at a limit or above it. */
function firstAt(numbers: Float64Array, limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle]! >= limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
