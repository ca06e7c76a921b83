import { elastic } from './elastic';
import { opensearch } from './opensearch';
import { panther } from './panther';
import { sentinel } from './sentinel';
import { sigma } from './sigma';
import { splunk } from './splunk';
import { sqlTarget } from './sql';
import { bigquery } from './sql/dialects/bigquery';
import { clickhouse } from './sql/dialects/clickhouse';
import { duckdb } from './sql/dialects/duckdb';
import { postgresql } from './sql/dialects/postgresql';
import { snowflake } from './sql/dialects/snowflake';
import { spark } from './sql/dialects/spark';
import { sqlite } from './sql/dialects/sqlite';
import { trino } from './sql/dialects/trino';
import type { Target } from './target';

/** Every target by its name, which is also the name of its folder. */
export const TARGETS = {
  elastic,
  sigma,
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
