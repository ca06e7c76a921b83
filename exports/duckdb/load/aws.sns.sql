INSERT INTO tollgate."aws_sns" ("event_id", "ts", "ingested", "valueless", "owner", "log_group", "status", "notification_message_id", "notification_timestamp", "delivery_destination", "delivery_price_in_usd", "delivery_sms_type", "delivery_mcc", "delivery_mnc", "delivery_phone_carrier", "delivery_number_of_message_parts", "delivery_provider_response", "delivery_dwell_time_ms", "delivery_dwell_time_ms_until_device_ack", "destination_number", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id")
WITH received AS (
  SELECT CAST(i.record AS JSON) AS record FROM incoming AS i
), placed AS (
  SELECT record,
    tollgate.single(coalesce(json_extract(record, '$."notification"."timestamp"'), json_extract(record, '$."notification.timestamp"'))) AS time_text,
    tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"'))) AS ingested_text
  FROM received
), found AS (
  SELECT placed.*,
    json_extract(record, '$."owner"') AS j1,
    json_extract(record, '$."logGroup"') AS j2,
    json_extract(record, '$."status"') AS j3,
    coalesce(json_extract(record, '$."notification"."messageId"'), json_extract(record, '$."notification.messageId"')) AS j4,
    coalesce(json_extract(record, '$."notification"."timestamp"'), json_extract(record, '$."notification.timestamp"')) AS j5,
    coalesce(json_extract(record, '$."delivery"."destination"'), json_extract(record, '$."delivery.destination"')) AS j6,
    coalesce(json_extract(record, '$."delivery"."priceInUSD"'), json_extract(record, '$."delivery.priceInUSD"')) AS j7,
    coalesce(json_extract(record, '$."delivery"."smsType"'), json_extract(record, '$."delivery.smsType"')) AS j8,
    coalesce(json_extract(record, '$."delivery"."mcc"'), json_extract(record, '$."delivery.mcc"')) AS j9,
    coalesce(json_extract(record, '$."delivery"."mnc"'), json_extract(record, '$."delivery.mnc"')) AS j10,
    coalesce(json_extract(record, '$."delivery"."phoneCarrier"'), json_extract(record, '$."delivery.phoneCarrier"')) AS j11,
    coalesce(json_extract(record, '$."delivery"."numberOfMessageParts"'), json_extract(record, '$."delivery.numberOfMessageParts"')) AS j12,
    coalesce(json_extract(record, '$."delivery"."providerResponse"'), json_extract(record, '$."delivery.providerResponse"')) AS j13,
    coalesce(json_extract(record, '$."delivery"."dwellTimeMs"'), json_extract(record, '$."delivery.dwellTimeMs"')) AS j14,
    coalesce(json_extract(record, '$."delivery"."dwellTimeMsUntilDeviceAck"'), json_extract(record, '$."delivery.dwellTimeMsUntilDeviceAck"')) AS j15
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
    tollgate.single(j14) AS s14,
    tollgate.single(j15) AS s15
  FROM found
), typed AS (
  SELECT texts.*,
    CASE WHEN length(time_text) = 23 AND substr(time_text, 11, 1) = ' ' AND substr(time_text, 20, 1) = '.' THEN tollgate.time_of(time_text) END AS ts,
    coalesce(tollgate.time_of(ingested_text), epoch_ms(now())) AS ingested,
    s1 AS "owner",
    s2 AS "log_group",
    s3 AS "status",
    s4 AS "notification_message_id",
    s5 AS "notification_timestamp",
    s6 AS "delivery_destination",
    tollgate.number_of(s7) AS "delivery_price_in_usd",
    s8 AS "delivery_sms_type",
    CASE WHEN regexp_full_match(CASE WHEN substr(s9, 1, 1) = '-' THEN substr(s9, 2) ELSE s9 END, '[0-9]+') THEN TRY_CAST(s9 AS BIGINT) END AS "delivery_mcc",
    CASE WHEN regexp_full_match(CASE WHEN substr(s10, 1, 1) = '-' THEN substr(s10, 2) ELSE s10 END, '[0-9]+') THEN TRY_CAST(s10 AS BIGINT) END AS "delivery_mnc",
    s11 AS "delivery_phone_carrier",
    CASE WHEN regexp_full_match(CASE WHEN substr(s12, 1, 1) = '-' THEN substr(s12, 2) ELSE s12 END, '[0-9]+') THEN TRY_CAST(s12 AS BIGINT) END AS "delivery_number_of_message_parts",
    s13 AS "delivery_provider_response",
    CASE WHEN regexp_full_match(CASE WHEN substr(s14, 1, 1) = '-' THEN substr(s14, 2) ELSE s14 END, '[0-9]+') THEN TRY_CAST(s14 AS BIGINT) END AS "delivery_dwell_time_ms",
    CASE WHEN regexp_full_match(CASE WHEN substr(s15, 1, 1) = '-' THEN substr(s15, 2) ELSE s15 END, '[0-9]+') THEN TRY_CAST(s15 AS BIGINT) END AS "delivery_dwell_time_ms_until_device_ack"
  FROM texts
), derived AS (
  SELECT s.*, s."delivery_destination" AS "destination_number"
  FROM typed AS s
), derived_2 AS (
  SELECT s.*, CASE WHEN substr(s."delivery_destination", 1, 1) = '+' AND substr(s."delivery_destination", 2, 1) <> '0' AND length(s."delivery_destination") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."delivery_destination", 2), '[0-9]+') THEN coalesce(p7.country_7, p6.country_6, p5.country_5, p4.country_4, p3.country_3, p2.country_2, p1.country_1) END AS "destination_country"
  FROM derived AS s
  LEFT JOIN (SELECT prefix AS prefix_7, country AS country_7 FROM tollgate."prefixes") AS p7 ON p7.prefix_7 = substr(s."delivery_destination", 2, 7)
  LEFT JOIN (SELECT prefix AS prefix_6, country AS country_6 FROM tollgate."prefixes") AS p6 ON p6.prefix_6 = substr(s."delivery_destination", 2, 6)
  LEFT JOIN (SELECT prefix AS prefix_5, country AS country_5 FROM tollgate."prefixes") AS p5 ON p5.prefix_5 = substr(s."delivery_destination", 2, 5)
  LEFT JOIN (SELECT prefix AS prefix_4, country AS country_4 FROM tollgate."prefixes") AS p4 ON p4.prefix_4 = substr(s."delivery_destination", 2, 4)
  LEFT JOIN (SELECT prefix AS prefix_3, country AS country_3 FROM tollgate."prefixes") AS p3 ON p3.prefix_3 = substr(s."delivery_destination", 2, 3)
  LEFT JOIN (SELECT prefix AS prefix_2, country AS country_2 FROM tollgate."prefixes") AS p2 ON p2.prefix_2 = substr(s."delivery_destination", 2, 2)
  LEFT JOIN (SELECT prefix AS prefix_1, country AS country_1 FROM tollgate."prefixes") AS p1 ON p1.prefix_1 = substr(s."delivery_destination", 2, 1)
), derived_3 AS (
  SELECT s.*, CASE WHEN substr(s."delivery_destination", 1, 1) = '+' AND substr(s."delivery_destination", 2, 1) <> '0' AND length(s."delivery_destination") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."delivery_destination", 2), '[0-9]+') THEN substr(s."delivery_destination", 1, length(s."delivery_destination") - 4) END AS "destination_block"
  FROM derived_2 AS s
), derived_4 AS (
  SELECT s.*, CASE WHEN substr(s."delivery_destination", 1, 1) = '+' AND substr(s."delivery_destination", 2, 1) <> '0' AND length(s."delivery_destination") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."delivery_destination", 2), '[0-9]+') THEN substr(s."delivery_destination", 1, length(s."delivery_destination") - 6) END AS "destination_range"
  FROM derived_3 AS s
), derived_5 AS (
  SELECT s.*, CASE WHEN substr(s."delivery_destination", 1, 1) = '+' AND substr(s."delivery_destination", 2, 1) <> '0' AND length(s."delivery_destination") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."delivery_destination", 2), '[0-9]+') THEN substr(s."delivery_destination", length(s."delivery_destination") - 3, 4) END AS "destination_suffix"
  FROM derived_4 AS s
), derived_6 AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."owner", ''), 'aws.sns')) AS "asset_id"
  FROM derived_5 AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."owner", ''), 'aws.sns')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "owner" IS NULL THEN 'owner' END, CASE WHEN j2 IS NOT NULL AND "log_group" IS NULL THEN 'logGroup' END, CASE WHEN j3 IS NOT NULL AND "status" IS NULL THEN 'status' END, CASE WHEN j4 IS NOT NULL AND "notification_message_id" IS NULL THEN 'notification.messageId' END, CASE WHEN j5 IS NOT NULL AND "notification_timestamp" IS NULL THEN 'notification.timestamp' END, CASE WHEN j6 IS NOT NULL AND "delivery_destination" IS NULL THEN 'delivery.destination' END, CASE WHEN j7 IS NOT NULL AND "delivery_price_in_usd" IS NULL THEN 'delivery.priceInUSD' END, CASE WHEN j8 IS NOT NULL AND "delivery_sms_type" IS NULL THEN 'delivery.smsType' END, CASE WHEN j9 IS NOT NULL AND "delivery_mcc" IS NULL THEN 'delivery.mcc' END, CASE WHEN j10 IS NOT NULL AND "delivery_mnc" IS NULL THEN 'delivery.mnc' END, CASE WHEN j11 IS NOT NULL AND "delivery_phone_carrier" IS NULL THEN 'delivery.phoneCarrier' END, CASE WHEN j12 IS NOT NULL AND "delivery_number_of_message_parts" IS NULL THEN 'delivery.numberOfMessageParts' END, CASE WHEN j13 IS NOT NULL AND "delivery_provider_response" IS NULL THEN 'delivery.providerResponse' END, CASE WHEN j14 IS NOT NULL AND "delivery_dwell_time_ms" IS NULL THEN 'delivery.dwellTimeMs' END, CASE WHEN j15 IS NOT NULL AND "delivery_dwell_time_ms_until_device_ack" IS NULL THEN 'delivery.dwellTimeMsUntilDeviceAck' END], x -> x IS NOT NULL), "owner", "log_group", "status", "notification_message_id", "notification_timestamp", "delivery_destination", "delivery_price_in_usd", "delivery_sms_type", "delivery_mcc", "delivery_mnc", "delivery_phone_carrier", "delivery_number_of_message_parts", "delivery_provider_response", "delivery_dwell_time_ms", "delivery_dwell_time_ms_until_device_ack", "destination_number", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id"
FROM derived_6 WHERE ts IS NOT NULL;
