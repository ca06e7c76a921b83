import type { Stream } from './campaign-stream';
import type { Happening } from './happening';
import type { Reaction } from './scenario';

/** How far a stream has got: what it met changes where it goes next. */
export class Course {
  /** When it began or last moved, epoch ms. */
  since: number;
  /** Whether nothing more comes. */
  over = false;
  private moves = 0;
  private refusals = 0;

  /** At the beginning. */
  constructor(private readonly stream: Stream) {
    this.since = stream.from;
  }

  /** How many times it has moved to another one of these. */
  moved(to: Reaction): number {
    return this.reacts(to) ? this.moves : 0;
  }

  /** Whether it answers refusals so. */
  reacts(by: Reaction): boolean {
    return this.stream.traffic.reacts?.by.includes(by) ?? false;
  }

  /** Takes note of what came of the visit that began at a time. */
  note(time: number, happenings: readonly Happening[]): void {
    const { reacts } = this.stream.traffic;
    if (!reacts) return;
    this.refusals += happenings.filter(isRefusal).length;
    if (this.refusals < reacts.after) return;
    this.refusals = 0;
    this.moves++;
    this.since = time;
    this.over = this.reacts('stop');
  }
}

function isRefusal(happening: Happening): boolean {
  if (happening.kind === 'request') return happening.stopped !== null;
  return happening.kind === 'send' && happening.send.outcome === 'blocked';
}
