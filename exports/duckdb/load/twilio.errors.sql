INSERT INTO "tollgate"."twilio_errors" ("event_id", "ts", "ingested", "valueless", "specversion", "type", "source", "id", "dataschema", "datacontenttype", "time", "data_sid", "data_account_sid", "data_master_account_sid", "data_date_created", "data_level", "data_error_code", "data_product_name", "data_request_sid", "data_service_sid", "data_correlation_sid", "asset_id")
WITH prepared AS (
  SELECT record FROM incoming
), placed AS (
  SELECT *,
    json_extract(record, '$."specversion"') AS j1,
    json_extract(record, '$."type"') AS j2,
    json_extract(record, '$."source"') AS j3,
    json_extract(record, '$."id"') AS j4,
    json_extract(record, '$."dataschema"') AS j5,
    json_extract(record, '$."datacontenttype"') AS j6,
    json_extract(record, '$."time"') AS j7,
    coalesce(json_extract(record, '$."data"."sid"'), json_extract(record, '$."data.sid"')) AS j8,
    coalesce(json_extract(record, '$."data"."account_sid"'), json_extract(record, '$."data.account_sid"')) AS j9,
    coalesce(json_extract(record, '$."data"."master_account_sid"'), json_extract(record, '$."data.master_account_sid"')) AS j10,
    coalesce(json_extract(record, '$."data"."date_created"'), json_extract(record, '$."data.date_created"')) AS j11,
    coalesce(json_extract(record, '$."data"."level"'), json_extract(record, '$."data.level"')) AS j12,
    coalesce(json_extract(record, '$."data"."error_code"'), json_extract(record, '$."data.error_code"')) AS j13,
    coalesce(json_extract(record, '$."data"."product_name"'), json_extract(record, '$."data.product_name"')) AS j14,
    coalesce(json_extract(record, '$."data"."request_sid"'), json_extract(record, '$."data.request_sid"')) AS j15,
    coalesce(json_extract(record, '$."data"."service_sid"'), json_extract(record, '$."data.service_sid"')) AS j16,
    coalesce(json_extract(record, '$."data"."correlation_sid"'), json_extract(record, '$."data.correlation_sid"')) AS j17
  FROM prepared
), read AS (
  SELECT *,
    list_transform([tollgate.single(coalesce(json_extract(record, '$."data"."date_created"'), json_extract(record, '$."data.date_created"')))], v -> CASE WHEN regexp_full_match(v, '(?i)[^T]*T.*(Z|[+-][0-9]{2}(:?[0-9]{2})?)') THEN tollgate.time_of(v) END)[1] AS ts,
    coalesce(tollgate.time_of(tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"')))), epoch_ms(now())) AS ingested,
    tollgate.single(j1) AS "specversion",
    tollgate.single(j2) AS "type",
    tollgate.single(j3) AS "source",
    tollgate.single(j4) AS "id",
    tollgate.single(j5) AS "dataschema",
    tollgate.single(j6) AS "datacontenttype",
    tollgate.single(j7) AS "time",
    tollgate.single(j8) AS "data_sid",
    tollgate.single(j9) AS "data_account_sid",
    tollgate.single(j10) AS "data_master_account_sid",
    tollgate.single(j11) AS "data_date_created",
    tollgate.single(j12) AS "data_level",
    tollgate.single(j13) AS "data_error_code",
    tollgate.single(j14) AS "data_product_name",
    tollgate.single(j15) AS "data_request_sid",
    tollgate.single(j16) AS "data_service_sid",
    tollgate.single(j17) AS "data_correlation_sid"
  FROM placed
), step_1 AS (SELECT *, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), (SELECT max(a.asset) FROM tollgate.assets AS a WHERE a.account = coalesce(nullif("data_account_sid", ''), 'twilio.errors')), coalesce(nullif("data_account_sid", ''), 'twilio.errors')) AS "asset_id" FROM read)
SELECT nextval('tollgate.event_ids'), "ts", "ingested", list_filter([CASE WHEN j1 IS NOT NULL AND "specversion" IS NULL THEN 'specversion' END, CASE WHEN j2 IS NOT NULL AND "type" IS NULL THEN 'type' END, CASE WHEN j3 IS NOT NULL AND "source" IS NULL THEN 'source' END, CASE WHEN j4 IS NOT NULL AND "id" IS NULL THEN 'id' END, CASE WHEN j5 IS NOT NULL AND "dataschema" IS NULL THEN 'dataschema' END, CASE WHEN j6 IS NOT NULL AND "datacontenttype" IS NULL THEN 'datacontenttype' END, CASE WHEN j7 IS NOT NULL AND "time" IS NULL THEN 'time' END, CASE WHEN j8 IS NOT NULL AND "data_sid" IS NULL THEN 'data.sid' END, CASE WHEN j9 IS NOT NULL AND "data_account_sid" IS NULL THEN 'data.account_sid' END, CASE WHEN j10 IS NOT NULL AND "data_master_account_sid" IS NULL THEN 'data.master_account_sid' END, CASE WHEN j11 IS NOT NULL AND "data_date_created" IS NULL THEN 'data.date_created' END, CASE WHEN j12 IS NOT NULL AND "data_level" IS NULL THEN 'data.level' END, CASE WHEN j13 IS NOT NULL AND "data_error_code" IS NULL THEN 'data.error_code' END, CASE WHEN j14 IS NOT NULL AND "data_product_name" IS NULL THEN 'data.product_name' END, CASE WHEN j15 IS NOT NULL AND "data_request_sid" IS NULL THEN 'data.request_sid' END, CASE WHEN j16 IS NOT NULL AND "data_service_sid" IS NULL THEN 'data.service_sid' END, CASE WHEN j17 IS NOT NULL AND "data_correlation_sid" IS NULL THEN 'data.correlation_sid' END], x -> x IS NOT NULL), "specversion", "type", "source", "id", "dataschema", "datacontenttype", "time", "data_sid", "data_account_sid", "data_master_account_sid", "data_date_created", "data_level", "data_error_code", "data_product_name", "data_request_sid", "data_service_sid", "data_correlation_sid", "asset_id"
FROM step_1 WHERE ts IS NOT NULL;
