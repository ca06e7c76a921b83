import type { Failure } from '../../foundation/content/failure';
import { harmless } from '../../foundation/content/harmless';
import { note } from '../../foundation/content/note';
import type { Fault } from '../../foundation/ndjson/blocks';

/** So many of one reason are told one by one. */
const TOLD = 5;

const MALFORMED = 'malformed';

/** Tells on stderr of records that are lost, and counts them by what is wrong with them. They are findings: the exit code becomes 1. */
export class BadLines {
  count = 0;
  /** Reason → how many, and where the first is. */
  private readonly reasons = new Map<string, { count: number; first: string }>();

  /** `clear` takes what stands there off the terminal. */
  constructor(private readonly clear: () => void = () => undefined) {}

  /** `line` is that of the file, from 1; `file` may be `-`. */
  tell(file: string, { line, message, reason = MALFORMED }: Fault): void {
    const place = `${nameOf(file)}:${line}`;
    const known = this.reasons.get(reason) ?? { count: 0, first: place };
    this.reasons.set(reason, known);
    this.count++;
    known.count++;
    if (process.exitCode !== 3) process.exitCode = 1;
    if (known.count <= TOLD) this.write(`${place}: ${message}`);
  }

  /** Tells of a file that can't be read, or not to its end. */
  unreadable(_: string, { message, hint }: Failure): void {
    process.exitCode = 3;
    this.write(`error: ${message}${hint === undefined ? '' : `: ${hint}`}`);
  }

  /** Says how many there were, by their reasons; nothing where there were none. */
  sum(): void {
    if (this.count === 0) return;
    const each = [...this.reasons].map(([reason, { count, first }]) => `${count} ${reason}, first at ${first}`);
    note(`${this.count} record${this.count === 1 ? '' : 's'} lost: ${each.join('; ')}`);
  }

  private write(text: string): void {
    this.clear();
    process.stderr.write(`${harmless(text)}\n`);
  }
}

function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}
