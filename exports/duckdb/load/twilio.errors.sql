INSERT INTO tollgate."twilio_errors" ("event_id", "ts", "ingested", "valueless", "specversion", "type", "source", "id", "dataschema", "datacontenttype", "time", "data_sid", "data_account_sid", "data_master_account_sid", "data_date_created", "data_level", "data_error_code", "data_product_name", "data_request_sid", "data_service_sid", "data_correlation_sid", "asset_id")
WITH received AS (
  SELECT CAST(i.record AS JSON) AS record FROM incoming AS i
), placed AS (
  SELECT record,
    tollgate.single(coalesce(json_extract(record, '$."data"."date_created"'), json_extract(record, '$."data.date_created"'))) AS time_text,
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
    tollgate.single(j17) AS s17
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
    s8 AS "data_sid",
    s9 AS "data_account_sid",
    s10 AS "data_master_account_sid",
    s11 AS "data_date_created",
    s12 AS "data_level",
    s13 AS "data_error_code",
    s14 AS "data_product_name",
    s15 AS "data_request_sid",
    s16 AS "data_service_sid",
    s17 AS "data_correlation_sid"
  FROM texts
), derived AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."data_account_sid", ''), 'twilio.errors')) AS "asset_id"
  FROM typed AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."data_account_sid", ''), 'twilio.errors')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "specversion" IS NULL THEN 'specversion' END, CASE WHEN j2 IS NOT NULL AND "type" IS NULL THEN 'type' END, CASE WHEN j3 IS NOT NULL AND "source" IS NULL THEN 'source' END, CASE WHEN j4 IS NOT NULL AND "id" IS NULL THEN 'id' END, CASE WHEN j5 IS NOT NULL AND "dataschema" IS NULL THEN 'dataschema' END, CASE WHEN j6 IS NOT NULL AND "datacontenttype" IS NULL THEN 'datacontenttype' END, CASE WHEN j7 IS NOT NULL AND "time" IS NULL THEN 'time' END, CASE WHEN j8 IS NOT NULL AND "data_sid" IS NULL THEN 'data.sid' END, CASE WHEN j9 IS NOT NULL AND "data_account_sid" IS NULL THEN 'data.account_sid' END, CASE WHEN j10 IS NOT NULL AND "data_master_account_sid" IS NULL THEN 'data.master_account_sid' END, CASE WHEN j11 IS NOT NULL AND "data_date_created" IS NULL THEN 'data.date_created' END, CASE WHEN j12 IS NOT NULL AND "data_level" IS NULL THEN 'data.level' END, CASE WHEN j13 IS NOT NULL AND "data_error_code" IS NULL THEN 'data.error_code' END, CASE WHEN j14 IS NOT NULL AND "data_product_name" IS NULL THEN 'data.product_name' END, CASE WHEN j15 IS NOT NULL AND "data_request_sid" IS NULL THEN 'data.request_sid' END, CASE WHEN j16 IS NOT NULL AND "data_service_sid" IS NULL THEN 'data.service_sid' END, CASE WHEN j17 IS NOT NULL AND "data_correlation_sid" IS NULL THEN 'data.correlation_sid' END], x -> x IS NOT NULL), "specversion", "type", "source", "id", "dataschema", "datacontenttype", "time", "data_sid", "data_account_sid", "data_master_account_sid", "data_date_created", "data_level", "data_error_code", "data_product_name", "data_request_sid", "data_service_sid", "data_correlation_sid", "asset_id"
FROM derived WHERE ts IS NOT NULL;
