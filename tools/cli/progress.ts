import type { Progress } from '../sigma/execution';

const REDRAW_MS = 100;
const WIDTH = 24;

/** Draws one line of progress on stderr while it is a terminal; in a pipe it stays silent. */
export class TerminalProgress implements Progress {
  private drawn = 0;
  private stage = '';

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  update(stage: string, done: number, total?: number, share?: number): void {
    if (!this.stream.isTTY) return;
    const now = performance.now();
    const finished = total !== undefined && done >= total;
    if (stage === this.stage && !finished && now - this.drawn < REDRAW_MS) return;
    this.drawn = now;
    this.stage = stage;
    const columns = this.stream.columns || 80;
    this.stream.write(`\r${line(stage, done, total, share).slice(0, columns - 1)}\u001b[K`);
  }

  /** Takes the line away, so that what follows begins at the margin. */
  clear(): void {
    if (this.stream.isTTY && this.stage) this.stream.write('\r\u001b[K');
    this.stage = '';
  }
}

function line(stage: string, done: number, total?: number, share?: number): string {
  if (total === undefined) {
    const counted = `${stage}  ${done > 0 ? done : ''}`;
    return share === undefined ? counted : `${bar(share)}  ${counted}`;
  }
  return `${bar(total > 0 ? Math.min(1, done / total) : 1)}  ${stage}`;
}

function bar(share: number): string {
  const full = Math.round(share * WIDTH);
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${String(Math.round(share * 100)).padStart(3)} %`;
}
