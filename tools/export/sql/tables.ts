import { curveName, pointsOf } from '../plan/curves';
import type { NamedCurve, DetectorPlan } from '../plan/types';
import type { Contract } from '../../telemetry/contract';
import { columnsOf, OWN, qualified, tableName } from './columns';
import type { Dialect } from './dialect';
import { RUN } from './hunt';
import { CURVES } from './look-up';

/** The table to which each run adds what it found, and by which it knows what is new. */
export const ALERTS = 'alerts';

/** The table that says what the detectors are called. */
export const DETECTORS = 'detectors';

/** The table of one source: a row an event, a column a field. */
export function sourceTable(dialect: Dialect, contract: Contract): string {
  const own = [
    [OWN.id, dialect.type('long', false)],
    [OWN.time, dialect.type('long', false)],
    [OWN.ingested, dialect.type('long', false)],
    [OWN.valueless, dialect.type('text', true)],
  ] as const;
  const fields = [...columnsOf(contract).values()].map(
    ({ name, type, list }) => [name, dialect.type(type, list)] as const,
  );
  return table(dialect, tableName(contract), [...own, ...fields]);
}

/** The tables that all detectors share, and the row that a first run reads: everything that was ever delivered. */
export function commonTables(dialect: Dialect): string {
  const [text, long, double, boolean] = (['text', 'long', 'double', 'boolean'] as const).map((type) =>
    dialect.type(type, false),
  ) as [string, string, string, string];
  const run = qualified(dialect, RUN);
  return [
    table(dialect, RUN, [
      ['since_ms', long],
      ['run_ms', long],
      ['from_ms', long],
      ['to_ms', long],
    ]),
    table(dialect, CURVES, [
      ['curve', text],
      ['point_at', double],
      ['point_value', double],
    ]),
    table(dialect, DETECTORS, [
      ['detector', text],
      ['id', text],
      ['level', text],
      ['title', text],
    ]),
    table(dialect, ALERTS, [
      ['detector', text],
      ['group_key', text],
      ['started_ms', long],
      ['until_ms', long],
      ['value', double],
      ['run_ms', long],
      ['is_new', boolean],
    ]),
    `DELETE FROM ${run};\nINSERT INTO ${run} VALUES (0, 9000000000000000, NULL, NULL);\n`,
  ].join('\n');
}

/** The points of the curves that some detectors look up, as lines of CSV. */
export function curvePoints(plans: readonly DetectorPlan[]): string {
  const curves = new Map<string, NamedCurve>();
  for (const plan of plans)
    if (plan.kind === 'hunt')
      for (const step of plan.hunt.derived) if (step.op === 'look-up') curves.set(curveName(step.curve), step.curve);
  const lines = [...curves.keys()]
    .sort()
    .flatMap((name) => pointsOf(curves.get(name)!).map(({ at, value }) => `${name},${at},${value}\n`));
  return `curve,point_at,point_value\n${lines.join('')}`;
}

function table(dialect: Dialect, name: string, columns: readonly (readonly [string, string])[]): string {
  const lines = columns.map(([column, type]) => `  ${dialect.identifier(column)} ${type}`);
  return `CREATE TABLE IF NOT EXISTS ${qualified(dialect, name)} (\n${lines.join(',\n')}\n);\n`;
}
