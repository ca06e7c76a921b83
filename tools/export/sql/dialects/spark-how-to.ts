/** How the export for Spark is used; in the folder that was exported. */
export const SPARK_HOW_TO = `## Install

In this folder, with Spark's command line and a catalog that keeps tables, or the same files as queries in Databricks:

\`\`\`sh
spark-sql -f setup.sql && spark-sql -f install.sql
\`\`\`

## Load

The records are rows of \`incoming\`, one JSON object in each, as a text in the column \`record\`. From NDJSON:

\`\`\`sql
CREATE OR REPLACE TEMP VIEW incoming AS SELECT value AS record FROM text.\`s3://bucket/otp/\`;
\`\`\`

Then, in the same session, \`load/application.otp.sql\`.

A record's \`event.ingested\` says when it was delivered; without it, the time of loading counts. Load each record once: what is loaded twice is counted twice.

## Run

Every few minutes, after loading:

\`\`\`sh
spark-sql -f run.sql
\`\`\`

## Verify

\`\`\`sql
SELECT count(*), timestamp_millis(max(ts)) FROM tollgate.application_otp; -- are there records, and when was the last?
SELECT field, count(*) FROM tollgate.application_otp LATERAL VIEW explode(valueless) AS field GROUP BY field; -- fields whose value could not be read
\`\`\`

## Remove

\`\`\`sh
spark-sql -f remove.sql
\`\`\`
`;
