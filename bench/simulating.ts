import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TerminalProgress } from '../tools/command/cli/progress';
import { measure, middle, type Run } from './measure';
import type { Result } from './table';

/** What the jobs' names have in common, so that they can be asked for. */
export const SIMULATING = 'simulated records written';

const WORLD = 'global-consumer';
/** A day of the world has somewhat more than a million records of each of these. */
const SOURCES = ['application.otp', 'web.access'];
const GOAL = { more: 10, mebibytes: 200 };
const RECORDS = 1_000_000;

/** Times `tollgate generate` for one source of the largest world, a day of it, and scales the time to a million records. */
export async function measureSimulating(
  shim: string[],
  runs: number,
  folder: string,
  progress: TerminalProgress,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const [done, source] of SOURCES.entries()) {
    progress.update(`${SIMULATING}: ${source}`, done, SOURCES.length);
    const ours: Run[] = [];
    const bare: Run[] = [];
    for (let run = 0; run < runs; run++) {
      const out = join(folder, 'simulated');
      const command = [...shim, 'generate', '--world', WORLD, '--source', source, '--days', '1', '--benign-only'];
      rmSync(out, { recursive: true, force: true });
      const { seconds, mebibytes } = await measure([...command, '--out', out], join(folder, 'tollgate.out'));
      const [, records] = /^(\d+) events in /.exec(readFileSync(join(folder, 'tollgate.out'), 'utf8')) ?? [];
      ours.push({ seconds: (seconds * RECORDS) / Number(records), mebibytes });
      bare.push(await measure([process.execPath, '-e', '0'], join(folder, 'other.out')));
      rmSync(out, { recursive: true });
    }
    const name = `1,000,000 ${SIMULATING}, ${source}`;
    results.push({ name, other: 'bare Node', goal: GOAL, tollgate: middle(ours), against: middle(bare) });
  }
  return results;
}
