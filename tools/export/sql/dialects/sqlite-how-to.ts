/** How the export for SQLite is used; in the folder that was exported, with SQLite's command line. */
export const SQLITE_HOW_TO = `## Install

In this folder, with SQLite's command line:

\`\`\`sh
sqlite3 tollgate.db '.read setup.sql' '.read install.sql'
\`\`\`

## Load

The records are rows of \`incoming\`, one JSON object in each. From NDJSON:

\`\`\`sh
sqlite3 tollgate.db 'DROP TABLE IF EXISTS incoming' 'CREATE TABLE incoming (record TEXT)' '.mode ascii' '.separator "\\x01" "\\n"' '.import otp.ndjson incoming' '.read load/application.otp.sql'
\`\`\`

A record's \`event.ingested\` says when it was delivered; without it, the time of loading counts. Load each file once: what is loaded twice is counted twice.

## Run

\`\`\`sh
sqlite3 -box tollgate.db '.read run.sql'
\`\`\`

Every few minutes, after loading.

## Verify

\`\`\`sql
SELECT count(*), datetime(max(ts) / 1000, 'unixepoch') FROM tollgate_application_otp; -- are there records, and when was the last?
SELECT f.value AS field, count(*) FROM tollgate_application_otp, json_each(valueless) AS f GROUP BY 1; -- fields whose value could not be read
\`\`\`

## Remove

\`\`\`sh
sqlite3 tollgate.db '.read remove.sql'
\`\`\`
`;
