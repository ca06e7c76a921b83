/** How the export for DuckDB is used; in the folder that was exported, with DuckDB's command line. */
export const DUCKDB_HOW_TO = `## Install

In this folder, with DuckDB's command line:

\`\`\`sh
duckdb tollgate.duckdb -c '.read setup.sql' -c '.read install.sql'
\`\`\`

## Load

The records are rows of \`incoming\`, one JSON object in each. From NDJSON, also compressed, or from Parquet:

\`\`\`sql
CREATE OR REPLACE TEMP VIEW incoming AS SELECT json AS record FROM read_ndjson_objects('otp/*.ndjson.gz');
CREATE OR REPLACE TEMP VIEW incoming AS SELECT to_json(r) AS record FROM read_parquet('otp/*.parquet') AS r;
.read load/application.otp.sql
\`\`\`

A time must be written as the vendor writes it. Where Parquet has it as a timestamp, in UTC, say so, with the column's name:

\`\`\`sql
CREATE OR REPLACE TEMP VIEW incoming AS SELECT to_json(r) AS record FROM (SELECT * REPLACE (strftime(timestamp, '%Y-%m-%dT%H:%M:%S.%gZ') AS timestamp) FROM read_parquet('otp/*.parquet')) AS r;
\`\`\`

The same paths may lie on S3, as \`s3://bucket/otp/*.parquet\`, after this; [DuckDB's page](https://duckdb.org/docs/stable/core_extensions/httpfs/s3api) says what else a secret can be:

\`\`\`sql
INSTALL httpfs;
LOAD httpfs;
CREATE SECRET (TYPE s3, PROVIDER credential_chain);
\`\`\`

A record's \`event.ingested\` says when it was delivered; without it, the time of loading counts. Load each file once: what is loaded twice is counted twice.

## Run

\`\`\`sh
duckdb tollgate.duckdb -c '.read run.sql'
\`\`\`

Every few minutes, after loading.

## Verify

\`\`\`sql
SELECT count(*), max(epoch_ms(ts)) FROM tollgate.application_otp; -- are there records, and when was the last?
SELECT unnest(valueless) AS field, count(*) FROM tollgate.application_otp GROUP BY field; -- fields whose value could not be read
\`\`\`

## Remove

\`\`\`sh
duckdb tollgate.duckdb -c '.read remove.sql'
\`\`\`
`;
