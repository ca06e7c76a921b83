INSERT INTO tollgate."sinch_verification" ("event_id", "ts", "ingested", "valueless", "callback_event", "callback_id", "callback_method", "callback_identity_type", "callback_identity_endpoint", "callback_reference", "callback_custom", "callback_price_amount", "callback_price_currency_id", "callback_accept_language", "callback_sms_result", "callback_status", "callback_reason", "callback_source", "timestamp", "application_key", "destination_number", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id")
WITH received AS (
  SELECT CAST(i.record AS JSON) AS record FROM incoming AS i
), placed AS (
  SELECT record,
    tollgate.single(json_extract(record, '$."timestamp"')) AS time_text,
    tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"'))) AS ingested_text
  FROM received
), found AS (
  SELECT placed.*,
    coalesce(json_extract(record, '$."callback"."event"'), json_extract(record, '$."callback.event"')) AS j1,
    coalesce(json_extract(record, '$."callback"."id"'), json_extract(record, '$."callback.id"')) AS j2,
    coalesce(json_extract(record, '$."callback"."method"'), json_extract(record, '$."callback.method"')) AS j3,
    coalesce(json_extract(record, '$."callback"."identity"."type"'), json_extract(record, '$."callback.identity.type"')) AS j4,
    coalesce(json_extract(record, '$."callback"."identity"."endpoint"'), json_extract(record, '$."callback.identity.endpoint"')) AS j5,
    coalesce(json_extract(record, '$."callback"."reference"'), json_extract(record, '$."callback.reference"')) AS j6,
    coalesce(json_extract(record, '$."callback"."custom"'), json_extract(record, '$."callback.custom"')) AS j7,
    coalesce(json_extract(record, '$."callback"."price"."amount"'), json_extract(record, '$."callback.price.amount"')) AS j8,
    coalesce(json_extract(record, '$."callback"."price"."currencyId"'), json_extract(record, '$."callback.price.currencyId"')) AS j9,
    coalesce(json_extract(record, '$."callback"."acceptLanguage"'), json_extract(record, '$."callback.acceptLanguage"')) AS j10,
    coalesce(json_extract(record, '$."callback"."smsResult"'), json_extract(record, '$."callback.smsResult"')) AS j11,
    coalesce(json_extract(record, '$."callback"."status"'), json_extract(record, '$."callback.status"')) AS j12,
    coalesce(json_extract(record, '$."callback"."reason"'), json_extract(record, '$."callback.reason"')) AS j13,
    coalesce(json_extract(record, '$."callback"."source"'), json_extract(record, '$."callback.source"')) AS j14,
    json_extract(record, '$."timestamp"') AS j15,
    json_extract(record, '$."application_key"') AS j16
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
    tollgate.single(j11) AS s11,
    tollgate.single(j12) AS s12,
    tollgate.single(j13) AS s13,
    tollgate.single(j14) AS s14,
    tollgate.single(j15) AS s15,
    tollgate.single(j16) AS s16
  FROM found
), typed AS (
  SELECT texts.*,
    CASE WHEN (substr(time_text, 11, 1) IN ('T', 't') OR substr(time_text, 9, 1) IN ('T', 't')) AND (substr(time_text, length(time_text), 1) IN ('Z', 'z') OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 2, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 4, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 5, 1) IN ('+', '-'))) THEN tollgate.time_of(time_text) END AS ts,
    coalesce(tollgate.time_of(ingested_text), epoch_ms(now())) AS ingested,
    s1 AS "callback_event",
    s2 AS "callback_id",
    s3 AS "callback_method",
    s4 AS "callback_identity_type",
    s5 AS "callback_identity_endpoint",
    s6 AS "callback_reference",
    s7 AS "callback_custom",
    tollgate.number_of(s8) AS "callback_price_amount",
    s9 AS "callback_price_currency_id",
    tollgate.some_of(list_filter(list_transform(tollgate.elements(j10), v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "callback_accept_language",
    s11 AS "callback_sms_result",
    s12 AS "callback_status",
    s13 AS "callback_reason",
    s14 AS "callback_source",
    s15 AS "timestamp",
    s16 AS "application_key"
  FROM texts
), derived AS (
  SELECT s.*, s."callback_identity_endpoint" AS "destination_number"
  FROM typed AS s
), derived_2 AS (
  SELECT s.*, CASE WHEN substr(s."callback_identity_endpoint", 1, 1) = '+' AND substr(s."callback_identity_endpoint", 2, 1) <> '0' AND length(s."callback_identity_endpoint") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."callback_identity_endpoint", 2), '[0-9]+') THEN coalesce(p7.country_7, p6.country_6, p5.country_5, p4.country_4, p3.country_3, p2.country_2, p1.country_1) END AS "destination_country"
  FROM derived AS s
  LEFT JOIN (SELECT prefix AS prefix_7, country AS country_7 FROM tollgate."prefixes") AS p7 ON p7.prefix_7 = substr(s."callback_identity_endpoint", 2, 7)
  LEFT JOIN (SELECT prefix AS prefix_6, country AS country_6 FROM tollgate."prefixes") AS p6 ON p6.prefix_6 = substr(s."callback_identity_endpoint", 2, 6)
  LEFT JOIN (SELECT prefix AS prefix_5, country AS country_5 FROM tollgate."prefixes") AS p5 ON p5.prefix_5 = substr(s."callback_identity_endpoint", 2, 5)
  LEFT JOIN (SELECT prefix AS prefix_4, country AS country_4 FROM tollgate."prefixes") AS p4 ON p4.prefix_4 = substr(s."callback_identity_endpoint", 2, 4)
  LEFT JOIN (SELECT prefix AS prefix_3, country AS country_3 FROM tollgate."prefixes") AS p3 ON p3.prefix_3 = substr(s."callback_identity_endpoint", 2, 3)
  LEFT JOIN (SELECT prefix AS prefix_2, country AS country_2 FROM tollgate."prefixes") AS p2 ON p2.prefix_2 = substr(s."callback_identity_endpoint", 2, 2)
  LEFT JOIN (SELECT prefix AS prefix_1, country AS country_1 FROM tollgate."prefixes") AS p1 ON p1.prefix_1 = substr(s."callback_identity_endpoint", 2, 1)
), derived_3 AS (
  SELECT s.*, CASE WHEN substr(s."callback_identity_endpoint", 1, 1) = '+' AND substr(s."callback_identity_endpoint", 2, 1) <> '0' AND length(s."callback_identity_endpoint") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."callback_identity_endpoint", 2), '[0-9]+') THEN substr(s."callback_identity_endpoint", 1, length(s."callback_identity_endpoint") - 4) END AS "destination_block"
  FROM derived_2 AS s
), derived_4 AS (
  SELECT s.*, CASE WHEN substr(s."callback_identity_endpoint", 1, 1) = '+' AND substr(s."callback_identity_endpoint", 2, 1) <> '0' AND length(s."callback_identity_endpoint") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."callback_identity_endpoint", 2), '[0-9]+') THEN substr(s."callback_identity_endpoint", 1, length(s."callback_identity_endpoint") - 6) END AS "destination_range"
  FROM derived_3 AS s
), derived_5 AS (
  SELECT s.*, CASE WHEN substr(s."callback_identity_endpoint", 1, 1) = '+' AND substr(s."callback_identity_endpoint", 2, 1) <> '0' AND length(s."callback_identity_endpoint") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."callback_identity_endpoint", 2), '[0-9]+') THEN substr(s."callback_identity_endpoint", length(s."callback_identity_endpoint") - 3, 4) END AS "destination_suffix"
  FROM derived_4 AS s
), derived_6 AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."application_key", ''), 'sinch.verification')) AS "asset_id"
  FROM derived_5 AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."application_key", ''), 'sinch.verification')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "callback_event" IS NULL THEN 'callback.event' END, CASE WHEN j2 IS NOT NULL AND "callback_id" IS NULL THEN 'callback.id' END, CASE WHEN j3 IS NOT NULL AND "callback_method" IS NULL THEN 'callback.method' END, CASE WHEN j4 IS NOT NULL AND "callback_identity_type" IS NULL THEN 'callback.identity.type' END, CASE WHEN j5 IS NOT NULL AND "callback_identity_endpoint" IS NULL THEN 'callback.identity.endpoint' END, CASE WHEN j6 IS NOT NULL AND "callback_reference" IS NULL THEN 'callback.reference' END, CASE WHEN j7 IS NOT NULL AND "callback_custom" IS NULL THEN 'callback.custom' END, CASE WHEN j8 IS NOT NULL AND "callback_price_amount" IS NULL THEN 'callback.price.amount' END, CASE WHEN j9 IS NOT NULL AND "callback_price_currency_id" IS NULL THEN 'callback.price.currencyId' END, CASE WHEN j10 IS NOT NULL AND NOT coalesce(len(list_filter("callback_accept_language", x -> x IS NOT NULL)) > 0, FALSE) THEN 'callback.acceptLanguage' END, CASE WHEN j11 IS NOT NULL AND "callback_sms_result" IS NULL THEN 'callback.smsResult' END, CASE WHEN j12 IS NOT NULL AND "callback_status" IS NULL THEN 'callback.status' END, CASE WHEN j13 IS NOT NULL AND "callback_reason" IS NULL THEN 'callback.reason' END, CASE WHEN j14 IS NOT NULL AND "callback_source" IS NULL THEN 'callback.source' END, CASE WHEN j15 IS NOT NULL AND "timestamp" IS NULL THEN 'timestamp' END, CASE WHEN j16 IS NOT NULL AND "application_key" IS NULL THEN 'application_key' END], x -> x IS NOT NULL), "callback_event", "callback_id", "callback_method", "callback_identity_type", "callback_identity_endpoint", "callback_reference", "callback_custom", "callback_price_amount", "callback_price_currency_id", "callback_accept_language", "callback_sms_result", "callback_status", "callback_reason", "callback_source", "timestamp", "application_key", "destination_number", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id"
FROM derived_6 WHERE ts IS NOT NULL;
