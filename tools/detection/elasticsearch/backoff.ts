import { BUSY_MS } from '../../foundation/content/waits';

const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [100, 5_000];

/**
 * The pauses between repetitions of one request: each about twice as long as the one before, of random length, so that those who
 * were turned away together do not come back together.
 */
export class Backoff {
  private readonly end = performance.now() + BUSY_MS;
  private most = FIRST_PAUSE_MS;

  /**
   * How long to wait now, in milliseconds; `null` once it has taken too long. `asked`: the seconds that the node asked for in
   * `Retry-After`, which are waited for where they are more.
   */
  next(asked?: number): number | null {
    const pause = Math.max(this.most * (0.5 + Math.random() / 2), (asked ?? 0) * 1000);
    this.most = Math.min(LONGEST_PAUSE_MS, 2 * this.most);
    return performance.now() + pause > this.end ? null : pause;
  }
}
