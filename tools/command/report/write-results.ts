import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Results } from '../../evidence/measure/results';
import { withGenerated } from './generated';
import { measurementSummary } from './measurement';
import { firstDifference, resultsPage } from './results-page';

/**
 * Writes docs/results.md from the report of a replay, and a table of the committed measurement into the README; with `--check` it only holds
 * the report against the page. Usage: `write-results <report file> [--check]`; `npm run results` makes the report.
 */

const PAGE = 'docs/results.md';

const [reportFile, check] = process.argv.slice(2);
if (reportFile === undefined) throw new Error('give the file of a report');
if (!existsSync(reportFile)) {
  process.stderr.write(`error: there is no ${reportFile}\nhint: npm start -- --out out\n`);
  process.exit(3);
}
const report = readFileSync(reportFile, 'utf8');

if (check === '--check') hold();
else write();

function hold(): void {
  const different = firstDifference(report, readFileSync(PAGE, 'utf8'));
  if (different === null) {
    process.stdout.write(`${PAGE} shows what the replay found\n`);
    return;
  }
  const { found, shown } = different;
  process.stderr.write(
    `error: ${PAGE} is of another replay\n  found  ${found}\n  shown  ${shown}\nhint: npm run results\n`,
  );
  process.exitCode = 1;
}

function write(): void {
  writeFileSync(PAGE, resultsPage(report));
  const measured = JSON.parse(readFileSync('measurement/results.json', 'utf8')) as Results;
  writeFileSync(
    'README.md',
    withGenerated(readFileSync('README.md', 'utf8'), 'measurement', measurementSummary(measured)),
  );
}
