INSERT INTO "tollgate"."aws_sns" ("event_id", "ts", "ingested", "valueless", "owner", "log_group", "status", "notification_message_id", "notification_timestamp", "delivery_destination", "delivery_price_in_usd", "delivery_sms_type", "delivery_mcc", "delivery_mnc", "delivery_phone_carrier", "delivery_number_of_message_parts", "delivery_provider_response", "delivery_dwell_time_ms", "delivery_dwell_time_ms_until_device_ack", "destination_number", "destination_country", "destination_block", "destination_suffix", "asset_id")
WITH prepared AS (
  SELECT record FROM incoming
), placed AS (
  SELECT *,
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
  FROM prepared
), read AS (
  SELECT *,
    list_transform([tollgate.single(coalesce(json_extract(record, '$."notification"."timestamp"'), json_extract(record, '$."notification.timestamp"')))], v -> CASE WHEN regexp_full_match(v, '[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}') THEN tollgate.time_of(v) END)[1] AS ts,
    coalesce(tollgate.time_of(tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"')))), epoch_ms(now())) AS ingested,
    tollgate.single(j1) AS "owner",
    tollgate.single(j2) AS "log_group",
    tollgate.single(j3) AS "status",
    tollgate.single(j4) AS "notification_message_id",
    tollgate.single(j5) AS "notification_timestamp",
    tollgate.single(j6) AS "delivery_destination",
    tollgate.number_of(tollgate.single(j7)) AS "delivery_price_in_usd",
    tollgate.single(j8) AS "delivery_sms_type",
    tollgate.long_of(tollgate.single(j9)) AS "delivery_mcc",
    tollgate.long_of(tollgate.single(j10)) AS "delivery_mnc",
    tollgate.single(j11) AS "delivery_phone_carrier",
    tollgate.long_of(tollgate.single(j12)) AS "delivery_number_of_message_parts",
    tollgate.single(j13) AS "delivery_provider_response",
    tollgate.long_of(tollgate.single(j14)) AS "delivery_dwell_time_ms",
    tollgate.long_of(tollgate.single(j15)) AS "delivery_dwell_time_ms_until_device_ack"
  FROM placed
), step_1 AS (SELECT *, "delivery_destination" AS "destination_number" FROM read), step_2 AS (SELECT *, CASE WHEN regexp_full_match("delivery_destination", '\+[1-9][0-9]{6,14}') THEN coalesce((SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("delivery_destination", 2, 7)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("delivery_destination", 2, 6)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("delivery_destination", 2, 5)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("delivery_destination", 2, 4)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("delivery_destination", 2, 3)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("delivery_destination", 2, 2)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("delivery_destination", 2, 1))) END AS "destination_country" FROM step_1), step_3 AS (SELECT *, CASE WHEN regexp_full_match("delivery_destination", '\+[1-9][0-9]{6,14}') THEN left("delivery_destination", -4) END AS "destination_block" FROM step_2), step_4 AS (SELECT *, CASE WHEN regexp_full_match("delivery_destination", '\+[1-9][0-9]{6,14}') THEN right("delivery_destination", 4) END AS "destination_suffix" FROM step_3), step_5 AS (SELECT *, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), (SELECT max(a.asset) FROM tollgate.assets AS a WHERE a.account = coalesce(nullif("owner", ''), 'aws.sns')), coalesce(nullif("owner", ''), 'aws.sns')) AS "asset_id" FROM step_4)
SELECT nextval('tollgate.event_ids'), "ts", "ingested", list_filter([CASE WHEN j1 IS NOT NULL AND "owner" IS NULL THEN 'owner' END, CASE WHEN j2 IS NOT NULL AND "log_group" IS NULL THEN 'logGroup' END, CASE WHEN j3 IS NOT NULL AND "status" IS NULL THEN 'status' END, CASE WHEN j4 IS NOT NULL AND "notification_message_id" IS NULL THEN 'notification.messageId' END, CASE WHEN j5 IS NOT NULL AND "notification_timestamp" IS NULL THEN 'notification.timestamp' END, CASE WHEN j6 IS NOT NULL AND "delivery_destination" IS NULL THEN 'delivery.destination' END, CASE WHEN j7 IS NOT NULL AND "delivery_price_in_usd" IS NULL THEN 'delivery.priceInUSD' END, CASE WHEN j8 IS NOT NULL AND "delivery_sms_type" IS NULL THEN 'delivery.smsType' END, CASE WHEN j9 IS NOT NULL AND "delivery_mcc" IS NULL THEN 'delivery.mcc' END, CASE WHEN j10 IS NOT NULL AND "delivery_mnc" IS NULL THEN 'delivery.mnc' END, CASE WHEN j11 IS NOT NULL AND "delivery_phone_carrier" IS NULL THEN 'delivery.phoneCarrier' END, CASE WHEN j12 IS NOT NULL AND "delivery_number_of_message_parts" IS NULL THEN 'delivery.numberOfMessageParts' END, CASE WHEN j13 IS NOT NULL AND "delivery_provider_response" IS NULL THEN 'delivery.providerResponse' END, CASE WHEN j14 IS NOT NULL AND "delivery_dwell_time_ms" IS NULL THEN 'delivery.dwellTimeMs' END, CASE WHEN j15 IS NOT NULL AND "delivery_dwell_time_ms_until_device_ack" IS NULL THEN 'delivery.dwellTimeMsUntilDeviceAck' END], x -> x IS NOT NULL), "owner", "log_group", "status", "notification_message_id", "notification_timestamp", "delivery_destination", "delivery_price_in_usd", "delivery_sms_type", "delivery_mcc", "delivery_mnc", "delivery_phone_carrier", "delivery_number_of_message_parts", "delivery_provider_response", "delivery_dwell_time_ms", "delivery_dwell_time_ms_until_device_ack", "destination_number", "destination_country", "destination_block", "destination_suffix", "asset_id"
FROM step_5 WHERE ts IS NOT NULL;
