INSERT INTO tollgate."twilio_verify" ("event_id", "ts", "ingested", "valueless", "specversion", "type", "source", "id", "dataschema", "datacontenttype", "time", "data_account_sid", "data_service_sid", "data_verification_sid", "data_to", "data_created_at", "data_friendly_name", "data_verified_at", "data_verification_status", "data_country", "data_code_length", "data_send_code_attempts_count", "data_send_code_attempts_attempts_time", "data_send_code_attempts_attempts_channel", "data_send_code_attempts_attempts_attempt_sid", "data_send_code_attempts_attempts_delivery_status", "data_attempt_sid", "data_message_status", "data_channel", "data_error_code", "data_has_fallback", "data_is_fallback", "data_mcc", "data_mnc", "data_number_segments", "destination_number", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id")
WITH received AS (
  SELECT CAST(i.record AS JSON) AS record FROM incoming AS i
), placed AS (
  SELECT record,
    tollgate.single(json_extract(record, '$."time"')) AS time_text,
    tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"'))) AS ingested_text
  FROM received
), found AS (
  SELECT placed.*,
    json_extract(record, '$."specversion"') AS j1,
    json_extract(record, '$."type"') AS j2,
    json_extract(record, '$."source"') AS j3,
    json_extract(record, '$."id"') AS j4,
    json_extract(record, '$."dataschema"') AS j5,
    json_extract(record, '$."datacontenttype"') AS j6,
    json_extract(record, '$."time"') AS j7,
    coalesce(json_extract(record, '$."data"."account_sid"'), json_extract(record, '$."data.account_sid"')) AS j8,
    coalesce(json_extract(record, '$."data"."service_sid"'), json_extract(record, '$."data.service_sid"')) AS j9,
    coalesce(json_extract(record, '$."data"."verification_sid"'), json_extract(record, '$."data.verification_sid"')) AS j10,
    coalesce(json_extract(record, '$."data"."to"'), json_extract(record, '$."data.to"')) AS j11,
    coalesce(json_extract(record, '$."data"."created_at"'), json_extract(record, '$."data.created_at"')) AS j12,
    coalesce(json_extract(record, '$."data"."friendly_name"'), json_extract(record, '$."data.friendly_name"')) AS j13,
    coalesce(json_extract(record, '$."data"."verified_at"'), json_extract(record, '$."data.verified_at"')) AS j14,
    coalesce(json_extract(record, '$."data"."verification_status"'), json_extract(record, '$."data.verification_status"')) AS j15,
    coalesce(json_extract(record, '$."data"."country"'), json_extract(record, '$."data.country"')) AS j16,
    coalesce(json_extract(record, '$."data"."code_length"'), json_extract(record, '$."data.code_length"')) AS j17,
    coalesce(json_extract(record, '$."data"."send_code_attempts"."count"'), json_extract(record, '$."data.send_code_attempts.count"')) AS j18,
    flatten(list_transform(tollgate.elements(coalesce(json_extract(record, '$."data"."send_code_attempts"."attempts"'), json_extract(record, '$."data.send_code_attempts.attempts"'))), o1 -> tollgate.elements(json_extract(o1, '$."time"')))) AS j19,
    flatten(list_transform(tollgate.elements(coalesce(json_extract(record, '$."data"."send_code_attempts"."attempts"'), json_extract(record, '$."data.send_code_attempts.attempts"'))), o1 -> tollgate.elements(json_extract(o1, '$."channel"')))) AS j20,
    flatten(list_transform(tollgate.elements(coalesce(json_extract(record, '$."data"."send_code_attempts"."attempts"'), json_extract(record, '$."data.send_code_attempts.attempts"'))), o1 -> tollgate.elements(json_extract(o1, '$."attempt_sid"')))) AS j21,
    flatten(list_transform(tollgate.elements(coalesce(json_extract(record, '$."data"."send_code_attempts"."attempts"'), json_extract(record, '$."data.send_code_attempts.attempts"'))), o1 -> tollgate.elements(json_extract(o1, '$."delivery_status"')))) AS j22,
    coalesce(json_extract(record, '$."data"."attempt_sid"'), json_extract(record, '$."data.attempt_sid"')) AS j23,
    coalesce(json_extract(record, '$."data"."message_status"'), json_extract(record, '$."data.message_status"')) AS j24,
    coalesce(json_extract(record, '$."data"."channel"'), json_extract(record, '$."data.channel"')) AS j25,
    coalesce(json_extract(record, '$."data"."error_code"'), json_extract(record, '$."data.error_code"')) AS j26,
    coalesce(json_extract(record, '$."data"."has_fallback"'), json_extract(record, '$."data.has_fallback"')) AS j27,
    coalesce(json_extract(record, '$."data"."is_fallback"'), json_extract(record, '$."data.is_fallback"')) AS j28,
    coalesce(json_extract(record, '$."data"."mcc"'), json_extract(record, '$."data.mcc"')) AS j29,
    coalesce(json_extract(record, '$."data"."mnc"'), json_extract(record, '$."data.mnc"')) AS j30,
    coalesce(json_extract(record, '$."data"."number_segments"'), json_extract(record, '$."data.number_segments"')) AS j31
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
    tollgate.single(j23) AS s23,
    tollgate.single(j24) AS s24,
    tollgate.single(j25) AS s25,
    tollgate.single(j26) AS s26,
    tollgate.single(j27) AS s27,
    tollgate.single(j28) AS s28,
    tollgate.single(j29) AS s29,
    tollgate.single(j30) AS s30,
    tollgate.single(j31) AS s31
  FROM found
), typed AS (
  SELECT texts.*,
    CASE WHEN (substr(time_text, 11, 1) IN ('T', 't') OR substr(time_text, 9, 1) IN ('T', 't')) AND (substr(time_text, length(time_text), 1) IN ('Z', 'z') OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 2, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 4, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 5, 1) IN ('+', '-'))) THEN tollgate.time_of(time_text) END AS ts,
    coalesce(tollgate.time_of(ingested_text), epoch_ms(now())) AS ingested,
    s1 AS "specversion",
    s2 AS "type",
    s3 AS "source",
    s4 AS "id",
    s5 AS "dataschema",
    s6 AS "datacontenttype",
    s7 AS "time",
    s8 AS "data_account_sid",
    s9 AS "data_service_sid",
    s10 AS "data_verification_sid",
    s11 AS "data_to",
    s12 AS "data_created_at",
    s13 AS "data_friendly_name",
    s14 AS "data_verified_at",
    s15 AS "data_verification_status",
    s16 AS "data_country",
    CASE WHEN regexp_full_match(CASE WHEN substr(s17, 1, 1) = '-' THEN substr(s17, 2) ELSE s17 END, '[0-9]+') THEN TRY_CAST(s17 AS BIGINT) END AS "data_code_length",
    CASE WHEN regexp_full_match(CASE WHEN substr(s18, 1, 1) = '-' THEN substr(s18, 2) ELSE s18 END, '[0-9]+') THEN TRY_CAST(s18 AS BIGINT) END AS "data_send_code_attempts_count",
    tollgate.some_of(list_filter(list_transform(j19, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "data_send_code_attempts_attempts_time",
    tollgate.some_of(list_filter(list_transform(j20, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "data_send_code_attempts_attempts_channel",
    tollgate.some_of(list_filter(list_transform(j21, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "data_send_code_attempts_attempts_attempt_sid",
    tollgate.some_of(list_filter(list_transform(j22, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "data_send_code_attempts_attempts_delivery_status",
    s23 AS "data_attempt_sid",
    s24 AS "data_message_status",
    s25 AS "data_channel",
    s26 AS "data_error_code",
    CASE lower(s27) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "data_has_fallback",
    CASE lower(s28) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "data_is_fallback",
    s29 AS "data_mcc",
    s30 AS "data_mnc",
    CASE WHEN regexp_full_match(CASE WHEN substr(s31, 1, 1) = '-' THEN substr(s31, 2) ELSE s31 END, '[0-9]+') THEN TRY_CAST(s31 AS BIGINT) END AS "data_number_segments"
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
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."data_account_sid", ''), nullif(s."data_service_sid", ''), 'twilio.verify')) AS "asset_id"
  FROM derived_5 AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."data_account_sid", ''), nullif(s."data_service_sid", ''), 'twilio.verify')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "specversion" IS NULL THEN 'specversion' END, CASE WHEN j2 IS NOT NULL AND "type" IS NULL THEN 'type' END, CASE WHEN j3 IS NOT NULL AND "source" IS NULL THEN 'source' END, CASE WHEN j4 IS NOT NULL AND "id" IS NULL THEN 'id' END, CASE WHEN j5 IS NOT NULL AND "dataschema" IS NULL THEN 'dataschema' END, CASE WHEN j6 IS NOT NULL AND "datacontenttype" IS NULL THEN 'datacontenttype' END, CASE WHEN j7 IS NOT NULL AND "time" IS NULL THEN 'time' END, CASE WHEN j8 IS NOT NULL AND "data_account_sid" IS NULL THEN 'data.account_sid' END, CASE WHEN j9 IS NOT NULL AND "data_service_sid" IS NULL THEN 'data.service_sid' END, CASE WHEN j10 IS NOT NULL AND "data_verification_sid" IS NULL THEN 'data.verification_sid' END, CASE WHEN j11 IS NOT NULL AND "data_to" IS NULL THEN 'data.to' END, CASE WHEN j12 IS NOT NULL AND "data_created_at" IS NULL THEN 'data.created_at' END, CASE WHEN j13 IS NOT NULL AND "data_friendly_name" IS NULL THEN 'data.friendly_name' END, CASE WHEN j14 IS NOT NULL AND "data_verified_at" IS NULL THEN 'data.verified_at' END, CASE WHEN j15 IS NOT NULL AND "data_verification_status" IS NULL THEN 'data.verification_status' END, CASE WHEN j16 IS NOT NULL AND "data_country" IS NULL THEN 'data.country' END, CASE WHEN j17 IS NOT NULL AND "data_code_length" IS NULL THEN 'data.code_length' END, CASE WHEN j18 IS NOT NULL AND "data_send_code_attempts_count" IS NULL THEN 'data.send_code_attempts.count' END, CASE WHEN NOT coalesce(len(j19), 0) = 0 AND NOT coalesce(len(list_filter("data_send_code_attempts_attempts_time", x -> x IS NOT NULL)) > 0, FALSE) THEN 'data.send_code_attempts.attempts.time' END, CASE WHEN NOT coalesce(len(j20), 0) = 0 AND NOT coalesce(len(list_filter("data_send_code_attempts_attempts_channel", x -> x IS NOT NULL)) > 0, FALSE) THEN 'data.send_code_attempts.attempts.channel' END, CASE WHEN NOT coalesce(len(j21), 0) = 0 AND NOT coalesce(len(list_filter("data_send_code_attempts_attempts_attempt_sid", x -> x IS NOT NULL)) > 0, FALSE) THEN 'data.send_code_attempts.attempts.attempt_sid' END, CASE WHEN NOT coalesce(len(j22), 0) = 0 AND NOT coalesce(len(list_filter("data_send_code_attempts_attempts_delivery_status", x -> x IS NOT NULL)) > 0, FALSE) THEN 'data.send_code_attempts.attempts.delivery_status' END, CASE WHEN j23 IS NOT NULL AND "data_attempt_sid" IS NULL THEN 'data.attempt_sid' END, CASE WHEN j24 IS NOT NULL AND "data_message_status" IS NULL THEN 'data.message_status' END, CASE WHEN j25 IS NOT NULL AND "data_channel" IS NULL THEN 'data.channel' END, CASE WHEN j26 IS NOT NULL AND "data_error_code" IS NULL THEN 'data.error_code' END, CASE WHEN j27 IS NOT NULL AND "data_has_fallback" IS NULL THEN 'data.has_fallback' END, CASE WHEN j28 IS NOT NULL AND "data_is_fallback" IS NULL THEN 'data.is_fallback' END, CASE WHEN j29 IS NOT NULL AND "data_mcc" IS NULL THEN 'data.mcc' END, CASE WHEN j30 IS NOT NULL AND "data_mnc" IS NULL THEN 'data.mnc' END, CASE WHEN j31 IS NOT NULL AND "data_number_segments" IS NULL THEN 'data.number_segments' END], x -> x IS NOT NULL), "specversion", "type", "source", "id", "dataschema", "datacontenttype", "time", "data_account_sid", "data_service_sid", "data_verification_sid", "data_to", "data_created_at", "data_friendly_name", "data_verified_at", "data_verification_status", "data_country", "data_code_length", "data_send_code_attempts_count", "data_send_code_attempts_attempts_time", "data_send_code_attempts_attempts_channel", "data_send_code_attempts_attempts_attempt_sid", "data_send_code_attempts_attempts_delivery_status", "data_attempt_sid", "data_message_status", "data_channel", "data_error_code", "data_has_fallback", "data_is_fallback", "data_mcc", "data_mnc", "data_number_segments", "destination_number", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id"
FROM derived_6 WHERE ts IS NOT NULL;
