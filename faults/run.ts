import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { wholeNumber } from '../tools/command/cli/numbers';
import { TerminalProgress } from '../tools/command/cli/progress';
import { diskFull } from './disk-full';
import { hostileInputs } from './hostile-inputs';
import { kills } from './kills';
import { lies } from './lies';
import { Tally } from './table';
import type { Trials } from './trial';

/** The faults that are tried, in this order. */
const KINDS: Record<string, Trials> = {
  inputs: hostileInputs,
  lies,
  full: diskFull,
  kills,
};

interface Options {
  seed: number;
  only?: string;
  trial?: string;
}

const command = new Command('faults')
  .description(
    'Kills, fills, deceives and attacks the built command and its node, and shows what was tried and what was right.',
  )
  .option('--seed <number>', 'what is drawn is drawn from it', wholeNumber(0, 2 ** 31 - 1), 1)
  .addOption(new Option('--only <kind>', 'only faults of this kind').choices(Object.keys(KINDS)))
  .option('--trial <text>', 'only trials whose name has this text; of full disks: outputs, files, temporary or node')
  .action(faults);

async function faults({ seed, only, trial: wanted }: Options): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-faults-'));
  // Root's nodes run as somebody else, who must pass.
  chmodSync(folder, 0o755);
  const progress = new TerminalProgress();
  const tally = new Tally();
  const wants = (name: string): boolean => wanted === undefined || name.includes(wanted);
  try {
    for (const [kind, trials] of Object.entries(KINDS)) {
      if (only !== undefined && kind !== only) continue;
      let done = 0;
      const say = (doing: string): void => progress.update(`${kind}: ${doing}`, done);
      for await (const trial of trials({ seed, folder, say, wants })) {
        done++;
        tally.add(kind, trial);
        if (trial.skipped !== undefined) {
          progress.clear();
          process.stdout.write(`${kind}: ${trial.what}: skipped: ${trial.skipped}\n`);
        }
        for (const { wrong, seen } of trial.wrong) {
          progress.clear();
          process.stdout.write(`${kind}: ${trial.what} (${trial.which}): ${wrong}: ${seen}\n`);
        }
      }
    }
  } finally {
    progress.clear();
    rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(`${tally.lines().join('\n')}\nseed ${seed}\n`);
  process.exitCode = tally.wrong > 0 ? 1 : 0;
}

if (!existsSync(join(__dirname, '..', 'dist', 'built')))
  throw new Error('run `npm run build` first: the compiled command is tried');
void command.parseAsync();
