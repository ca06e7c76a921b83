import { aws } from './aws';
import { elastic } from './elastic';
import { opensearch } from './opensearch';
import { panther } from './panther';
import { sentinel } from './sentinel';
import { sigma } from './sigma';
import { splunk } from './splunk';
import { sqlTarget } from './sql';
import { hasAdapter } from './sql/dbt/adapters';
import type { Dialect } from './sql/dialect';
import { bigquery } from './sql/dialects/bigquery';
import { clickhouse } from './sql/dialects/clickhouse';
import { duckdb } from './sql/dialects/duckdb';
import { postgresql } from './sql/dialects/postgresql';
import { snowflake } from './sql/dialects/snowflake';
import { spark } from './sql/dialects/spark';
import { sqlite } from './sql/dialects/sqlite';
import { trino } from './sql/dialects/trino';
import type { Target } from './target';

const DIALECTS = { duckdb, sqlite, postgresql, clickhouse, trino, spark, snowflake, bigquery };

/** Every target by its name, which is also the name of its folder. */
export const TARGETS = {
  elastic,
  sigma,
  aws,
  sentinel,
  splunk,
  panther,
  opensearch,
  duckdb: sqlTarget(duckdb),
  sqlite: sqlTarget(sqlite),
  postgresql: sqlTarget(postgresql),
  clickhouse: sqlTarget(clickhouse),
  trino: sqlTarget(trino),
  spark: sqlTarget(spark),
  snowflake: sqlTarget(snowflake),
  bigquery: sqlTarget(bigquery),
} satisfies Record<string, Target>;

/** The same with models of dbt, where there are such. */
export const DBT_TARGETS: ReadonlyMap<string, Target> = new Map(
  Object.values<Dialect>(DIALECTS)
    .filter(hasAdapter)
    .map((dialect) => [dialect.name, sqlTarget(dialect, { dbt: true })]),
);

/** Platforms that have no export, each with the reason: nothing is written that nobody can judge. */
export const REFUSED: Readonly<Record<string, string>> = {
  secops:
    "Google SecOps has no export: only Google's own service says whether a YARA-L 2.0 rule is one and what it finds, so that nothing written for it could be proved to mean what ours does",
};
