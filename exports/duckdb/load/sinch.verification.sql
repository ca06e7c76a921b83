INSERT INTO "tollgate"."sinch_verification" ("event_id", "ts", "ingested", "valueless", "callback_event", "callback_id", "callback_method", "callback_identity_type", "callback_identity_endpoint", "callback_reference", "callback_custom", "callback_price_amount", "callback_price_currency_id", "callback_accept_language", "callback_sms_result", "callback_status", "callback_reason", "callback_source", "timestamp", "application_key", "destination_number", "destination_country", "destination_block", "destination_suffix", "asset_id")
WITH prepared AS (
  SELECT record FROM incoming
), placed AS (
  SELECT *,
    coalesce(json_extract(record, '$."callback"."event"'), json_extract(record, '$."callback.event"')) AS j1,
    coalesce(json_extract(record, '$."callback"."id"'), json_extract(record, '$."callback.id"')) AS j2,
    coalesce(json_extract(record, '$."callback"."method"'), json_extract(record, '$."callback.method"')) AS j3,
    coalesce(json_extract(record, '$."callback"."identity"."type"'), json_extract(record, '$."callback.identity.type"')) AS j4,
    coalesce(json_extract(record, '$."callback"."identity"."endpoint"'), json_extract(record, '$."callback.identity.endpoint"')) AS j5,
    coalesce(json_extract(record, '$."callback"."reference"'), json_extract(record, '$."callback.reference"')) AS j6,
    coalesce(json_extract(record, '$."callback"."custom"'), json_extract(record, '$."callback.custom"')) AS j7,
    coalesce(json_extract(record, '$."callback"."price"."amount"'), json_extract(record, '$."callback.price.amount"')) AS j8,
    coalesce(json_extract(record, '$."callback"."price"."currencyId"'), json_extract(record, '$."callback.price.currencyId"')) AS j9,
    [coalesce(json_extract(record, '$."callback"."acceptLanguage"'), json_extract(record, '$."callback.acceptLanguage"'))] AS j10,
    coalesce(json_extract(record, '$."callback"."smsResult"'), json_extract(record, '$."callback.smsResult"')) AS j11,
    coalesce(json_extract(record, '$."callback"."status"'), json_extract(record, '$."callback.status"')) AS j12,
    coalesce(json_extract(record, '$."callback"."reason"'), json_extract(record, '$."callback.reason"')) AS j13,
    coalesce(json_extract(record, '$."callback"."source"'), json_extract(record, '$."callback.source"')) AS j14,
    json_extract(record, '$."timestamp"') AS j15,
    json_extract(record, '$."application_key"') AS j16
  FROM prepared
), read AS (
  SELECT *,
    list_transform([tollgate.single(json_extract(record, '$."timestamp"'))], v -> CASE WHEN regexp_full_match(v, '(?i)[^T]*T.*(Z|[+-][0-9]{2}(:?[0-9]{2})?)') THEN tollgate.time_of(v) END)[1] AS ts,
    coalesce(tollgate.time_of(tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"')))), epoch_ms(now())) AS ingested,
    tollgate.single(j1) AS "callback_event",
    tollgate.single(j2) AS "callback_id",
    tollgate.single(j3) AS "callback_method",
    tollgate.single(j4) AS "callback_identity_type",
    tollgate.single(j5) AS "callback_identity_endpoint",
    tollgate.single(j6) AS "callback_reference",
    tollgate.single(j7) AS "callback_custom",
    tollgate.number_of(tollgate.single(j8)) AS "callback_price_amount",
    tollgate.single(j9) AS "callback_price_currency_id",
    tollgate.some_of(tollgate.scalars(j10)) AS "callback_accept_language",
    tollgate.single(j11) AS "callback_sms_result",
    tollgate.single(j12) AS "callback_status",
    tollgate.single(j13) AS "callback_reason",
    tollgate.single(j14) AS "callback_source",
    tollgate.single(j15) AS "timestamp",
    tollgate.single(j16) AS "application_key"
  FROM placed
), step_1 AS (SELECT *, "callback_identity_endpoint" AS "destination_number" FROM read), step_2 AS (SELECT *, CASE WHEN regexp_full_match("callback_identity_endpoint", '\+[1-9][0-9]{6,14}') THEN coalesce((SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("callback_identity_endpoint", 2, 7)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("callback_identity_endpoint", 2, 6)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("callback_identity_endpoint", 2, 5)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("callback_identity_endpoint", 2, 4)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("callback_identity_endpoint", 2, 3)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("callback_identity_endpoint", 2, 2)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("callback_identity_endpoint", 2, 1))) END AS "destination_country" FROM step_1), step_3 AS (SELECT *, CASE WHEN regexp_full_match("callback_identity_endpoint", '\+[1-9][0-9]{6,14}') THEN left("callback_identity_endpoint", -4) END AS "destination_block" FROM step_2), step_4 AS (SELECT *, CASE WHEN regexp_full_match("callback_identity_endpoint", '\+[1-9][0-9]{6,14}') THEN right("callback_identity_endpoint", 4) END AS "destination_suffix" FROM step_3), step_5 AS (SELECT *, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), (SELECT max(a.asset) FROM tollgate.assets AS a WHERE a.account = coalesce(nullif("application_key", ''), 'sinch.verification')), coalesce(nullif("application_key", ''), 'sinch.verification')) AS "asset_id" FROM step_4)
SELECT nextval('tollgate.event_ids'), "ts", "ingested", list_filter([CASE WHEN j1 IS NOT NULL AND "callback_event" IS NULL THEN 'callback.event' END, CASE WHEN j2 IS NOT NULL AND "callback_id" IS NULL THEN 'callback.id' END, CASE WHEN j3 IS NOT NULL AND "callback_method" IS NULL THEN 'callback.method' END, CASE WHEN j4 IS NOT NULL AND "callback_identity_type" IS NULL THEN 'callback.identity.type' END, CASE WHEN j5 IS NOT NULL AND "callback_identity_endpoint" IS NULL THEN 'callback.identity.endpoint' END, CASE WHEN j6 IS NOT NULL AND "callback_reference" IS NULL THEN 'callback.reference' END, CASE WHEN j7 IS NOT NULL AND "callback_custom" IS NULL THEN 'callback.custom' END, CASE WHEN j8 IS NOT NULL AND "callback_price_amount" IS NULL THEN 'callback.price.amount' END, CASE WHEN j9 IS NOT NULL AND "callback_price_currency_id" IS NULL THEN 'callback.price.currencyId' END, CASE WHEN len(list_filter(j10, x -> x IS NOT NULL)) > 0 AND "callback_accept_language" IS NULL THEN 'callback.acceptLanguage' END, CASE WHEN j11 IS NOT NULL AND "callback_sms_result" IS NULL THEN 'callback.smsResult' END, CASE WHEN j12 IS NOT NULL AND "callback_status" IS NULL THEN 'callback.status' END, CASE WHEN j13 IS NOT NULL AND "callback_reason" IS NULL THEN 'callback.reason' END, CASE WHEN j14 IS NOT NULL AND "callback_source" IS NULL THEN 'callback.source' END, CASE WHEN j15 IS NOT NULL AND "timestamp" IS NULL THEN 'timestamp' END, CASE WHEN j16 IS NOT NULL AND "application_key" IS NULL THEN 'application_key' END], x -> x IS NOT NULL), "callback_event", "callback_id", "callback_method", "callback_identity_type", "callback_identity_endpoint", "callback_reference", "callback_custom", "callback_price_amount", "callback_price_currency_id", "callback_accept_language", "callback_sms_result", "callback_status", "callback_reason", "callback_source", "timestamp", "application_key", "destination_number", "destination_country", "destination_block", "destination_suffix", "asset_id"
FROM step_5 WHERE ts IS NOT NULL;
