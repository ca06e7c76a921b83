INSERT INTO "tollgate"."aws_sms_voice" ("event_id", "ts", "ingested", "valueless", "owner", "log_group", "event_type", "event_version", "event_timestamp", "is_final", "origination_phone_number", "destination_phone_number", "iso_country_code", "is_international_send", "mcc", "mnc", "carrier_name", "message_id", "message_request_timestamp", "message_encoding", "message_type", "message_status", "message_status_description", "total_message_parts", "total_message_price", "total_carrier_fee", "protect_configuration_protect_configuration_id", "protect_configuration_protect_status", "destination_number", "destination_country", "destination_block", "destination_suffix", "asset_id")
WITH prepared AS (
  SELECT record FROM incoming
), placed AS (
  SELECT *,
    json_extract(record, '$."owner"') AS j1,
    json_extract(record, '$."logGroup"') AS j2,
    json_extract(record, '$."eventType"') AS j3,
    json_extract(record, '$."eventVersion"') AS j4,
    json_extract(record, '$."eventTimestamp"') AS j5,
    json_extract(record, '$."isFinal"') AS j6,
    json_extract(record, '$."originationPhoneNumber"') AS j7,
    json_extract(record, '$."destinationPhoneNumber"') AS j8,
    json_extract(record, '$."isoCountryCode"') AS j9,
    json_extract(record, '$."isInternationalSend"') AS j10,
    json_extract(record, '$."mcc"') AS j11,
    json_extract(record, '$."mnc"') AS j12,
    json_extract(record, '$."carrierName"') AS j13,
    json_extract(record, '$."messageId"') AS j14,
    json_extract(record, '$."messageRequestTimestamp"') AS j15,
    json_extract(record, '$."messageEncoding"') AS j16,
    json_extract(record, '$."messageType"') AS j17,
    json_extract(record, '$."messageStatus"') AS j18,
    json_extract(record, '$."messageStatusDescription"') AS j19,
    json_extract(record, '$."totalMessageParts"') AS j20,
    json_extract(record, '$."totalMessagePrice"') AS j21,
    json_extract(record, '$."totalCarrierFee"') AS j22,
    coalesce(json_extract(record, '$."protectConfiguration"."protectConfigurationId"'), json_extract(record, '$."protectConfiguration.protectConfigurationId"')) AS j23,
    coalesce(json_extract(record, '$."protectConfiguration"."protectStatus"'), json_extract(record, '$."protectConfiguration.protectStatus"')) AS j24
  FROM prepared
), read AS (
  SELECT *,
    list_transform([tollgate.single(json_extract(record, '$."eventTimestamp"'))], v -> CASE WHEN tollgate.long_of(v) BETWEEN 315532800000 AND 4102444799999 THEN tollgate.long_of(v) END)[1] AS ts,
    coalesce(tollgate.time_of(tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"')))), epoch_ms(now())) AS ingested,
    tollgate.single(j1) AS "owner",
    tollgate.single(j2) AS "log_group",
    tollgate.single(j3) AS "event_type",
    tollgate.single(j4) AS "event_version",
    tollgate.long_of(tollgate.single(j5)) AS "event_timestamp",
    CASE lower(tollgate.single(j6)) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "is_final",
    tollgate.single(j7) AS "origination_phone_number",
    tollgate.single(j8) AS "destination_phone_number",
    tollgate.single(j9) AS "iso_country_code",
    CASE lower(tollgate.single(j10)) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "is_international_send",
    tollgate.single(j11) AS "mcc",
    tollgate.single(j12) AS "mnc",
    tollgate.single(j13) AS "carrier_name",
    tollgate.single(j14) AS "message_id",
    tollgate.long_of(tollgate.single(j15)) AS "message_request_timestamp",
    tollgate.single(j16) AS "message_encoding",
    tollgate.single(j17) AS "message_type",
    tollgate.single(j18) AS "message_status",
    tollgate.single(j19) AS "message_status_description",
    tollgate.long_of(tollgate.single(j20)) AS "total_message_parts",
    tollgate.number_of(tollgate.single(j21)) AS "total_message_price",
    tollgate.number_of(tollgate.single(j22)) AS "total_carrier_fee",
    tollgate.single(j23) AS "protect_configuration_protect_configuration_id",
    tollgate.single(j24) AS "protect_configuration_protect_status"
  FROM placed
), step_1 AS (SELECT *, "destination_phone_number" AS "destination_number" FROM read), step_2 AS (SELECT *, CASE WHEN regexp_full_match("destination_phone_number", '\+[1-9][0-9]{6,14}') THEN coalesce((SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_phone_number", 2, 7)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_phone_number", 2, 6)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_phone_number", 2, 5)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_phone_number", 2, 4)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_phone_number", 2, 3)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_phone_number", 2, 2)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_phone_number", 2, 1))) END AS "destination_country" FROM step_1), step_3 AS (SELECT *, CASE WHEN regexp_full_match("destination_phone_number", '\+[1-9][0-9]{6,14}') THEN left("destination_phone_number", -4) END AS "destination_block" FROM step_2), step_4 AS (SELECT *, CASE WHEN regexp_full_match("destination_phone_number", '\+[1-9][0-9]{6,14}') THEN right("destination_phone_number", 4) END AS "destination_suffix" FROM step_3), step_5 AS (SELECT *, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), (SELECT max(a.asset) FROM tollgate.assets AS a WHERE a.account = coalesce(nullif("owner", ''), nullif("log_group", ''), 'aws.sms_voice')), coalesce(nullif("owner", ''), nullif("log_group", ''), 'aws.sms_voice')) AS "asset_id" FROM step_4)
SELECT nextval('tollgate.event_ids'), "ts", "ingested", list_filter([CASE WHEN j1 IS NOT NULL AND "owner" IS NULL THEN 'owner' END, CASE WHEN j2 IS NOT NULL AND "log_group" IS NULL THEN 'logGroup' END, CASE WHEN j3 IS NOT NULL AND "event_type" IS NULL THEN 'eventType' END, CASE WHEN j4 IS NOT NULL AND "event_version" IS NULL THEN 'eventVersion' END, CASE WHEN j5 IS NOT NULL AND "event_timestamp" IS NULL THEN 'eventTimestamp' END, CASE WHEN j6 IS NOT NULL AND "is_final" IS NULL THEN 'isFinal' END, CASE WHEN j7 IS NOT NULL AND "origination_phone_number" IS NULL THEN 'originationPhoneNumber' END, CASE WHEN j8 IS NOT NULL AND "destination_phone_number" IS NULL THEN 'destinationPhoneNumber' END, CASE WHEN j9 IS NOT NULL AND "iso_country_code" IS NULL THEN 'isoCountryCode' END, CASE WHEN j10 IS NOT NULL AND "is_international_send" IS NULL THEN 'isInternationalSend' END, CASE WHEN j11 IS NOT NULL AND "mcc" IS NULL THEN 'mcc' END, CASE WHEN j12 IS NOT NULL AND "mnc" IS NULL THEN 'mnc' END, CASE WHEN j13 IS NOT NULL AND "carrier_name" IS NULL THEN 'carrierName' END, CASE WHEN j14 IS NOT NULL AND "message_id" IS NULL THEN 'messageId' END, CASE WHEN j15 IS NOT NULL AND "message_request_timestamp" IS NULL THEN 'messageRequestTimestamp' END, CASE WHEN j16 IS NOT NULL AND "message_encoding" IS NULL THEN 'messageEncoding' END, CASE WHEN j17 IS NOT NULL AND "message_type" IS NULL THEN 'messageType' END, CASE WHEN j18 IS NOT NULL AND "message_status" IS NULL THEN 'messageStatus' END, CASE WHEN j19 IS NOT NULL AND "message_status_description" IS NULL THEN 'messageStatusDescription' END, CASE WHEN j20 IS NOT NULL AND "total_message_parts" IS NULL THEN 'totalMessageParts' END, CASE WHEN j21 IS NOT NULL AND "total_message_price" IS NULL THEN 'totalMessagePrice' END, CASE WHEN j22 IS NOT NULL AND "total_carrier_fee" IS NULL THEN 'totalCarrierFee' END, CASE WHEN j23 IS NOT NULL AND "protect_configuration_protect_configuration_id" IS NULL THEN 'protectConfiguration.protectConfigurationId' END, CASE WHEN j24 IS NOT NULL AND "protect_configuration_protect_status" IS NULL THEN 'protectConfiguration.protectStatus' END], x -> x IS NOT NULL), "owner", "log_group", "event_type", "event_version", "event_timestamp", "is_final", "origination_phone_number", "destination_phone_number", "iso_country_code", "is_international_send", "mcc", "mnc", "carrier_name", "message_id", "message_request_timestamp", "message_encoding", "message_type", "message_status", "message_status_description", "total_message_parts", "total_message_price", "total_carrier_fee", "protect_configuration_protect_configuration_id", "protect_configuration_protect_status", "destination_number", "destination_country", "destination_block", "destination_suffix", "asset_id"
FROM step_5 WHERE ts IS NOT NULL;
