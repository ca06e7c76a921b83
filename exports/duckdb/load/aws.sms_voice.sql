INSERT INTO tollgate."aws_sms_voice" ("event_id", "ts", "ingested", "valueless", "owner", "log_group", "event_type", "event_version", "event_timestamp", "is_final", "origination_phone_number", "destination_phone_number", "iso_country_code", "is_international_send", "mcc", "mnc", "carrier_name", "message_id", "message_request_timestamp", "message_encoding", "message_type", "message_status", "message_status_description", "total_message_parts", "total_message_price", "total_carrier_fee", "protect_configuration_protect_configuration_id", "protect_configuration_protect_status", "destination_number", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id")
WITH received AS (
  SELECT CAST(i.record AS JSON) AS record FROM incoming AS i
), placed AS (
  SELECT record,
    tollgate.single(json_extract(record, '$."eventTimestamp"')) AS time_text,
    tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"'))) AS ingested_text
  FROM received
), found AS (
  SELECT placed.*,
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
    tollgate.single(j15) AS s15,
    tollgate.single(j16) AS s16,
    tollgate.single(j17) AS s17,
    tollgate.single(j18) AS s18,
    tollgate.single(j19) AS s19,
    tollgate.single(j20) AS s20,
    tollgate.single(j21) AS s21,
    tollgate.single(j22) AS s22,
    tollgate.single(j23) AS s23,
    tollgate.single(j24) AS s24
  FROM found
), typed AS (
  SELECT texts.*,
    CASE WHEN CASE WHEN regexp_full_match(CASE WHEN substr(time_text, 1, 1) = '-' THEN substr(time_text, 2) ELSE time_text END, '[0-9]+') THEN TRY_CAST(time_text AS BIGINT) END BETWEEN 315532800000 AND 4102444799999 THEN CASE WHEN regexp_full_match(CASE WHEN substr(time_text, 1, 1) = '-' THEN substr(time_text, 2) ELSE time_text END, '[0-9]+') THEN TRY_CAST(time_text AS BIGINT) END END AS ts,
    coalesce(tollgate.time_of(ingested_text), epoch_ms(now())) AS ingested,
    s1 AS "owner",
    s2 AS "log_group",
    s3 AS "event_type",
    s4 AS "event_version",
    CASE WHEN regexp_full_match(CASE WHEN substr(s5, 1, 1) = '-' THEN substr(s5, 2) ELSE s5 END, '[0-9]+') THEN TRY_CAST(s5 AS BIGINT) END AS "event_timestamp",
    CASE lower(s6) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "is_final",
    s7 AS "origination_phone_number",
    s8 AS "destination_phone_number",
    s9 AS "iso_country_code",
    CASE lower(s10) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "is_international_send",
    s11 AS "mcc",
    s12 AS "mnc",
    s13 AS "carrier_name",
    s14 AS "message_id",
    CASE WHEN regexp_full_match(CASE WHEN substr(s15, 1, 1) = '-' THEN substr(s15, 2) ELSE s15 END, '[0-9]+') THEN TRY_CAST(s15 AS BIGINT) END AS "message_request_timestamp",
    s16 AS "message_encoding",
    s17 AS "message_type",
    s18 AS "message_status",
    s19 AS "message_status_description",
    CASE WHEN regexp_full_match(CASE WHEN substr(s20, 1, 1) = '-' THEN substr(s20, 2) ELSE s20 END, '[0-9]+') THEN TRY_CAST(s20 AS BIGINT) END AS "total_message_parts",
    tollgate.number_of(s21) AS "total_message_price",
    tollgate.number_of(s22) AS "total_carrier_fee",
    s23 AS "protect_configuration_protect_configuration_id",
    s24 AS "protect_configuration_protect_status"
  FROM texts
), derived AS (
  SELECT s.*, s."destination_phone_number" AS "destination_number"
  FROM typed AS s
), derived_2 AS (
  SELECT s.*, CASE WHEN substr(s."destination_phone_number", 1, 1) = '+' AND substr(s."destination_phone_number", 2, 1) <> '0' AND length(s."destination_phone_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_phone_number", 2), '[0-9]+') THEN coalesce(p7.country_7, p6.country_6, p5.country_5, p4.country_4, p3.country_3, p2.country_2, p1.country_1) END AS "destination_country"
  FROM derived AS s
  LEFT JOIN (SELECT prefix AS prefix_7, country AS country_7 FROM tollgate."prefixes") AS p7 ON p7.prefix_7 = substr(s."destination_phone_number", 2, 7)
  LEFT JOIN (SELECT prefix AS prefix_6, country AS country_6 FROM tollgate."prefixes") AS p6 ON p6.prefix_6 = substr(s."destination_phone_number", 2, 6)
  LEFT JOIN (SELECT prefix AS prefix_5, country AS country_5 FROM tollgate."prefixes") AS p5 ON p5.prefix_5 = substr(s."destination_phone_number", 2, 5)
  LEFT JOIN (SELECT prefix AS prefix_4, country AS country_4 FROM tollgate."prefixes") AS p4 ON p4.prefix_4 = substr(s."destination_phone_number", 2, 4)
  LEFT JOIN (SELECT prefix AS prefix_3, country AS country_3 FROM tollgate."prefixes") AS p3 ON p3.prefix_3 = substr(s."destination_phone_number", 2, 3)
  LEFT JOIN (SELECT prefix AS prefix_2, country AS country_2 FROM tollgate."prefixes") AS p2 ON p2.prefix_2 = substr(s."destination_phone_number", 2, 2)
  LEFT JOIN (SELECT prefix AS prefix_1, country AS country_1 FROM tollgate."prefixes") AS p1 ON p1.prefix_1 = substr(s."destination_phone_number", 2, 1)
), derived_3 AS (
  SELECT s.*, CASE WHEN substr(s."destination_phone_number", 1, 1) = '+' AND substr(s."destination_phone_number", 2, 1) <> '0' AND length(s."destination_phone_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_phone_number", 2), '[0-9]+') THEN substr(s."destination_phone_number", 1, length(s."destination_phone_number") - 4) END AS "destination_block"
  FROM derived_2 AS s
), derived_4 AS (
  SELECT s.*, CASE WHEN substr(s."destination_phone_number", 1, 1) = '+' AND substr(s."destination_phone_number", 2, 1) <> '0' AND length(s."destination_phone_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_phone_number", 2), '[0-9]+') THEN substr(s."destination_phone_number", 1, length(s."destination_phone_number") - 6) END AS "destination_range"
  FROM derived_3 AS s
), derived_5 AS (
  SELECT s.*, CASE WHEN substr(s."destination_phone_number", 1, 1) = '+' AND substr(s."destination_phone_number", 2, 1) <> '0' AND length(s."destination_phone_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_phone_number", 2), '[0-9]+') THEN substr(s."destination_phone_number", length(s."destination_phone_number") - 3, 4) END AS "destination_suffix"
  FROM derived_4 AS s
), derived_6 AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."owner", ''), nullif(s."log_group", ''), 'aws.sms_voice')) AS "asset_id"
  FROM derived_5 AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."owner", ''), nullif(s."log_group", ''), 'aws.sms_voice')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "owner" IS NULL THEN 'owner' END, CASE WHEN j2 IS NOT NULL AND "log_group" IS NULL THEN 'logGroup' END, CASE WHEN j3 IS NOT NULL AND "event_type" IS NULL THEN 'eventType' END, CASE WHEN j4 IS NOT NULL AND "event_version" IS NULL THEN 'eventVersion' END, CASE WHEN j5 IS NOT NULL AND "event_timestamp" IS NULL THEN 'eventTimestamp' END, CASE WHEN j6 IS NOT NULL AND "is_final" IS NULL THEN 'isFinal' END, CASE WHEN j7 IS NOT NULL AND "origination_phone_number" IS NULL THEN 'originationPhoneNumber' END, CASE WHEN j8 IS NOT NULL AND "destination_phone_number" IS NULL THEN 'destinationPhoneNumber' END, CASE WHEN j9 IS NOT NULL AND "iso_country_code" IS NULL THEN 'isoCountryCode' END, CASE WHEN j10 IS NOT NULL AND "is_international_send" IS NULL THEN 'isInternationalSend' END, CASE WHEN j11 IS NOT NULL AND "mcc" IS NULL THEN 'mcc' END, CASE WHEN j12 IS NOT NULL AND "mnc" IS NULL THEN 'mnc' END, CASE WHEN j13 IS NOT NULL AND "carrier_name" IS NULL THEN 'carrierName' END, CASE WHEN j14 IS NOT NULL AND "message_id" IS NULL THEN 'messageId' END, CASE WHEN j15 IS NOT NULL AND "message_request_timestamp" IS NULL THEN 'messageRequestTimestamp' END, CASE WHEN j16 IS NOT NULL AND "message_encoding" IS NULL THEN 'messageEncoding' END, CASE WHEN j17 IS NOT NULL AND "message_type" IS NULL THEN 'messageType' END, CASE WHEN j18 IS NOT NULL AND "message_status" IS NULL THEN 'messageStatus' END, CASE WHEN j19 IS NOT NULL AND "message_status_description" IS NULL THEN 'messageStatusDescription' END, CASE WHEN j20 IS NOT NULL AND "total_message_parts" IS NULL THEN 'totalMessageParts' END, CASE WHEN j21 IS NOT NULL AND "total_message_price" IS NULL THEN 'totalMessagePrice' END, CASE WHEN j22 IS NOT NULL AND "total_carrier_fee" IS NULL THEN 'totalCarrierFee' END, CASE WHEN j23 IS NOT NULL AND "protect_configuration_protect_configuration_id" IS NULL THEN 'protectConfiguration.protectConfigurationId' END, CASE WHEN j24 IS NOT NULL AND "protect_configuration_protect_status" IS NULL THEN 'protectConfiguration.protectStatus' END], x -> x IS NOT NULL), "owner", "log_group", "event_type", "event_version", "event_timestamp", "is_final", "origination_phone_number", "destination_phone_number", "iso_country_code", "is_international_send", "mcc", "mnc", "carrier_name", "message_id", "message_request_timestamp", "message_encoding", "message_type", "message_status", "message_status_description", "total_message_parts", "total_message_price", "total_carrier_fee", "protect_configuration_protect_configuration_id", "protect_configuration_protect_status", "destination_number", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id"
FROM derived_6 WHERE ts IS NOT NULL;
