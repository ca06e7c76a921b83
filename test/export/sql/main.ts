import { subjectOf } from './engines';
import { CURVE_PLANS, solve, TOGETHER } from './property';
import { SOURCES } from './random-events';
import { Warehouse } from './warehouse';

/**
 * `npm run property -- [problems] [first seed] [target] [together]`: random problems in an engine and in memory, until five answers differ. `together`: so
 * many have a detection and a correlation in common.
 */
async function main(): Promise<void> {
  const [problems = 10_000, first = 0] = process.argv.slice(2, 4).map(Number);
  const together = Number(process.argv[5] ?? TOGETHER);
  const began = performance.now();
  const warehouse = await Warehouse.open(subjectOf(process.argv[4] ?? 'duckdb'), SOURCES, CURVE_PLANS);
  const sum = { problems: 0, rows: 0, refused: 0, differences: 0 };
  for (let seed = first; sum.problems < problems && sum.differences < 5; seed++) {
    const { rows, refused, differences } = await solve(warehouse, seed, together);
    sum.problems += together;
    sum.rows += rows;
    sum.refused += refused;
    sum.differences += differences.length;
    if (sum.problems % 100 < together) process.stderr.write(`${sum.problems} problems\n`);
    for (const difference of differences) process.stdout.write(`${difference}\n\n`);
  }
  await warehouse.close();
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stdout.write(
    `${sum.problems} problems, ${sum.rows} rows compared, ${sum.refused} of ${sum.problems + (2 * sum.problems) / together} detectors refused, ${sum.differences} differences, ${seconds} s\n`,
  );
  if (sum.differences > 0) process.exitCode = 1;
}

void main();
