import { NotExportable } from '../../target';
import { findings } from '../alerts';
import { detectorQuery } from '../detector';
import type { Dialect } from '../dialect';
import { aboutDetector, isScheduled } from '../files';
import { ALERTS, DETECTORS, RUN } from '../tables';
import type { Written } from '../written';

/** The model that says what is new, and a name that no detector may have. */
export const NEW = 'tollgate_new';

/**
 * One detector as a model. Of one that each run asks, it is incremental: the table that keeps what was told of it, to which a run adds what it finds;
 * the first run reads what `run.sql` has told. Any other is a view. Throws `NotExportable` where dbt would read a constant as its own.
 */
export function detectorModel(dialect: Dialect, written: Written): string {
  const { detector, name, plan, query: plain } = written;
  if (name === NEW) throw new NotExportable(`The name ${NEW} is taken by a model.`);
  refuseJinja(plain);
  const about = aboutDetector(detector).replace(/\{(?=[{%#])/g, '{ ');
  const sources: Dialect = { ...dialect, relation: source };
  const query = detectorQuery(sources, plan);
  if (!isScheduled(written)) return `${about}{{ config(materialized='view') }}\n\n${query}${dialect.settings}\n`;
  const told = `{% if is_incremental() %}{{ this }}{% else %}${source(ALERTS)}{% endif %}`;
  const found = findings(sources, name, plan, `(\n${query}\n) AS d`, told);
  return `${about}{{ config(materialized='incremental') }}\n\n${found}${dialect.settings}\n`;
}

/** What is new since the last run that came to its end, over all detectors that each run asks. */
export function newModel(dialect: Dialect, written: readonly Written[]): string {
  const each = written.filter(isScheduled).map(({ name }) => `SELECT * FROM {{ ref('${name}') }}`);
  return `{{ config(materialized='view') }}

SELECT d.level, d.title, a.*, ${dialect.shownTime('a.started_ms')} AS started
FROM (
  ${each.join('\n  UNION ALL ')}
) AS a JOIN ${source(DETECTORS)} AS d ON d.detector = a.detector
WHERE a.is_new AND a.run_ms > (SELECT since_ms FROM ${source(RUN)})${dialect.settings}
`;
}

function source(name: string): string {
  return `{{ source('tollgate', '${name}') }}`;
}

function refuseJinja(query: string): void {
  const found = /\{[{%#]/.exec(query)?.[0];
  if (found !== undefined)
    throw new NotExportable(`A text holds ${found}, with which an expression of dbt's templates begins.`);
}
