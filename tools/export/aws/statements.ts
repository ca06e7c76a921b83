import type { Contract } from '../../telemetry/contract';
import type { Act } from '../../detection/acts/act';
import { reachOf } from '../plan/reach';
import type { DetectorPlan } from '../plan/types';
import { OWN, tableName } from '../sql/columns';
import {
  ALERTS,
  ASSETS,
  commonTable,
  curveStatements,
  CURVES,
  DETECTORS,
  insertions,
  plainTable,
  PREFIXES,
  prefixStatements,
  RUNS,
  sourceTable,
} from '../sql/tables';
import type { Written } from '../sql/written';
import { alone, athena, DATABASE } from './athena';
import { DETECTOR_COLUMNS, detectorRow, detectorStatement, listed } from './detectors';
import type { SourceForm } from './form';
import { loadOf, ORIGIN } from './load';

const DAY = 86_400_000;

/** The folder of all that goes into the installation's bucket. */
const FOLDER = 'statements';

/** Rows with all that an analyst is told that one statement adds. */
export const FEW = 25;

/** What the bucket holds for the state machines: statements, and lists of these. */
export function statementFiles(
  written: readonly Written[],
  forms: readonly SourceForm[],
  acts: ReadonlyMap<string, Act>,
): Map<string, string> {
  const contracts = [...new Set(forms.map(({ contract }) => contract))];
  const files = new Map<string, string>();
  const listedAs = (name: string, statements: readonly string[]) => {
    const keys = statements.map((_, index) => `${FOLDER}/${name}/${String(index + 1).padStart(3, '0')}.sql`);
    statements.forEach((statement, index) => files.set(keys[index]!, alone(statement)));
    files.set(`${FOLDER}/${name}.json`, json(keys));
  };
  listedAs('setup', setup(written, contracts, acts));
  listedAs('maintain', maintain(written, contracts));
  for (const form of forms) files.set(`${FOLDER}/load/${form.name}.sql`, loadOf(form));
  for (const one of written) files.set(`${FOLDER}/detectors/${one.name}.sql`, detectorStatement(one));
  const scheduled = written.filter(({ plan }) => plan.kind !== 'hunt' || plan.hunt.schedule !== null);
  files.set(`${FOLDER}/detectors.json`, json(scheduled.map((one) => listed(one, forms))));
  return files;
}

/** The tables, and the rows of those that are looked up, which are written anew. */
function setup(written: readonly Written[], contracts: readonly Contract[], acts: ReadonlyMap<string, Act>): string[] {
  const texts = Object.fromEntries(DETECTOR_COLUMNS.map((column) => [column, 'text' as const]));
  return [
    ...[CURVES, PREFIXES, ASSETS, ALERTS].map((name) => commonTable(athena, name)),
    plainTable(athena, RUNS, { run_ms: 'long', what: 'text' }),
    plainTable(athena, DETECTORS, texts),
    ...contracts.map((contract) => sourceTable(athena, contract, [[ORIGIN, athena.type('text', false)]])),
    ...curveStatements(
      athena,
      written.map(({ plan }) => plan),
    ),
    ...prefixStatements(athena),
    ...insertions(
      athena,
      DETECTORS,
      DETECTOR_COLUMNS,
      written.map((one) => detectorRow(one, acts)),
      FEW,
    ),
  ];
}

/** How many days of records the detectors look back on, and two more. */
export function daysKept(written: readonly Written[]): number {
  return Math.ceil(Math.max(0, ...written.map(({ plan }) => lookback(plan))) / DAY) + 2;
}

function lookback(plan: DetectorPlan): number {
  if (plan.kind === 'events') return 0;
  if (plan.kind === 'episodes') return reachOf(plan.window) + plan.window.timespanMs;
  const { baselineMs, windowMs, settleMs, schedule } = plan.hunt;
  return baselineMs + windowMs + settleMs + (schedule ? schedule.delayMs + schedule.everyMs : 0);
}

/** What keeps the tables small: records that no detector looks at any more go, and many small files become few. */
function maintain(written: readonly Written[], contracts: readonly Contract[]): string[] {
  const tables = contracts.map((contract) => `${DATABASE}.${tableName(contract)}`);
  const before = `${athena.now} - ${daysKept(written) * DAY}`;
  return [
    ...tables.map((table) => `DELETE FROM ${table} WHERE ${athena.identifier(OWN.time)} < ${before}`),
    ...[...tables, `${DATABASE}.${ALERTS}`].flatMap((table) => [
      `OPTIMIZE ${table} REWRITE DATA USING BIN_PACK`,
      `VACUUM ${table}`,
    ]),
  ];
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}
