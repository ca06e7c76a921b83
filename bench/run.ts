import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { Failure } from '../tools/foundation/content/failure';
import { wholeNumber } from '../tools/command/cli/numbers';
import { TerminalProgress } from '../tools/command/cli/progress';
import { withGenerated } from '../tools/command/report/generated';
import { writeEvents } from './events';
import { INDEXING, measureIndexing } from './indexing';
import { jobsFor, type Job, type Tools } from './jobs';
import { measure, middle, type Run } from './measure';
import { measureSimulating, SIMULATING } from './simulating';
import { table, type Result, type Results } from './table';

interface Options extends Tools {
  runs: number;
  folder: string;
  only?: string;
  write?: boolean;
}

const ROOT = join(__dirname, '..');
const SEED = 1;
const SHIM = [process.execPath, join(ROOT, 'bin', 'tollgate.js')];

const command = new Command('bench')
  .description('Measures Tollgate against rsigma and sigma-cli, in turn, on files that it makes from a seed.')
  .option('--corpus <folder>', "SigmaHQ's rules", process.env['TOLLGATE_CORPUS'])
  .option('--rsigma <program>', 'rsigma', onPath('rsigma'))
  .option('--sigma <program>', 'sigma-cli', onPath('sigma'))
  .option('--runs <number>', 'how often each is run', wholeNumber(1, 1000), 3)
  .option('--folder <folder>', 'where the events are kept, about 600 MB', join(tmpdir(), 'tollgate-bench'))
  .option('--only <text>', 'only the jobs whose name has this text; nothing is written then')
  .option('--write', 'write bench/results.json and the table of docs/speed.md')
  .action(bench);

async function bench(options: Options): Promise<void> {
  const { folder, runs, only, write } = options;
  mkdirSync(folder, { recursive: true });
  const progress = new TerminalProgress();
  const inputs = { million: join(folder, 'events-1000000.ndjson'), tenth: join(folder, 'events-100000.ndjson') };
  const { jobs: possible, missing } = jobsFor(options, inputs);
  const isWanted = (name: string): boolean => only === undefined || name.includes(only);
  const jobs = possible.filter(({ name }) => isWanted(name));
  if (jobs.length > 0) {
    progress.update('making events', 0, 2);
    await writeEvents(inputs.million, 1_000_000, SEED);
    await writeEvents(inputs.tenth, 100_000, SEED);
  }
  const results: Result[] = [];
  for (const [done, job] of jobs.entries()) {
    progress.update(`${job.name} against ${job.other.tool}`, done, jobs.length);
    results.push(await compare(job, runs, folder));
  }
  if (isWanted(SIMULATING)) results.push(...(await measureSimulating(SHIM, runs, folder, progress)));
  try {
    if (isWanted(INDEXING)) results.push(...(await measureIndexing(runs, folder, progress)));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    missing.push(`indexing into Elasticsearch: ${error.message}`);
  }
  progress.clear();
  const all: Results = { machine: machine(), runs, results, missing };
  process.stdout.write(`${table(all)}\n`);
  if (!write || only !== undefined) return;
  writeFileSync(join(ROOT, 'bench', 'results.json'), `${JSON.stringify(all, null, 2)}\n`);
  const page = join(ROOT, 'docs/speed.md');
  writeFileSync(page, withGenerated(readFileSync(page, 'utf8'), 'bench', table(all)));
}

/** Runs the two in turn, so that both have the machine as it is at the time. */
async function compare({ name, tollgate, other, goal }: Job, runs: number, folder: string): Promise<Result> {
  const ours: Run[] = [];
  const theirs: Run[] = [];
  for (let run = 0; run < runs; run++) {
    // A rule with an error, such as an unresolved placeholder, is a finding and no failure of the measurement.
    ours.push(await measure([...SHIM, ...tollgate], join(folder, 'tollgate.out'), [0, 1]));
    theirs.push(await measure(other.command, join(folder, 'other.out'), [0, 1]));
  }
  return { name, other: other.tool, goal, tollgate: middle(ours), against: middle(theirs) };
}

function machine(): Results['machine'] {
  return { cores: cpus().length, processor: cpus()[0]!.model, node: process.versions.node };
}

/** Where a program lies; `undefined` where it is not there. */
function onPath(program: string): string | undefined {
  const { status, stdout } = spawnSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' });
  return status === 0 && existsSync(stdout.trim()) ? stdout.trim() : undefined;
}

if (!existsSync(join(ROOT, 'dist', 'built')))
  throw new Error('run `npm run build` first: the compiled tools are measured');
void command.parseAsync();
