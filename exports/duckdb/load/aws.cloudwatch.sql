INSERT INTO tollgate."aws_cloudwatch" ("event_id", "ts", "ingested", "valueless", "metric_stream_name", "account_id", "region", "namespace", "metric_name", "dimensions_country", "dimensions_smstype", "timestamp", "value_max", "value_min", "value_sum", "value_count", "unit", "asset_id")
WITH received AS (
  SELECT CAST(i.record AS JSON) AS record FROM incoming AS i
), placed AS (
  SELECT record,
    tollgate.single(json_extract(record, '$."timestamp"')) AS time_text,
    tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"'))) AS ingested_text
  FROM received
), found AS (
  SELECT placed.*,
    json_extract(record, '$."metric_stream_name"') AS j1,
    json_extract(record, '$."account_id"') AS j2,
    json_extract(record, '$."region"') AS j3,
    json_extract(record, '$."namespace"') AS j4,
    json_extract(record, '$."metric_name"') AS j5,
    coalesce(json_extract(record, '$."dimensions"."Country"'), json_extract(record, '$."dimensions.Country"')) AS j6,
    coalesce(json_extract(record, '$."dimensions"."SMSType"'), json_extract(record, '$."dimensions.SMSType"')) AS j7,
    json_extract(record, '$."timestamp"') AS j8,
    coalesce(json_extract(record, '$."value"."max"'), json_extract(record, '$."value.max"')) AS j9,
    coalesce(json_extract(record, '$."value"."min"'), json_extract(record, '$."value.min"')) AS j10,
    coalesce(json_extract(record, '$."value"."sum"'), json_extract(record, '$."value.sum"')) AS j11,
    coalesce(json_extract(record, '$."value"."count"'), json_extract(record, '$."value.count"')) AS j12,
    json_extract(record, '$."unit"') AS j13
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
    tollgate.single(j13) AS s13
  FROM found
), typed AS (
  SELECT texts.*,
    CASE WHEN CASE WHEN regexp_full_match(CASE WHEN substr(time_text, 1, 1) = '-' THEN substr(time_text, 2) ELSE time_text END, '[0-9]+') THEN TRY_CAST(time_text AS BIGINT) END BETWEEN 315532800000 AND 4102444799999 THEN CASE WHEN regexp_full_match(CASE WHEN substr(time_text, 1, 1) = '-' THEN substr(time_text, 2) ELSE time_text END, '[0-9]+') THEN TRY_CAST(time_text AS BIGINT) END END AS ts,
    coalesce(tollgate.time_of(ingested_text), epoch_ms(now())) AS ingested,
    s1 AS "metric_stream_name",
    s2 AS "account_id",
    s3 AS "region",
    s4 AS "namespace",
    s5 AS "metric_name",
    s6 AS "dimensions_country",
    s7 AS "dimensions_smstype",
    CASE WHEN regexp_full_match(CASE WHEN substr(s8, 1, 1) = '-' THEN substr(s8, 2) ELSE s8 END, '[0-9]+') THEN TRY_CAST(s8 AS BIGINT) END AS "timestamp",
    tollgate.number_of(s9) AS "value_max",
    tollgate.number_of(s10) AS "value_min",
    tollgate.number_of(s11) AS "value_sum",
    tollgate.number_of(s12) AS "value_count",
    s13 AS "unit"
  FROM texts
), derived AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."account_id", ''), 'aws.cloudwatch')) AS "asset_id"
  FROM typed AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."account_id", ''), 'aws.cloudwatch')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "metric_stream_name" IS NULL THEN 'metric_stream_name' END, CASE WHEN j2 IS NOT NULL AND "account_id" IS NULL THEN 'account_id' END, CASE WHEN j3 IS NOT NULL AND "region" IS NULL THEN 'region' END, CASE WHEN j4 IS NOT NULL AND "namespace" IS NULL THEN 'namespace' END, CASE WHEN j5 IS NOT NULL AND "metric_name" IS NULL THEN 'metric_name' END, CASE WHEN j6 IS NOT NULL AND "dimensions_country" IS NULL THEN 'dimensions.Country' END, CASE WHEN j7 IS NOT NULL AND "dimensions_smstype" IS NULL THEN 'dimensions.SMSType' END, CASE WHEN j8 IS NOT NULL AND "timestamp" IS NULL THEN 'timestamp' END, CASE WHEN j9 IS NOT NULL AND "value_max" IS NULL THEN 'value.max' END, CASE WHEN j10 IS NOT NULL AND "value_min" IS NULL THEN 'value.min' END, CASE WHEN j11 IS NOT NULL AND "value_sum" IS NULL THEN 'value.sum' END, CASE WHEN j12 IS NOT NULL AND "value_count" IS NULL THEN 'value.count' END, CASE WHEN j13 IS NOT NULL AND "unit" IS NULL THEN 'unit' END], x -> x IS NOT NULL), "metric_stream_name", "account_id", "region", "namespace", "metric_name", "dimensions_country", "dimensions_smstype", "timestamp", "value_max", "value_min", "value_sum", "value_count", "unit", "asset_id"
FROM derived WHERE ts IS NOT NULL;
