INSERT INTO tollgate."vonage_verify" ("event_id", "ts", "ingested", "valueless", "request_id", "type", "status", "submitted_at", "triggered_at", "finalized_at", "channel", "channel_timeout", "client_ref", "workflow_channel", "workflow_initiated_at", "workflow_status", "workflow_reason", "destination_number", "api_key", "application_id", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id")
WITH received AS (
  SELECT CAST(i.record AS JSON) AS record FROM incoming AS i
), placed AS (
  SELECT record,
    tollgate.single(json_extract(record, '$."finalized_at"')) AS time_text,
    tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"'))) AS ingested_text
  FROM received
), found AS (
  SELECT placed.*,
    json_extract(record, '$."request_id"') AS j1,
    json_extract(record, '$."type"') AS j2,
    json_extract(record, '$."status"') AS j3,
    json_extract(record, '$."submitted_at"') AS j4,
    json_extract(record, '$."triggered_at"') AS j5,
    json_extract(record, '$."finalized_at"') AS j6,
    json_extract(record, '$."channel"') AS j7,
    json_extract(record, '$."channel_timeout"') AS j8,
    json_extract(record, '$."client_ref"') AS j9,
    flatten(list_transform(tollgate.elements(json_extract(record, '$."workflow"')), o1 -> tollgate.elements(json_extract(o1, '$."channel"')))) AS j10,
    flatten(list_transform(tollgate.elements(json_extract(record, '$."workflow"')), o1 -> tollgate.elements(json_extract(o1, '$."initiated_at"')))) AS j11,
    flatten(list_transform(tollgate.elements(json_extract(record, '$."workflow"')), o1 -> tollgate.elements(json_extract(o1, '$."status"')))) AS j12,
    flatten(list_transform(tollgate.elements(json_extract(record, '$."workflow"')), o1 -> tollgate.elements(json_extract(o1, '$."reason"')))) AS j13,
    coalesce(json_extract(record, '$."destination"."number"'), json_extract(record, '$."destination.number"')) AS j14,
    json_extract(record, '$."api_key"') AS j15,
    json_extract(record, '$."application_id"') AS j16
  FROM placed
), texts AS (
  SELECT found.*,
    tollgate.single(j1) AS s1,
    tollgate.single(j2) AS s2,
    tollgate.single(j3) AS s3,
    tollgate.single(j4) AS s4,
    tollgate.single(j5) AS s5,
    tollgate.single(j6) AS s6,
    tollgate.single(j7) AS s7,
    tollgate.single(j8) AS s8,
    tollgate.single(j9) AS s9,
    tollgate.single(j14) AS s14,
    tollgate.single(j15) AS s15,
    tollgate.single(j16) AS s16
  FROM found
), typed AS (
  SELECT texts.*,
    CASE WHEN (substr(time_text, 11, 1) IN ('T', 't') OR substr(time_text, 9, 1) IN ('T', 't')) AND (substr(time_text, length(time_text), 1) IN ('Z', 'z') OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 2, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 4, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 5, 1) IN ('+', '-'))) THEN tollgate.time_of(time_text) END AS ts,
    coalesce(tollgate.time_of(ingested_text), epoch_ms(now())) AS ingested,
    s1 AS "request_id",
    s2 AS "type",
    s3 AS "status",
    s4 AS "submitted_at",
    s5 AS "triggered_at",
    s6 AS "finalized_at",
    s7 AS "channel",
    CASE WHEN regexp_full_match(CASE WHEN substr(s8, 1, 1) = '-' THEN substr(s8, 2) ELSE s8 END, '[0-9]+') THEN TRY_CAST(s8 AS BIGINT) END AS "channel_timeout",
    s9 AS "client_ref",
    tollgate.some_of(list_filter(list_transform(j10, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "workflow_channel",
    tollgate.some_of(list_filter(list_transform(j11, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "workflow_initiated_at",
    tollgate.some_of(list_filter(list_transform(j12, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "workflow_status",
    tollgate.some_of(list_filter(list_transform(j13, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "workflow_reason",
    s14 AS "destination_number",
    s15 AS "api_key",
    s16 AS "application_id"
  FROM texts
), derived AS (
  SELECT s.*, CASE WHEN substr(s."destination_number", 1, 1) = '+' AND substr(s."destination_number", 2, 1) <> '0' AND length(s."destination_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_number", 2), '[0-9]+') THEN coalesce(p7.country_7, p6.country_6, p5.country_5, p4.country_4, p3.country_3, p2.country_2, p1.country_1) END AS "destination_country"
  FROM typed AS s
  LEFT JOIN (SELECT prefix AS prefix_7, country AS country_7 FROM tollgate."prefixes") AS p7 ON p7.prefix_7 = substr(s."destination_number", 2, 7)
  LEFT JOIN (SELECT prefix AS prefix_6, country AS country_6 FROM tollgate."prefixes") AS p6 ON p6.prefix_6 = substr(s."destination_number", 2, 6)
  LEFT JOIN (SELECT prefix AS prefix_5, country AS country_5 FROM tollgate."prefixes") AS p5 ON p5.prefix_5 = substr(s."destination_number", 2, 5)
  LEFT JOIN (SELECT prefix AS prefix_4, country AS country_4 FROM tollgate."prefixes") AS p4 ON p4.prefix_4 = substr(s."destination_number", 2, 4)
  LEFT JOIN (SELECT prefix AS prefix_3, country AS country_3 FROM tollgate."prefixes") AS p3 ON p3.prefix_3 = substr(s."destination_number", 2, 3)
  LEFT JOIN (SELECT prefix AS prefix_2, country AS country_2 FROM tollgate."prefixes") AS p2 ON p2.prefix_2 = substr(s."destination_number", 2, 2)
  LEFT JOIN (SELECT prefix AS prefix_1, country AS country_1 FROM tollgate."prefixes") AS p1 ON p1.prefix_1 = substr(s."destination_number", 2, 1)
), derived_2 AS (
  SELECT s.*, CASE WHEN substr(s."destination_number", 1, 1) = '+' AND substr(s."destination_number", 2, 1) <> '0' AND length(s."destination_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_number", 2), '[0-9]+') THEN substr(s."destination_number", 1, length(s."destination_number") - 4) END AS "destination_block"
  FROM derived AS s
), derived_3 AS (
  SELECT s.*, CASE WHEN substr(s."destination_number", 1, 1) = '+' AND substr(s."destination_number", 2, 1) <> '0' AND length(s."destination_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_number", 2), '[0-9]+') THEN substr(s."destination_number", 1, length(s."destination_number") - 6) END AS "destination_range"
  FROM derived_2 AS s
), derived_4 AS (
  SELECT s.*, CASE WHEN substr(s."destination_number", 1, 1) = '+' AND substr(s."destination_number", 2, 1) <> '0' AND length(s."destination_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_number", 2), '[0-9]+') THEN substr(s."destination_number", length(s."destination_number") - 3, 4) END AS "destination_suffix"
  FROM derived_3 AS s
), derived_5 AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."application_id", ''), 'vonage.verify')) AS "asset_id"
  FROM derived_4 AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."application_id", ''), 'vonage.verify')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "request_id" IS NULL THEN 'request_id' END, CASE WHEN j2 IS NOT NULL AND "type" IS NULL THEN 'type' END, CASE WHEN j3 IS NOT NULL AND "status" IS NULL THEN 'status' END, CASE WHEN j4 IS NOT NULL AND "submitted_at" IS NULL THEN 'submitted_at' END, CASE WHEN j5 IS NOT NULL AND "triggered_at" IS NULL THEN 'triggered_at' END, CASE WHEN j6 IS NOT NULL AND "finalized_at" IS NULL THEN 'finalized_at' END, CASE WHEN j7 IS NOT NULL AND "channel" IS NULL THEN 'channel' END, CASE WHEN j8 IS NOT NULL AND "channel_timeout" IS NULL THEN 'channel_timeout' END, CASE WHEN j9 IS NOT NULL AND "client_ref" IS NULL THEN 'client_ref' END, CASE WHEN NOT coalesce(len(j10), 0) = 0 AND NOT coalesce(len(list_filter("workflow_channel", x -> x IS NOT NULL)) > 0, FALSE) THEN 'workflow.channel' END, CASE WHEN NOT coalesce(len(j11), 0) = 0 AND NOT coalesce(len(list_filter("workflow_initiated_at", x -> x IS NOT NULL)) > 0, FALSE) THEN 'workflow.initiated_at' END, CASE WHEN NOT coalesce(len(j12), 0) = 0 AND NOT coalesce(len(list_filter("workflow_status", x -> x IS NOT NULL)) > 0, FALSE) THEN 'workflow.status' END, CASE WHEN NOT coalesce(len(j13), 0) = 0 AND NOT coalesce(len(list_filter("workflow_reason", x -> x IS NOT NULL)) > 0, FALSE) THEN 'workflow.reason' END, CASE WHEN j14 IS NOT NULL AND "destination_number" IS NULL THEN 'destination.number' END, CASE WHEN j15 IS NOT NULL AND "api_key" IS NULL THEN 'api_key' END, CASE WHEN j16 IS NOT NULL AND "application_id" IS NULL THEN 'application_id' END], x -> x IS NOT NULL), "request_id", "type", "status", "submitted_at", "triggered_at", "finalized_at", "channel", "channel_timeout", "client_ref", "workflow_channel", "workflow_initiated_at", "workflow_status", "workflow_reason", "destination_number", "api_key", "application_id", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id"
FROM derived_5 WHERE ts IS NOT NULL;
