/** How the export for PostgreSQL is used; in the folder that was exported, with psql. */
export const POSTGRESQL_HOW_TO = `## Install

In this folder, with psql and a role that may create a schema; the database's encoding is UTF-8:

\`\`\`sh
psql -v ON_ERROR_STOP=1 -f setup.sql -f install.sql
\`\`\`

## Load

The records are rows of \`incoming\`, one JSON object in each. From NDJSON:

\`\`\`sh
psql -v ON_ERROR_STOP=1 <<'SQL'
CREATE TEMP TABLE incoming (record text);
\\copy incoming FROM 'otp.ndjson' WITH (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02')
\\ir load/application.otp.sql
SQL
\`\`\`

A record's \`event.ingested\` says when it was delivered; without it, the time of loading counts. Load each file once: what is loaded twice is counted twice.

## Run

\`\`\`sh
psql -v ON_ERROR_STOP=1 -1 -f run.sql
\`\`\`

Every few minutes, after loading.

## Verify

\`\`\`sql
SELECT count(*), to_timestamp(max(ts) / 1000.0) FROM tollgate.application_otp; -- are there records, and when was the last?
SELECT field, count(*) FROM tollgate.application_otp, unnest(valueless) AS field GROUP BY field; -- fields whose value could not be read
\`\`\`

## Remove

\`\`\`sh
psql -f remove.sql
\`\`\`
`;
