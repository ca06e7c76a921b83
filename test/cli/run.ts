import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** Runs `tollgate` as a process of its own in the repository's folder, without a terminal. */
export function tollgate(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const shim = join(ROOT, 'bin', 'tollgate.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [shim, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    timeout: 120_000,
  });
  return { code: status, stdout, stderr };
}
