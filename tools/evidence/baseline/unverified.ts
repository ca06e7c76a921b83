import type { SendHistory, OtpHistory } from './otp-history';

const DAY = 86_400_000;
/** The calendar days before today whose verifications make the rolling maximum. */
const DAYS_BACK = 14;

/** What a threshold may depend on, at the time of a send. */
export interface Verified {
  /** Verifications in the last 24 hours and in the last hour. */
  day: number;
  hour: number;
  /** The most on one UTC day, of today so far and the fourteen days before it. */
  most: number;
}

/** A time during which a limit was exceeded at send after send. */
export interface Excess {
  /** Time of the first and the last send that was over the limit, epoch ms. */
  start: number;
  end: number;
  /** The count at the first. */
  value: number;
  /** Events of the sends in the windows of these, ascending. */
  events: number[];
}

export interface Scan {
  excesses: Excess[];
  /** The highest count as a part of its threshold; null where nothing was sent. */
  nearest: number | null;
}

/** Which sends a scan looks at. */
export interface ScannedSends {
  /** By occurrence, whether its sends count. */
  allowed: Uint8Array;
  /** Sends before this are history: they count, and no limit is held against them. */
  from: number;
  /** Epoch ms, included. */
  to: number;
}

/**
 * Counts, at each send of a group, the messages of the window that nobody has verified so far, this one included, and holds the
 * count against the threshold of that moment. The window is [t - windowMs, t]. Sends over the limit with no gap over `windowMs`
 * are one excess.
 */
export function scanUnverified(
  history: OtpHistory,
  group: SendHistory,
  part: ScannedSends,
  windowMs: number,
  thresholdOf: (verified: Verified) => number,
): Scan {
  const { time, verifiedAt, occurrence } = history;
  const sends = group.sends.filter((n) => part.allowed[occurrence[n]!] === 1 && time[n]! <= part.to);
  const passed = group.verified.filter((n) => part.allowed[occurrence[n]!] === 1);
  const tally = new VerifiedTally((n) => verifiedAt[n]!, passed);
  const spells = new Spells(history, sends, windowMs);
  let nearest: number | null = null;
  let unverified = 0;
  let oldest = 0;
  let verifications = 0;
  for (const [place, send] of sends.entries()) {
    const now = time[send]!;
    for (; verifications < passed.length && verifiedAt[passed[verifications]!]! <= now; verifications++) {
      const n = passed[verifications]!;
      if (verifiedAt[n]! <= time[n]! + windowMs) unverified--;
    }
    for (; time[sends[oldest]!]! < now - windowMs; oldest++) {
      const n = sends[oldest]!;
      if (verifiedAt[n]! > time[n]! + windowMs) unverified--;
    }
    unverified++;
    if (now < part.from) continue;
    const threshold = thresholdOf(tally.at(now));
    nearest = Math.max(nearest ?? 0, unverified / threshold);
    if (unverified > threshold) spells.add(place, oldest, unverified);
  }
  return { excesses: spells.all(), nearest };
}

/** Joins sends that are over a limit into excesses. */
export class Spells {
  private readonly found: { start: number; end: number; value: number; first: number; last: number }[] = [];

  constructor(
    private readonly history: OtpHistory,
    /** The group's sends, in the order of time. */
    private readonly sends: number[],
    private readonly windowMs: number,
  ) {}

  /** `place` of the send that is over the limit, and of the oldest in its window. */
  add(place: number, oldest: number, value: number): void {
    const now = this.history.time[this.sends[place]!]!;
    const open = this.found.at(-1);
    if (open && now - open.end <= this.windowMs) {
      open.end = now;
      open.last = place;
    } else this.found.push({ start: now, end: now, value, first: oldest, last: place });
  }

  all(): Excess[] {
    return this.found.map(({ first, last, ...spell }) => ({
      ...spell,
      events: this.sends.slice(first, last + 1).map((n) => this.history.event[n]!),
    }));
  }
}

/** Verifications of a group as time goes on. */
class VerifiedTally {
  private seen = 0;
  private dayFrom = 0;
  private hourFrom = 0;
  /** UTC day → verifications. */
  private readonly days = new Map<number, number>();
  private today = NaN;
  private mostBefore = 0;

  constructor(
    private readonly timeOf: (n: number) => number,
    private readonly passed: number[],
  ) {}

  at(now: number): Verified {
    const { passed, timeOf } = this;
    for (; this.seen < passed.length && timeOf(passed[this.seen]!) <= now; this.seen++) {
      const day = Math.floor(timeOf(passed[this.seen]!) / DAY);
      this.days.set(day, (this.days.get(day) ?? 0) + 1);
    }
    while (this.dayFrom < this.seen && timeOf(passed[this.dayFrom]!) < now - DAY) this.dayFrom++;
    while (this.hourFrom < this.seen && timeOf(passed[this.hourFrom]!) < now - DAY / 24) this.hourFrom++;
    const today = Math.floor(now / DAY);
    if (today !== this.today) {
      this.today = today;
      this.mostBefore = 0;
      for (const [day, count] of this.days)
        if (day < today && day >= today - DAYS_BACK) this.mostBefore = Math.max(this.mostBefore, count);
    }
    return {
      day: this.seen - this.dayFrom,
      hour: this.seen - this.hourFrom,
      most: Math.max(this.mostBefore, this.days.get(today) ?? 0),
    };
  }
}
