import type { Progress } from '../../detection/engine/execution';
import type { JobShare } from '../../foundation/threads/job-thread';

/** The progress of a thread's job, of which only the part that is done is told: its stages would change places with those of other threads. */
export class SharesAlone implements Progress {
  tell: (progress: JobShare) => void = () => undefined;

  update(_stage: string, events: number, _total?: number, share?: number): void {
    if (share !== undefined) this.tell({ events, share });
  }
}
