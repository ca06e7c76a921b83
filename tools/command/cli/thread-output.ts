import { Writable } from 'node:stream';
import type { MessagePort } from 'node:worker_threads';

/** 1 is standard output, 2 standard error. */
export type Descriptor = 1 | 2;

/** What the thread of a command is started with. */
export interface Start {
  args: string[];
  /** For each output how wide its terminal is; `null` where it is none. */
  columns: Record<Descriptor, number | null>;
  /** Where the command writes down what it would leave; `null` where that is nowhere. */
  journals: string | null;
}

/** What it tells the main thread: what to print, and with which exit code it has ended. */
export type Told = { to: Descriptor; text: string | Uint8Array } | { ended: number };

/** What it is told: how much was printed, that nobody reads an output any more, or that the terminal has another width. */
export type Heard = { from: Descriptor } & (
  { printed: number } | { closed: NodeJS.ErrnoException } | { columns: number }
);

/** What may be on its way to the main thread, in characters or bytes; who writes more waits. */
const UNDER_WAY = 1 << 20;

/**
 * Standard output or error of a command's thread. What is written is with the main thread at once, also while this one computes and
 * never comes to its event loop; a thread's own streams would keep it back.
 */
export class ThreadOutput extends Writable {
  private underWay = 0;
  private waiting: (() => void) | null = null;
  isTTY: boolean;
  columns: number | undefined;

  constructor(
    private readonly port: MessagePort,
    readonly fd: Descriptor,
    columns: number | null,
  ) {
    super({ decodeStrings: false });
    this.isTTY = columns !== null;
    this.columns = columns ?? undefined;
  }

  override _write(text: string | Uint8Array, _encoding: string, done: () => void): void {
    this.port.postMessage({ to: this.fd, text } satisfies Told);
    this.underWay += text.length;
    if (this.underWay <= UNDER_WAY) done();
    else {
      this.waiting = done;
      this.port.ref(); // Nothing else may keep the thread alive until there is room.
    }
  }

  /** Takes what the main thread says of this output. */
  hear(heard: Heard): void {
    if ('columns' in heard) {
      this.columns = heard.columns;
      this.emit('resize');
    } else if ('closed' in heard) this.emit('error', heard.closed);
    else {
      this.underWay -= heard.printed;
      const { waiting } = this;
      if (waiting === null || this.underWay > UNDER_WAY / 2) return;
      this.waiting = null;
      this.port.unref();
      waiting();
    }
  }
}
