import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { isatty } from 'node:tty';
import type { Worker } from 'node:worker_threads';
import { Failure } from '../../foundation/content/failure';
import { harmless } from '../../foundation/content/harmless';
import { journalsOf } from '../../detection/elasticsearch/node/folders';
import { removeJournal } from '../../foundation/leftovers/journal';
import { hearLeftovers, leftovers } from '../../foundation/leftovers/registry';
import { GRACE_MS } from '../../foundation/content/waits';
import type * as Write from '../../foundation/content/write';
import type * as ClearAway from './clear-away';
import { clearDeadRuns } from './dead-runs';
import { Outlet } from './outlet';
import type * as Report from './process';
import type { Descriptor, Heard, Start, Told } from './thread-output';

type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/**
 * Runs the command line in `thread`, which has been told to load `command`, and ends the process with its exit code. This thread
 * only prints, and takes signals, which no computation keeps it from. Returns what is to be called at a signal: it ends the other
 * thread, clears away what that would leave, and ends the process with 128 and the signal's number.
 */
export function start(thread: Worker, args: string[]): (signal: Signal) => void {
  hearLeftovers();
  const supervisor = new Supervisor(thread, args);
  return (signal) => void supervisor.interrupt(signal);
}

class Supervisor {
  private readonly outlets: Record<Descriptor, Outlet>;
  private code: number | null = null;
  private isPipeClosed = false;
  /** Of something that standard error should have shown. */
  private isErrorLost = false;
  private isEnding = false;
  private isInterrupted = false;
  private readonly journals = journalsOf(process.env);
  private readonly cleared: Promise<void>;

  constructor(
    private readonly worker: Worker,
    args: string[],
  ) {
    const columns = { 1: widthOf(1), 2: widthOf(2) };
    this.tell({ args, columns, journals: this.journals });
    this.outlets = {
      1: new Outlet(1, (error) => this.failOutput(error)),
      2: new Outlet(2, (error) => (this.isErrorLost ||= error.code !== 'EPIPE')),
    };
    this.cleared = this.clearDead();
    this.worker.on('message', (told: Told) => this.take(told));
    this.worker.on('error', (error) => (this.code = this.report(error)));
    this.worker.on('exit', (code) => void this.exited(code));
    for (const from of [1, 2] as const)
      if (columns[from] !== null)
        streamOf(from).on('resize', () => this.tell({ from, columns: streamOf(from).columns }));
  }

  private take(told: Told): void {
    if (this.isEnding) return;
    if ('ended' in told) this.code = told.ended;
    else this.outlets[told.to].write(told.text, () => this.tell({ from: told.to, printed: told.text.length }));
  }

  private tell(heard: Start | Heard): void {
    this.worker.postMessage(heard);
  }

  private async exited(code: number): Promise<void> {
    if (this.isEnding) return;
    // Of a closed pipe the thread has made what it would; else it says how it ended, or has thrown.
    if (this.code === null && !this.isPipeClosed)
      this.code = this.report(new Error('the command ended before it was done'));
    await this.clear();
    await this.end(this.code ?? code);
  }

  private failOutput(error: NodeJS.ErrnoException): void {
    if (error.code === 'EPIPE') {
      this.isPipeClosed = true;
      this.tell({ from: 1, closed: error });
      return;
    }
    const { systemReason } = require('../../foundation/content/write') as typeof Write;
    this.report(new Failure(3, `cannot write standard output: ${systemReason(error)}`));
    void this.abort(3);
  }

  async interrupt(signal: Signal): Promise<void> {
    if (this.isInterrupted) return die(signal); // Who asks twice doesn't want to wait.
    this.isInterrupted = true;
    for (const outlet of Object.values(this.outlets)) outlet.close();
    await this.abort(128 + constants.signals[signal], signal);
  }

  /** Ends the thread, wherever it is, and then the process; by the signal where the thread can't be ended. */
  private async abort(code: number, signal?: Signal): Promise<void> {
    this.isEnding = true;
    const isGone = await Promise.race([this.worker.terminate().then(() => true), sleep(GRACE_MS, false)]);
    await this.clear();
    if (signal === undefined) await this.end(code);
    else if (isGone) process.exit(code);
    else die(signal);
  }

  private async end(code: number): Promise<void> {
    await this.outlets[1].flushed();
    await this.outlets[2].flushed();
    process.exit(this.isErrorLost ? 3 : code);
  }

  private async clear(): Promise<void> {
    const left = leftovers();
    const cleared = left.length > 0 ? await (require('./clear-away') as typeof ClearAway).clearAway(left) : left;
    if (this.journals !== null && cleared.length === left.length) removeJournal(this.journals);
    await this.cleared;
  }

  /** What commands left that were killed. */
  private async clearDead(): Promise<void> {
    const told = this.journals === null ? '' : await clearDeadRuns(this.journals);
    if (told !== '' && !this.isEnding) this.outlets[2].write(`note: ${harmless(told)}\n`);
  }

  /** Tells why the command ended; returns its exit code. */
  private report(error: unknown): number {
    const { reportError } = require('./process') as typeof Report;
    return reportError(error, (text) => this.outlets[2].write(text));
  }
}

/** Ends the process as one that never asked for the signal; `process.exit` would wait for threads that wait for the system. */
function die(signal: Signal): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

function streamOf(fd: Descriptor): NodeJS.WriteStream {
  return fd === 1 ? process.stdout : process.stderr;
}

/** How many columns a terminal has; `null` of what is none. */
function widthOf(fd: Descriptor): number | null {
  return isatty(fd) ? streamOf(fd).columns || 80 : null;
}
