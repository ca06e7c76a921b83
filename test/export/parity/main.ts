import { parseArgs } from 'node:util';
import { repository } from '../sql/detectors';
import { dayOf, WORLDS } from './day';
import { measureGrowth } from './growth';
import { writePage } from './page';
import { proverOf } from './provers';
import { digestOf, readResults, resultOf, writeResults, type Result } from './results';

/** So many runs of a detector on a day, where nothing else is asked for. */
const MOST = 60;
/** With fewer a stretch of a query's runs would end before the finding that it is made for. */
const LEAST = 24;

/**
 * `npm run parity -- --target NAME [--world NAME] [--turns NUMBER] [--changed] [PART OF A TITLE]`: what an export finds on a day of each world, run by its own schedule,
 * beside what memory finds. Adds to the target's results, writes docs/parity.md, and ends with exit code 1 where something differs. `--changed`: only detectors whose export has changed since they were run;
 * `--check`: runs none, and ends with exit code 1 where there is one. `--growth SIZES`: instead of all that, what detectors of each kind cost DuckDB over so many records.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      target: { type: 'string', default: 'duckdb' },
      world: { type: 'string', multiple: true, default: [...WORLDS] },
      turns: { type: 'string', default: String(MOST) },
      changed: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      growth: { type: 'string' },
    },
  });
  const all = repository();
  if (values.growth !== undefined) {
    await measureGrowth(values.growth.split(',').map(Number));
    writePage(all);
    return;
  }
  const prover = proverOf(values.target, all);
  const digests = new Map([...prover.executed].map(([id, text]) => [id, digestOf(text)]));
  const known = () => readResults(prover.target).filter(({ detector }) => digests.has(detector));
  const before = known();
  const isProved = (id: string): boolean => {
    const own = before.filter(({ detector }) => detector === id);
    return own.length > 0 && own.every(({ digest }) => digest === digests.get(id));
  };
  const unproved = all.plans.filter(({ detector }) => digests.has(detector.id) && !isProved(detector.id));
  if (values.check) {
    for (const { detector } of unproved)
      process.stdout.write(`${prover.target}: changed since it was run: ${detector.title}\n`);
    if (unproved.length > 0) process.exitCode = 1;
    return;
  }
  const part = positionals[0] ?? '';
  const ids = new Set((values.changed ? unproved : all.plans).map(({ detector }) => detector.id));
  const most = values.turns === 'all' ? Infinity : Number(values.turns);
  if (!(most >= LEAST)) throw new RangeError(`--turns is a number from ${LEAST} on, or all`);
  for (const world of ids.size === 0 ? [] : values.world) {
    const day = dayOf(world, all.loaded);
    for await (const proved of prover.prove(day, ({ id, title }) => ids.has(id) && title.includes(part), most)) {
      const result = resultOf(world, prover.executed.get(proved.detector.id)!, proved);
      // At once, and with what another run may have added: a day takes minutes.
      writeResults(prover.target, [...known(), result]);
      process.stdout.write(`${world} | ${proved.detector.title} | ${lineOf(result)}\n`);
      const { missed, extra, late } = proved.verdict;
      if (missed.length + extra.length + late.length > 0) process.exitCode = 1;
      for (const [kind, alerts] of Object.entries({ missed, extra, late }))
        for (const alert of alerts.slice(0, 3)) process.stdout.write(`  ${kind} ${JSON.stringify(alert)}\n`);
    }
  }
  writePage(all);
}

function lineOf({ runs, missed, extra, late, made, ms, mb, ...result }: Result): string {
  return `${runs} runs | ${result.true} true, ${made} made, ${missed} missed, ${extra} extra, ${late} late | ${ms[0]} ms, at most ${ms[1]} | ${mb ?? '-'} MB`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
