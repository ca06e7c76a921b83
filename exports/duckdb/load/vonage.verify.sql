INSERT INTO "tollgate"."vonage_verify" ("event_id", "ts", "ingested", "valueless", "request_id", "type", "status", "submitted_at", "triggered_at", "finalized_at", "channel", "channel_timeout", "client_ref", "workflow_channel", "workflow_initiated_at", "workflow_status", "workflow_reason", "destination_number", "api_key", "application_id", "destination_country", "destination_block", "destination_suffix", "asset_id")
WITH prepared AS (
  SELECT record FROM incoming
), placed AS (
  SELECT *,
    json_extract(record, '$."request_id"') AS j1,
    json_extract(record, '$."type"') AS j2,
    json_extract(record, '$."status"') AS j3,
    json_extract(record, '$."submitted_at"') AS j4,
    json_extract(record, '$."triggered_at"') AS j5,
    json_extract(record, '$."finalized_at"') AS j6,
    json_extract(record, '$."channel"') AS j7,
    json_extract(record, '$."channel_timeout"') AS j8,
    json_extract(record, '$."client_ref"') AS j9,
    list_concat(json_extract(record, '$."workflow"[*]."channel"'), [json_extract(record, '$."workflow"."channel"')]) AS j10,
    list_concat(json_extract(record, '$."workflow"[*]."initiated_at"'), [json_extract(record, '$."workflow"."initiated_at"')]) AS j11,
    list_concat(json_extract(record, '$."workflow"[*]."status"'), [json_extract(record, '$."workflow"."status"')]) AS j12,
    list_concat(json_extract(record, '$."workflow"[*]."reason"'), [json_extract(record, '$."workflow"."reason"')]) AS j13,
    coalesce(json_extract(record, '$."destination"."number"'), json_extract(record, '$."destination.number"')) AS j14,
    json_extract(record, '$."api_key"') AS j15,
    json_extract(record, '$."application_id"') AS j16
  FROM prepared
), read AS (
  SELECT *,
    list_transform([tollgate.single(json_extract(record, '$."finalized_at"'))], v -> CASE WHEN regexp_full_match(v, '(?i)[^T]*T.*(Z|[+-][0-9]{2}(:?[0-9]{2})?)') THEN tollgate.time_of(v) END)[1] AS ts,
    coalesce(tollgate.time_of(tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"')))), epoch_ms(now())) AS ingested,
    tollgate.single(j1) AS "request_id",
    tollgate.single(j2) AS "type",
    tollgate.single(j3) AS "status",
    tollgate.single(j4) AS "submitted_at",
    tollgate.single(j5) AS "triggered_at",
    tollgate.single(j6) AS "finalized_at",
    tollgate.single(j7) AS "channel",
    tollgate.long_of(tollgate.single(j8)) AS "channel_timeout",
    tollgate.single(j9) AS "client_ref",
    tollgate.some_of(tollgate.scalars(j10)) AS "workflow_channel",
    tollgate.some_of(tollgate.scalars(j11)) AS "workflow_initiated_at",
    tollgate.some_of(tollgate.scalars(j12)) AS "workflow_status",
    tollgate.some_of(tollgate.scalars(j13)) AS "workflow_reason",
    tollgate.single(j14) AS "destination_number",
    tollgate.single(j15) AS "api_key",
    tollgate.single(j16) AS "application_id"
  FROM placed
), step_1 AS (SELECT *, CASE WHEN regexp_full_match("destination_number", '\+[1-9][0-9]{6,14}') THEN coalesce((SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_number", 2, 7)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_number", 2, 6)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_number", 2, 5)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_number", 2, 4)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_number", 2, 3)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_number", 2, 2)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_number", 2, 1))) END AS "destination_country" FROM read), step_2 AS (SELECT *, CASE WHEN regexp_full_match("destination_number", '\+[1-9][0-9]{6,14}') THEN left("destination_number", -4) END AS "destination_block" FROM step_1), step_3 AS (SELECT *, CASE WHEN regexp_full_match("destination_number", '\+[1-9][0-9]{6,14}') THEN right("destination_number", 4) END AS "destination_suffix" FROM step_2), step_4 AS (SELECT *, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), (SELECT max(a.asset) FROM tollgate.assets AS a WHERE a.account = coalesce(nullif("application_id", ''), 'vonage.verify')), coalesce(nullif("application_id", ''), 'vonage.verify')) AS "asset_id" FROM step_3)
SELECT nextval('tollgate.event_ids'), "ts", "ingested", list_filter([CASE WHEN j1 IS NOT NULL AND "request_id" IS NULL THEN 'request_id' END, CASE WHEN j2 IS NOT NULL AND "type" IS NULL THEN 'type' END, CASE WHEN j3 IS NOT NULL AND "status" IS NULL THEN 'status' END, CASE WHEN j4 IS NOT NULL AND "submitted_at" IS NULL THEN 'submitted_at' END, CASE WHEN j5 IS NOT NULL AND "triggered_at" IS NULL THEN 'triggered_at' END, CASE WHEN j6 IS NOT NULL AND "finalized_at" IS NULL THEN 'finalized_at' END, CASE WHEN j7 IS NOT NULL AND "channel" IS NULL THEN 'channel' END, CASE WHEN j8 IS NOT NULL AND "channel_timeout" IS NULL THEN 'channel_timeout' END, CASE WHEN j9 IS NOT NULL AND "client_ref" IS NULL THEN 'client_ref' END, CASE WHEN len(list_filter(j10, x -> x IS NOT NULL)) > 0 AND "workflow_channel" IS NULL THEN 'workflow.channel' END, CASE WHEN len(list_filter(j11, x -> x IS NOT NULL)) > 0 AND "workflow_initiated_at" IS NULL THEN 'workflow.initiated_at' END, CASE WHEN len(list_filter(j12, x -> x IS NOT NULL)) > 0 AND "workflow_status" IS NULL THEN 'workflow.status' END, CASE WHEN len(list_filter(j13, x -> x IS NOT NULL)) > 0 AND "workflow_reason" IS NULL THEN 'workflow.reason' END, CASE WHEN j14 IS NOT NULL AND "destination_number" IS NULL THEN 'destination.number' END, CASE WHEN j15 IS NOT NULL AND "api_key" IS NULL THEN 'api_key' END, CASE WHEN j16 IS NOT NULL AND "application_id" IS NULL THEN 'application_id' END], x -> x IS NOT NULL), "request_id", "type", "status", "submitted_at", "triggered_at", "finalized_at", "channel", "channel_timeout", "client_ref", "workflow_channel", "workflow_initiated_at", "workflow_status", "workflow_reason", "destination_number", "api_key", "application_id", "destination_country", "destination_block", "destination_suffix", "asset_id"
FROM step_4 WHERE ts IS NOT NULL;
