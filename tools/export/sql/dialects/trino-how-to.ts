/** How the export for Trino and Athena is used; in the folder that was exported. */
export const TRINO_HOW_TO = `## Install

In this folder, with Trino's command line and a catalog in which tables can be created and rows deleted, such as Iceberg:

\`\`\`sh
trino --catalog iceberg --schema tollgate -f setup.sql && trino --catalog iceberg --schema tollgate -f install.sql
\`\`\`

Athena takes one statement at a time. An Iceberg table there also needs a location: add \`LOCATION 's3://bucket/…' TBLPROPERTIES ('table_type' = 'ICEBERG')\` to each \`CREATE TABLE\`, write \`string\` for \`varchar\`, and create the database \`tollgate\` first.

## Load

The records are rows of \`incoming\`, one JSON object in each, as a text in the column \`record\`. From NDJSON on S3, an external table of its lines (Hive, Athena):

\`\`\`sql
CREATE EXTERNAL TABLE incoming (record string) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\001' LOCATION 's3://bucket/otp/';
\`\`\`

Then \`load/application.otp.sql\`.

A record's \`event.ingested\` says when it was delivered; without it, the time of loading counts. Load each record once: what is loaded twice is counted twice.

## Run

Every few minutes, after loading:

\`\`\`sh
trino --catalog iceberg --schema tollgate -f run.sql
\`\`\`

## Verify

\`\`\`sql
SELECT count(*), from_unixtime(max(ts) / 1e3) FROM tollgate.application_otp; -- are there records, and when was the last?
SELECT field, count(*) FROM tollgate.application_otp CROSS JOIN UNNEST(valueless) AS v(field) GROUP BY field; -- fields whose value could not be read
\`\`\`

## Remove

\`\`\`sh
trino --catalog iceberg --schema tollgate -f remove.sql
\`\`\`
`;
