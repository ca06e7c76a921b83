import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Leftover } from '../../../tools/foundation/leftovers/leftover';

const ROOT = join(__dirname, '../../..');

/** Lets a process say what it would leave, of which the first `gone` are gone, and kills it. */
export function killedWith(folder: string, leftovers: Leftover[], gone = 0): void {
  const script = `
    require('./bin/compiler');
    const { keepJournal } = require('./tools/foundation/leftovers/journal');
    const { leaving } = require('./tools/foundation/leftovers/registry');
    keepJournal(${JSON.stringify(folder)});
    const ends = ${JSON.stringify(leftovers)}.map((one) => leaving(one));
    ends.slice(0, ${gone}).forEach((end) => end());
    process.kill(process.pid, 'SIGKILL');`;
  const { signal, stderr } = spawnSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' });
  if (signal !== 'SIGKILL') throw new Error(stderr);
}
