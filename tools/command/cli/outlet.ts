import { fstatSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { Descriptor } from './thread-output';

/**
 * The process's standard output or error. What is written goes there whole, or the first error is told and the rest dropped: Node's
 * own stream to a file does not notice where a full disk takes only a part.
 */
export class Outlet {
  private failed = false;
  private pending = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly stream: NodeJS.WriteStream | null;
  /** Whether a line of progress, which begins at the margin of the line that it replaces, was drawn last. */
  private drawn = false;

  constructor(
    private readonly fd: Descriptor,
    private readonly onError: (error: NodeJS.ErrnoException) => void,
  ) {
    this.stream = isStream(fd) ? (fd === 1 ? process.stdout : process.stderr) : null;
    this.stream?.on('error', (error) => this.fail(error));
  }

  /** `printed` is called when it has been written, or dropped. */
  write(text: string | Uint8Array, printed: () => void = () => undefined): void {
    if (this.failed) {
      printed();
      return;
    }
    this.drawn =
      typeof text === 'string' && text.startsWith('\r') && !text.endsWith('\n') && !text.endsWith('\r\u001b[K');
    this.pending++;
    const done = (): void => {
      printed();
      if (--this.pending === 0) for (const resolve of this.waiting.splice(0)) resolve();
    };
    if (this.stream !== null) this.stream.write(text, done);
    else {
      this.writeFile(text);
      done();
    }
  }

  /** From now on nothing is written; a line of progress is taken away. */
  close(): void {
    if (this.drawn && this.stream !== null && !this.failed) this.stream.write('\r\u001b[K');
    this.failed = true;
  }

  /** Resolves once all is written. */
  async flushed(): Promise<void> {
    if (this.pending > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private writeFile(text: string | Uint8Array): void {
    try {
      const bytes = Buffer.from(text as string);
      for (let at = 0; at < bytes.length;) at += writeSync(this.fd, bytes, at);
    } catch (error) {
      this.fail(error as NodeJS.ErrnoException);
    }
  }

  private fail(error: NodeJS.ErrnoException): void {
    if (this.failed) return;
    this.failed = true;
    this.onError(error);
  }
}

/** Whether it is a terminal, a pipe or a socket, which Node's stream waits for where they are full. */
function isStream(fd: Descriptor): boolean {
  const stat = fstatSync(fd);
  return isatty(fd) || stat.isFIFO() || stat.isSocket();
}
