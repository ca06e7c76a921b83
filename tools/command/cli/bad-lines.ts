import { harmless } from '../../foundation/content/harmless';
import { note } from '../../foundation/content/note';

/** Tells on stderr of lines of events that hold none. They are passed over, and are findings: the exit code becomes 1. */
export class BadLines {
  count = 0;

  /** `clear` takes what stands there off the terminal. */
  constructor(private readonly clear: () => void = () => undefined) {}

  /** `line` is that of the file, from 1; `file` may be `-`. */
  tell(file: string, line: number, message: string): void {
    this.count++;
    process.exitCode = 1;
    this.clear();
    process.stderr.write(`${harmless(`${file === '-' ? 'standard input' : file}:${line}: ${message}`)}\n`);
  }

  /** Says how many there were; nothing where there were none. */
  sum(): void {
    const { count } = this;
    if (count > 0) note(`${count} malformed line${count === 1 ? '' : 's'} passed over`);
  }
}
