/** How the export for ClickHouse is used; in the folder that was exported, with its client. */
export const CLICKHOUSE_HOW_TO = `## Install

In this folder, with ClickHouse's client and a user who may create databases and functions:

\`\`\`sh
clickhouse-client --queries-file setup.sql install.sql
\`\`\`

## Load

The records are rows of \`incoming\`, one JSON object in each. From NDJSON:

\`\`\`sh
clickhouse-client --query 'CREATE OR REPLACE TABLE tollgate.incoming (record String) ENGINE = Memory'
clickhouse-client --query 'INSERT INTO tollgate.incoming FORMAT JSONAsString' < otp.ndjson
clickhouse-client --database tollgate --queries-file load/application.otp.sql
\`\`\`

A record's \`event.ingested\` says when it was delivered; without it, the time of loading counts. Load each file once: what is loaded twice is counted twice.

## Run

\`\`\`sh
clickhouse-client --queries-file run.sql
\`\`\`

Every few minutes, after loading.

## Verify

\`\`\`sql
SELECT count(), fromUnixTimestamp64Milli(max(ts)) FROM tollgate.application_otp; -- are there records, and when was the last?
SELECT arrayJoin(valueless) AS field, count() FROM tollgate.application_otp GROUP BY field; -- fields whose value could not be read
\`\`\`

## Remove

\`\`\`sh
clickhouse-client --queries-file remove.sql
\`\`\`
`;
