import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { timeout } from '../../../.mocharc.json';

const ROOT = join(__dirname, '../../..');

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `tollgate` as a process of its own in the repository's folder, without a terminal. */
export function tollgate(...args: string[]): Ended {
  return tollgateOn('', ...args);
}

/** The same with a standard input. */
export function tollgateOn(input: string | Buffer, ...args: string[]): Ended {
  return run(ROOT, input, args);
}

/** The same in another folder. */
export function tollgateIn(folder: string, ...args: string[]): Ended {
  return run(folder, '', args);
}

function run(cwd: string, input: string | Buffer, args: string[]): Ended {
  const shim = join(ROOT, 'bin', 'tollgate.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [shim, ...args], {
    cwd,
    encoding: 'utf8',
    input,
    maxBuffer: 1 << 28,
    env: { ...process.env, NO_COLOR: '1' },
    // Mocha cannot end a test that waits for a process without turning its loop.
    timeout,
  });
  return { code: status, stdout, stderr };
}
