INSERT INTO tollgate."azure_acs_delivery" ("event_id", "ts", "ingested", "valueless", "id", "topic", "subject", "event_type", "event_time", "data_version", "metadata_version", "data_message_id", "data_from", "data_to", "data_delivery_status", "data_delivery_status_details", "data_received_timestamp", "data_delivery_attempts_timestamp", "data_delivery_attempts_segments_succeeded", "data_delivery_attempts_segments_failed", "data_tag", "destination_number", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id")
WITH received AS (
  SELECT CAST(i.record AS JSON) AS record FROM incoming AS i
), placed AS (
  SELECT record,
    tollgate.single(json_extract(record, '$."eventTime"')) AS time_text,
    tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"'))) AS ingested_text
  FROM received
), found AS (
  SELECT placed.*,
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
    flatten(list_transform(tollgate.elements(coalesce(json_extract(record, '$."data"."deliveryAttempts"'), json_extract(record, '$."data.deliveryAttempts"'))), o1 -> tollgate.elements(json_extract(o1, '$."timestamp"')))) AS j14,
    flatten(list_transform(tollgate.elements(coalesce(json_extract(record, '$."data"."deliveryAttempts"'), json_extract(record, '$."data.deliveryAttempts"'))), o1 -> tollgate.elements(json_extract(o1, '$."segmentsSucceeded"')))) AS j15,
    flatten(list_transform(tollgate.elements(coalesce(json_extract(record, '$."data"."deliveryAttempts"'), json_extract(record, '$."data.deliveryAttempts"'))), o1 -> tollgate.elements(json_extract(o1, '$."segmentsFailed"')))) AS j16,
    coalesce(json_extract(record, '$."data"."Tag"'), json_extract(record, '$."data.Tag"')) AS j17
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
    tollgate.single(j10) AS s10,
    tollgate.single(j11) AS s11,
    tollgate.single(j12) AS s12,
    tollgate.single(j13) AS s13,
    tollgate.single(j17) AS s17
  FROM found
), typed AS (
  SELECT texts.*,
    CASE WHEN (substr(time_text, 11, 1) IN ('T', 't') OR substr(time_text, 9, 1) IN ('T', 't')) AND (substr(time_text, length(time_text), 1) IN ('Z', 'z') OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 2, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 4, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 5, 1) IN ('+', '-'))) THEN tollgate.time_of(time_text) END AS ts,
    coalesce(tollgate.time_of(ingested_text), epoch_ms(now())) AS ingested,
    s1 AS "id",
    s2 AS "topic",
    s3 AS "subject",
    s4 AS "event_type",
    s5 AS "event_time",
    s6 AS "data_version",
    s7 AS "metadata_version",
    s8 AS "data_message_id",
    s9 AS "data_from",
    s10 AS "data_to",
    s11 AS "data_delivery_status",
    s12 AS "data_delivery_status_details",
    s13 AS "data_received_timestamp",
    tollgate.some_of(list_filter(list_transform(j14, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "data_delivery_attempts_timestamp",
    tollgate.some_of(list_filter(list_transform(j15, v -> CASE WHEN regexp_full_match(CASE WHEN substr(tollgate.scalar(v), 1, 1) = '-' THEN substr(tollgate.scalar(v), 2) ELSE tollgate.scalar(v) END, '[0-9]+') THEN TRY_CAST(tollgate.scalar(v) AS BIGINT) END), x -> x IS NOT NULL)) AS "data_delivery_attempts_segments_succeeded",
    tollgate.some_of(list_filter(list_transform(j16, v -> CASE WHEN regexp_full_match(CASE WHEN substr(tollgate.scalar(v), 1, 1) = '-' THEN substr(tollgate.scalar(v), 2) ELSE tollgate.scalar(v) END, '[0-9]+') THEN TRY_CAST(tollgate.scalar(v) AS BIGINT) END), x -> x IS NOT NULL)) AS "data_delivery_attempts_segments_failed",
    s17 AS "data_tag"
  FROM texts
), derived AS (
  SELECT s.*, s."data_to" AS "destination_number"
  FROM typed AS s
), derived_2 AS (
  SELECT s.*, CASE WHEN substr(s."data_to", 1, 1) = '+' AND substr(s."data_to", 2, 1) <> '0' AND length(s."data_to") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."data_to", 2), '[0-9]+') THEN coalesce(p7.country_7, p6.country_6, p5.country_5, p4.country_4, p3.country_3, p2.country_2, p1.country_1) END AS "destination_country"
  FROM derived AS s
  LEFT JOIN (SELECT prefix AS prefix_7, country AS country_7 FROM tollgate."prefixes") AS p7 ON p7.prefix_7 = substr(s."data_to", 2, 7)
  LEFT JOIN (SELECT prefix AS prefix_6, country AS country_6 FROM tollgate."prefixes") AS p6 ON p6.prefix_6 = substr(s."data_to", 2, 6)
  LEFT JOIN (SELECT prefix AS prefix_5, country AS country_5 FROM tollgate."prefixes") AS p5 ON p5.prefix_5 = substr(s."data_to", 2, 5)
  LEFT JOIN (SELECT prefix AS prefix_4, country AS country_4 FROM tollgate."prefixes") AS p4 ON p4.prefix_4 = substr(s."data_to", 2, 4)
  LEFT JOIN (SELECT prefix AS prefix_3, country AS country_3 FROM tollgate."prefixes") AS p3 ON p3.prefix_3 = substr(s."data_to", 2, 3)
  LEFT JOIN (SELECT prefix AS prefix_2, country AS country_2 FROM tollgate."prefixes") AS p2 ON p2.prefix_2 = substr(s."data_to", 2, 2)
  LEFT JOIN (SELECT prefix AS prefix_1, country AS country_1 FROM tollgate."prefixes") AS p1 ON p1.prefix_1 = substr(s."data_to", 2, 1)
), derived_3 AS (
  SELECT s.*, CASE WHEN substr(s."data_to", 1, 1) = '+' AND substr(s."data_to", 2, 1) <> '0' AND length(s."data_to") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."data_to", 2), '[0-9]+') THEN substr(s."data_to", 1, length(s."data_to") - 4) END AS "destination_block"
  FROM derived_2 AS s
), derived_4 AS (
  SELECT s.*, CASE WHEN substr(s."data_to", 1, 1) = '+' AND substr(s."data_to", 2, 1) <> '0' AND length(s."data_to") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."data_to", 2), '[0-9]+') THEN substr(s."data_to", 1, length(s."data_to") - 6) END AS "destination_range"
  FROM derived_3 AS s
), derived_5 AS (
  SELECT s.*, CASE WHEN substr(s."data_to", 1, 1) = '+' AND substr(s."data_to", 2, 1) <> '0' AND length(s."data_to") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."data_to", 2), '[0-9]+') THEN substr(s."data_to", length(s."data_to") - 3, 4) END AS "destination_suffix"
  FROM derived_4 AS s
), derived_6 AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."topic", ''), 'azure.acs.delivery')) AS "asset_id"
  FROM derived_5 AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."topic", ''), 'azure.acs.delivery')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "id" IS NULL THEN 'id' END, CASE WHEN j2 IS NOT NULL AND "topic" IS NULL THEN 'topic' END, CASE WHEN j3 IS NOT NULL AND "subject" IS NULL THEN 'subject' END, CASE WHEN j4 IS NOT NULL AND "event_type" IS NULL THEN 'eventType' END, CASE WHEN j5 IS NOT NULL AND "event_time" IS NULL THEN 'eventTime' END, CASE WHEN j6 IS NOT NULL AND "data_version" IS NULL THEN 'dataVersion' END, CASE WHEN j7 IS NOT NULL AND "metadata_version" IS NULL THEN 'metadataVersion' END, CASE WHEN j8 IS NOT NULL AND "data_message_id" IS NULL THEN 'data.messageId' END, CASE WHEN j9 IS NOT NULL AND "data_from" IS NULL THEN 'data.from' END, CASE WHEN j10 IS NOT NULL AND "data_to" IS NULL THEN 'data.to' END, CASE WHEN j11 IS NOT NULL AND "data_delivery_status" IS NULL THEN 'data.deliveryStatus' END, CASE WHEN j12 IS NOT NULL AND "data_delivery_status_details" IS NULL THEN 'data.deliveryStatusDetails' END, CASE WHEN j13 IS NOT NULL AND "data_received_timestamp" IS NULL THEN 'data.receivedTimestamp' END, CASE WHEN NOT coalesce(len(j14), 0) = 0 AND NOT coalesce(len(list_filter("data_delivery_attempts_timestamp", x -> x IS NOT NULL)) > 0, FALSE) THEN 'data.deliveryAttempts.timestamp' END, CASE WHEN NOT coalesce(len(j15), 0) = 0 AND NOT coalesce(len(list_filter("data_delivery_attempts_segments_succeeded", x -> x IS NOT NULL)) > 0, FALSE) THEN 'data.deliveryAttempts.segmentsSucceeded' END, CASE WHEN NOT coalesce(len(j16), 0) = 0 AND NOT coalesce(len(list_filter("data_delivery_attempts_segments_failed", x -> x IS NOT NULL)) > 0, FALSE) THEN 'data.deliveryAttempts.segmentsFailed' END, CASE WHEN j17 IS NOT NULL AND "data_tag" IS NULL THEN 'data.Tag' END], x -> x IS NOT NULL), "id", "topic", "subject", "event_type", "event_time", "data_version", "metadata_version", "data_message_id", "data_from", "data_to", "data_delivery_status", "data_delivery_status_details", "data_received_timestamp", "data_delivery_attempts_timestamp", "data_delivery_attempts_segments_succeeded", "data_delivery_attempts_segments_failed", "data_tag", "destination_number", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id"
FROM derived_6 WHERE ts IS NOT NULL;
