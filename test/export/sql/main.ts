import { subjectOf } from './engines';
import { CURVE_PLANS, solve } from './property';
import { SOURCES } from './random-events';
import { Warehouse } from './warehouse';

/** `npm run property -- [problems] [first seed] [dialect]`: random problems in an engine and in memory, until the answers differ. */
async function main(): Promise<void> {
  const [problems = 10_000, first = 0] = process.argv.slice(2, 4).map(Number);
  const warehouse = await Warehouse.open(subjectOf(process.argv[4] ?? 'duckdb'), SOURCES, CURVE_PLANS);
  const sum = { rows: 0, refused: 0 };
  let differences = 0;
  for (let seed = first; seed < first + problems; seed++) {
    const { rows, refused, difference } = await solve(warehouse, seed);
    sum.rows += rows;
    sum.refused += refused;
    if (difference === null) continue;
    differences++;
    process.stdout.write(`${difference}\n\n`);
    if (differences === 5) break;
  }
  await warehouse.close();
  process.stdout.write(
    `${problems} problems, ${sum.rows} rows compared, ${sum.refused} detectors refused, ${differences} differences\n`,
  );
  if (differences > 0) process.exitCode = 1;
}

void main();
