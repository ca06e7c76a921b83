import { constants } from 'node:os';
import type { Writable } from 'node:stream';
import { stderrColour } from '../content/colour';
import { Failure } from '../content/failure';

/** A reader that has seen enough (`tollgate … | head`) is no error: the process ends quietly. */
export function exitOnClosedPipe(stream: Writable): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

/** Death by a signal would skip the `exit` handlers by which modules clean up; a plain exit runs them. */
export function exitOnInterrupt(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
}

/** Tells on stderr why a command ended, and returns its exit code. An error that is no `Failure` is a defect of Tollgate. */
export function reportError(error: unknown): number {
  if (error instanceof Failure) {
    process.stderr.write(`${stderrColour.red('error')}: ${error.message}\n`);
    if (error.hint) process.stderr.write(`${stderrColour.dim('hint')}: ${error.hint}\n`);
    return error.exitCode;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${stderrColour.red('this is a defect of Tollgate')}, please report it:\n${detail}\n`);
  return 3;
}
