import { harmless } from '../../foundation/content/harmless';
import { columnsOf, isTerminal } from '../../foundation/content/terminal';
import { cut, widthOf } from '../report/width';
import { duration, thousands } from '../report/words';
import type { Progress } from '../../detection/engine/execution';

const REDRAW_MS = 100;
const WIDEST_BAR = 24;
const NARROWEST_BAR = 8;
/** Nothing is said of the time that is left before so much of the work and of the time have passed. */
const TELLING_SHARE = 0.02;
const TELLING_MS = 2000;
/** Between the parts of a stage. */
const BETWEEN = ' · ';

/** Draws one line of progress on stderr while it is a terminal; in a pipe it stays silent. */
export class TerminalProgress implements Progress {
  private drawn = 0;
  private stage = '';
  /** When the present bar began, and how far it had come when it was last drawn. */
  private began = 0;
  private share = 1;

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  update(stage: string, done: number, total?: number, share?: number): void {
    if (!isTerminal(this.stream)) return;
    const now = performance.now();
    const part = share ?? (total === undefined ? undefined : total > 0 ? Math.min(1, done / total) : 1);
    if (stage === this.stage && part !== 1 && now - this.drawn < REDRAW_MS) return;
    if (part !== undefined) {
      if (part < this.share) this.began = now;
      this.share = part;
    }
    this.drawn = now;
    this.stage = stage;
    const parts = harmless(stage).split(BETWEEN);
    if (share !== undefined && done > 0) parts.push(eventsText(done, total));
    if (part === undefined && done > 0) parts.push(thousands(done));
    const left = part === undefined ? '' : leftText(part, now - this.began);
    this.stream.write(`\r${line(parts, part, left, columnsOf(this.stream, 80) - 1)}\u001b[K`);
  }

  /** Takes the line away, so that what follows begins at the margin. */
  clear(): void {
    if (isTerminal(this.stream) && this.stage) this.stream.write('\r\u001b[K');
    this.stage = '';
  }
}

/** `312,000 of about 1,090,000 events`. */
function eventsText(done: number, total = 0): string {
  const about = Number(total.toPrecision(3));
  return `${thousands(done)}${about > done ? ` of about ${thousands(about)}` : ''} events`;
}

function leftText(part: number, ms: number): string {
  const isTelling = part >= TELLING_SHARE && part < 1 && ms >= TELLING_MS;
  return isTelling ? `${duration((ms * (1 - part)) / part / 1000)} left` : '';
}

/** The line in so many columns: what is less telling goes first, then the bar and the time that is left, and at last a part is cut. */
function line(parts: string[], part: number | undefined, left: string, columns: number): string {
  for (let kept = parts.length; kept > 0; kept--) {
    const text = [...parts.slice(0, kept), ...(left === '' ? [] : [left])].join(BETWEEN);
    const room = columns - widthOf(text) - (part === undefined ? 0 : PER_CENT);
    if (part === undefined && room >= 0) return text;
    if (part !== undefined && room >= NARROWEST_BAR) return `${bar(part, Math.min(WIDEST_BAR, room))}  ${text}`;
  }
  const text = part === undefined ? parts[0]! : `${perCent(part)}  ${parts[0]!}`;
  const withLeft = `${text}${left && BETWEEN}${left}`;
  return widthOf(withLeft) <= columns ? withLeft : cut(text, columns);
}

/** Columns of ` 100 %` behind the bar, and of the gap behind that. */
const PER_CENT = 8;

function perCent(part: number): string {
  return `${String(Math.floor(part * 100)).padStart(3)} %`;
}

function bar(part: number, width: number): string {
  const full = Math.round(part * width);
  return `${'█'.repeat(full)}${'░'.repeat(width - full)} ${perCent(part)}`;
}
