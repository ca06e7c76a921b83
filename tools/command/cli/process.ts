import { stderrColour } from '../../foundation/content/colour';
import { Failure } from '../../foundation/content/failure';
import { harmlessLines } from '../../foundation/content/harmless';
import { concealed } from '../../foundation/content/secrets';

/**
 * Tells on stderr why a command ended, and returns its exit code. An error that is no `Failure` is a defect of Tollgate.
 * `write`: where it is told.
 */
export function reportError(
  error: unknown,
  write: (text: string) => void = (text) => void process.stderr.write(text),
): number {
  const failure = isOutOfMemory(error) ? MEMORY : error;
  if (failure instanceof Failure) {
    write(`${stderrColour.red('error')}: ${harmlessLines(concealed(failure.message))}\n`);
    if (failure.hint) write(`${stderrColour.dim('hint')}: ${harmlessLines(concealed(failure.hint))}\n`);
    return failure.exitCode;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  write(
    `${stderrColour.red('this is a defect of Tollgate')}, please report it:\n${harmlessLines(concealed(detail))}\n`,
  );
  return 3;
}

const MEMORY = new Failure(
  3,
  'the memory that Node gives a thread ran out',
  'set NODE_OPTIONS=--max-old-space-size=8192 for 8 GB, or give less at a time',
);

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
}
