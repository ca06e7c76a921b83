/** How the export for BigQuery is used; in the folder that was exported, with its command line. */
export const BIGQUERY_HOW_TO = `## Install

In this folder, with a project as the default:

\`\`\`sh
bq query --nouse_legacy_sql < setup.sql
bq query --nouse_legacy_sql < install.sql
\`\`\`

## Load

The records are rows of \`incoming\`, one JSON object in each, as a text in the column \`record\`. From NDJSON on Cloud Storage:

\`\`\`sh
bq load --source_format=CSV --field_delimiter='\\x01' --quote='' --replace tollgate.incoming 'gs://bucket/otp/*.ndjson' record:STRING
bq query --nouse_legacy_sql --dataset_id=tollgate < load/application.otp.sql
\`\`\`

A record's \`event.ingested\` says when it was delivered; without it, the time of loading counts. Load each record once: what is loaded twice is counted twice.

## Run

Every few minutes, after loading, as a scheduled query of:

\`\`\`sh
bq query --nouse_legacy_sql < run.sql
\`\`\`

## Verify

\`\`\`sql
SELECT COUNT(*), TIMESTAMP_MILLIS(MAX(ts)) FROM tollgate.application_otp; -- are there records, and when was the last?
SELECT field, COUNT(*) FROM tollgate.application_otp, UNNEST(valueless) AS field GROUP BY field; -- fields whose value could not be read
\`\`\`

## Remove

\`\`\`sh
bq query --nouse_legacy_sql < remove.sql
\`\`\`
`;
