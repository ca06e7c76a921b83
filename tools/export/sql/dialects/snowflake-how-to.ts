/** How the export for Snowflake is used; in the folder that was exported, with its command line. */
export const SNOWFLAKE_HOW_TO = `## Install

In this folder, with a database and a warehouse as the defaults:

\`\`\`sh
snowsql -f setup.sql -f install.sql
\`\`\`

## Load

The records are rows of \`incoming\`, one JSON object in each, as a text in the column \`record\`. From NDJSON on a stage:

\`\`\`sql
CREATE OR REPLACE TEMPORARY TABLE incoming (record VARCHAR);
COPY INTO incoming FROM @stage/otp/ FILE_FORMAT = (TYPE = CSV FIELD_DELIMITER = NONE);
\`\`\`

Then, in the same session, \`load/application.otp.sql\`.

A record's \`event.ingested\` says when it was delivered; without it, the time of loading counts. Load each record once: what is loaded twice is counted twice.

## Run

Every few minutes, after loading:

\`\`\`sh
snowsql -f run.sql
\`\`\`

## Verify

\`\`\`sql
SELECT COUNT(*), TO_TIMESTAMP_NTZ(MAX(ts), 3) FROM tollgate.application_otp; -- are there records, and when was the last?
SELECT f.value AS field, COUNT(*) FROM tollgate.application_otp, LATERAL FLATTEN(INPUT => valueless) AS f GROUP BY field; -- fields whose value could not be read
\`\`\`

## Remove

\`\`\`sh
snowsql -f remove.sql
\`\`\`
`;
