import { spawn } from 'node:child_process';
import { identify } from '../../../foundation/leftovers/process-identity';
import type { Leftover } from '../../../foundation/leftovers/leftover';
import { leaving } from '../../../foundation/leftovers/registry';

/** What a command printed (the last part of it) and how it ended; `code` is null where it was killed or never started. */
export interface CommandResult {
  code: number | null;
  /** Standard output, at most `MAX_OUTPUT` characters from its end. */
  stdout: string;
  /** Standard error likewise. */
  stderr: string;
}

const MAX_OUTPUT = 64 * 1024;

/** A carriage return alone ends a line that is drawn anew. */
const LINE_END = /\r\n|\r|\n/;

/** How long the pipes of a program that ended are read at most. */
const AFTER_EXIT_MS = 5_000;

/**
 * Runs a program without a shell, `as` another user where that is given. Never throws: a program that is not there, or that outlives
 * `timeoutMs` and is killed for it, has the code null. `onLine` gets each line of standard output as it comes, also one that the
 * next is to overwrite.
 */
export function runCommand(
  program: string,
  args: string[],
  options: {
    timeoutMs: number;
    env?: NodeJS.ProcessEnv;
    as?: { uid: number; gid: number };
    onLine?: (line: string) => void;
  },
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      ...options.as,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: options.env,
      timeout: options.timeoutMs,
      killSignal: 'SIGKILL',
    });
    const gone = child.pid === undefined ? () => undefined : leaving(processOf(child.pid));
    let stdout = '';
    let stderr = '';
    let pending = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout = (stdout + text).slice(-MAX_OUTPUT);
      if (options.onLine === undefined) return;
      const lines = (pending + text).slice(-MAX_OUTPUT).split(LINE_END);
      pending = lines.pop() ?? '';
      for (const line of lines) options.onLine(line);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-MAX_OUTPUT)));
    child.on('error', (error) => resolve({ code: null, stdout, stderr: stderr + error.message }));
    child.on('close', (code) => {
      gone();
      resolve({ code, stdout, stderr });
    });
    // What it started itself, and hangs, would hold them open for ever.
    child.on('exit', () =>
      setTimeout(() => [child.stdout, child.stderr].forEach((pipe) => pipe.destroy()), AFTER_EXIT_MS).unref(),
    );
  });
}

function processOf(pid: number): Leftover {
  return { kind: 'process', pid, started: identify(pid)?.started };
}

/** The last `count` lines of a text that are not empty. */
export function lastLines(text: string, count: number): string {
  return text
    .split(LINE_END)
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .join('\n');
}
