INSERT INTO "tollgate"."azure_acs_delivery" ("event_id", "ts", "ingested", "valueless", "id", "topic", "subject", "event_type", "event_time", "data_version", "metadata_version", "data_message_id", "data_from", "data_to", "data_delivery_status", "data_delivery_status_details", "data_received_timestamp", "data_delivery_attempts_timestamp", "data_delivery_attempts_segments_succeeded", "data_delivery_attempts_segments_failed", "data_tag", "destination_number", "destination_country", "destination_block", "destination_suffix", "asset_id")
WITH prepared AS (
  SELECT record FROM incoming
), placed AS (
  SELECT *,
    json_extract(record, '$."id"') AS j1,
    json_extract(record, '$."topic"') AS j2,
    json_extract(record, '$."subject"') AS j3,
    json_extract(record, '$."eventType"') AS j4,
    json_extract(record, '$."eventTime"') AS j5,
    json_extract(record, '$."dataVersion"') AS j6,
    json_extract(record, '$."metadataVersion"') AS j7,
    coalesce(json_extract(record, '$."data"."messageId"'), json_extract(record, '$."data.messageId"')) AS j8,
    coalesce(json_extract(record, '$."data"."from"'), json_extract(record, '$."data.from"')) AS j9,
    coalesce(json_extract(record, '$."data"."to"'), json_extract(record, '$."data.to"')) AS j10,
    coalesce(json_extract(record, '$."data"."deliveryStatus"'), json_extract(record, '$."data.deliveryStatus"')) AS j11,
    coalesce(json_extract(record, '$."data"."deliveryStatusDetails"'), json_extract(record, '$."data.deliveryStatusDetails"')) AS j12,
    coalesce(json_extract(record, '$."data"."receivedTimestamp"'), json_extract(record, '$."data.receivedTimestamp"')) AS j13,
    list_concat(json_extract(record, '$."data"."deliveryAttempts"[*]."timestamp"'), [json_extract(record, '$."data"."deliveryAttempts"."timestamp"')]) AS j14,
    list_concat(json_extract(record, '$."data"."deliveryAttempts"[*]."segmentsSucceeded"'), [json_extract(record, '$."data"."deliveryAttempts"."segmentsSucceeded"')]) AS j15,
    list_concat(json_extract(record, '$."data"."deliveryAttempts"[*]."segmentsFailed"'), [json_extract(record, '$."data"."deliveryAttempts"."segmentsFailed"')]) AS j16,
    coalesce(json_extract(record, '$."data"."Tag"'), json_extract(record, '$."data.Tag"')) AS j17
  FROM prepared
), read AS (
  SELECT *,
    list_transform([tollgate.single(json_extract(record, '$."eventTime"'))], v -> CASE WHEN regexp_full_match(v, '(?i)[^T]*T.*(Z|[+-][0-9]{2}(:?[0-9]{2})?)') THEN tollgate.time_of(v) END)[1] AS ts,
    coalesce(tollgate.time_of(tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"')))), epoch_ms(now())) AS ingested,
    tollgate.single(j1) AS "id",
    tollgate.single(j2) AS "topic",
    tollgate.single(j3) AS "subject",
    tollgate.single(j4) AS "event_type",
    tollgate.single(j5) AS "event_time",
    tollgate.single(j6) AS "data_version",
    tollgate.single(j7) AS "metadata_version",
    tollgate.single(j8) AS "data_message_id",
    tollgate.single(j9) AS "data_from",
    tollgate.single(j10) AS "data_to",
    tollgate.single(j11) AS "data_delivery_status",
    tollgate.single(j12) AS "data_delivery_status_details",
    tollgate.single(j13) AS "data_received_timestamp",
    tollgate.some_of(tollgate.scalars(j14)) AS "data_delivery_attempts_timestamp",
    tollgate.some_of(list_filter(list_transform(tollgate.scalars(j15), x -> tollgate.long_of(x)), x -> x IS NOT NULL)) AS "data_delivery_attempts_segments_succeeded",
    tollgate.some_of(list_filter(list_transform(tollgate.scalars(j16), x -> tollgate.long_of(x)), x -> x IS NOT NULL)) AS "data_delivery_attempts_segments_failed",
    tollgate.single(j17) AS "data_tag"
  FROM placed
), step_1 AS (SELECT *, "data_to" AS "destination_number" FROM read), step_2 AS (SELECT *, CASE WHEN regexp_full_match("data_to", '\+[1-9][0-9]{6,14}') THEN coalesce((SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("data_to", 2, 7)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("data_to", 2, 6)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("data_to", 2, 5)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("data_to", 2, 4)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("data_to", 2, 3)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("data_to", 2, 2)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("data_to", 2, 1))) END AS "destination_country" FROM step_1), step_3 AS (SELECT *, CASE WHEN regexp_full_match("data_to", '\+[1-9][0-9]{6,14}') THEN left("data_to", -4) END AS "destination_block" FROM step_2), step_4 AS (SELECT *, CASE WHEN regexp_full_match("data_to", '\+[1-9][0-9]{6,14}') THEN right("data_to", 4) END AS "destination_suffix" FROM step_3), step_5 AS (SELECT *, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), (SELECT max(a.asset) FROM tollgate.assets AS a WHERE a.account = coalesce(nullif("topic", ''), 'azure.acs.delivery')), coalesce(nullif("topic", ''), 'azure.acs.delivery')) AS "asset_id" FROM step_4)
SELECT nextval('tollgate.event_ids'), "ts", "ingested", list_filter([CASE WHEN j1 IS NOT NULL AND "id" IS NULL THEN 'id' END, CASE WHEN j2 IS NOT NULL AND "topic" IS NULL THEN 'topic' END, CASE WHEN j3 IS NOT NULL AND "subject" IS NULL THEN 'subject' END, CASE WHEN j4 IS NOT NULL AND "event_type" IS NULL THEN 'eventType' END, CASE WHEN j5 IS NOT NULL AND "event_time" IS NULL THEN 'eventTime' END, CASE WHEN j6 IS NOT NULL AND "data_version" IS NULL THEN 'dataVersion' END, CASE WHEN j7 IS NOT NULL AND "metadata_version" IS NULL THEN 'metadataVersion' END, CASE WHEN j8 IS NOT NULL AND "data_message_id" IS NULL THEN 'data.messageId' END, CASE WHEN j9 IS NOT NULL AND "data_from" IS NULL THEN 'data.from' END, CASE WHEN j10 IS NOT NULL AND "data_to" IS NULL THEN 'data.to' END, CASE WHEN j11 IS NOT NULL AND "data_delivery_status" IS NULL THEN 'data.deliveryStatus' END, CASE WHEN j12 IS NOT NULL AND "data_delivery_status_details" IS NULL THEN 'data.deliveryStatusDetails' END, CASE WHEN j13 IS NOT NULL AND "data_received_timestamp" IS NULL THEN 'data.receivedTimestamp' END, CASE WHEN len(list_filter(j14, x -> x IS NOT NULL)) > 0 AND "data_delivery_attempts_timestamp" IS NULL THEN 'data.deliveryAttempts.timestamp' END, CASE WHEN len(list_filter(j15, x -> x IS NOT NULL)) > 0 AND "data_delivery_attempts_segments_succeeded" IS NULL THEN 'data.deliveryAttempts.segmentsSucceeded' END, CASE WHEN len(list_filter(j16, x -> x IS NOT NULL)) > 0 AND "data_delivery_attempts_segments_failed" IS NULL THEN 'data.deliveryAttempts.segmentsFailed' END, CASE WHEN j17 IS NOT NULL AND "data_tag" IS NULL THEN 'data.Tag' END], x -> x IS NOT NULL), "id", "topic", "subject", "event_type", "event_time", "data_version", "metadata_version", "data_message_id", "data_from", "data_to", "data_delivery_status", "data_delivery_status_details", "data_received_timestamp", "data_delivery_attempts_timestamp", "data_delivery_attempts_segments_succeeded", "data_delivery_attempts_segments_failed", "data_tag", "destination_number", "destination_country", "destination_block", "destination_suffix", "asset_id"
FROM step_5 WHERE ts IS NOT NULL;
