import type { Dialect } from '../dialect';

/** What dbt needs to speak to an engine: the package, and for the one with which the models are tried, that it is. */
export interface Adapter {
  packages: string;
  tried: boolean;
}

const ADAPTERS: Readonly<Record<string, Adapter>> = {
  duckdb: { packages: '`dbt-duckdb`', tried: true },
  postgresql: { packages: '`dbt-postgres`', tried: false },
  clickhouse: { packages: '`dbt-clickhouse`', tried: false },
  trino: { packages: '`dbt-trino`, or `dbt-athena` for Athena', tried: false },
  spark: { packages: '`dbt-spark`, or `dbt-databricks` for Databricks', tried: false },
  snowflake: { packages: '`dbt-snowflake`', tried: false },
  bigquery: { packages: '`dbt-bigquery`', tried: false },
};

/** Whether there are dbt models for a dialect: SQLite has no adapter of dbt Labs or of its own maker. */
export function hasAdapter({ name }: Dialect): boolean {
  return Object.hasOwn(ADAPTERS, name);
}

export function adapterOf({ name }: Dialect): Adapter {
  return ADAPTERS[name]!;
}
