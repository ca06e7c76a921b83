import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Guard } from './guard';
import { TARGETS } from './targets';

/** Runs of one seed: few enough that a find is soon repeated from its seed. */
const BATCH = 500;
const USAGE = `npm run fuzz -- [--target NAME] [--seed N] [--runs N | --seconds N]
Feeds the parsers hostile input until one fails; --runs (default 5000) or --seconds for each target.
Targets: ${TARGETS.map(({ name }) => name).join(', ')}. Exit code 1 and the input's file when something was found.`;

/** The long run. Each batch has a seed of its own, which is printed with a find and repeats it. */
async function main(args: string[]): Promise<number> {
  const number = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { target: number, seed: number, runs: number, seconds: number } });
  const targets = TARGETS.filter(({ name }) => values.target === undefined || name === values.target);
  const [seed, runs, seconds] = [values.seed ?? Date.now() % 1e9, values.runs ?? 5000, values.seconds ?? 0].map(Number);
  if (targets.length === 0 || ![seed, runs, seconds].every(Number.isSafeInteger)) {
    console.error(USAGE);
    return 2;
  }
  const guard = new Guard();
  let finds = 0;
  for (const { name } of targets) {
    const end = Date.now() + 1000 * seconds!;
    let done = 0;
    while (seconds! > 0 ? Date.now() < end : done < runs!) {
      const batch = seconds! > 0 ? BATCH : Math.min(BATCH, runs! - done);
      const found = await guard.run(name, seed! + done / BATCH, batch);
      if (found) {
        finds++;
        console.log(`${name}: ${found.error}\ninput in ${keep(name, found.input)}; again with`);
        console.log(`npm run fuzz -- --target ${name} --seed ${seed! + done / BATCH} --runs ${batch}`);
      }
      done += batch;
      if (process.stderr.isTTY) process.stderr.write(`\r${name}: ${done} runs`);
    }
    console.log(`${name}: ${done} runs from seed ${seed}`);
  }
  await guard.close();
  return finds > 0 ? 1 : 0;
}

function keep(target: string, input: Uint8Array): string {
  const folder = join('out', 'fuzz');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${target}-${input.length}-${Date.now()}`);
  writeFileSync(path, input);
  return path;
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 2;
  },
);
