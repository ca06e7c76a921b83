INSERT INTO "tollgate"."aws_cloudwatch" ("event_id", "ts", "ingested", "valueless", "metric_stream_name", "account_id", "region", "namespace", "metric_name", "dimensions_country", "dimensions_smstype", "timestamp", "value_max", "value_min", "value_sum", "value_count", "unit", "asset_id")
WITH prepared AS (
  SELECT record FROM incoming
), placed AS (
  SELECT *,
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
  FROM prepared
), read AS (
  SELECT *,
    list_transform([tollgate.single(json_extract(record, '$."timestamp"'))], v -> CASE WHEN tollgate.long_of(v) BETWEEN 315532800000 AND 4102444799999 THEN tollgate.long_of(v) END)[1] AS ts,
    coalesce(tollgate.time_of(tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"')))), epoch_ms(now())) AS ingested,
    tollgate.single(j1) AS "metric_stream_name",
    tollgate.single(j2) AS "account_id",
    tollgate.single(j3) AS "region",
    tollgate.single(j4) AS "namespace",
    tollgate.single(j5) AS "metric_name",
    tollgate.single(j6) AS "dimensions_country",
    tollgate.single(j7) AS "dimensions_smstype",
    tollgate.long_of(tollgate.single(j8)) AS "timestamp",
    tollgate.number_of(tollgate.single(j9)) AS "value_max",
    tollgate.number_of(tollgate.single(j10)) AS "value_min",
    tollgate.number_of(tollgate.single(j11)) AS "value_sum",
    tollgate.number_of(tollgate.single(j12)) AS "value_count",
    tollgate.single(j13) AS "unit"
  FROM placed
), step_1 AS (SELECT *, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), (SELECT max(a.asset) FROM tollgate.assets AS a WHERE a.account = coalesce(nullif("account_id", ''), 'aws.cloudwatch')), coalesce(nullif("account_id", ''), 'aws.cloudwatch')) AS "asset_id" FROM read)
SELECT nextval('tollgate.event_ids'), "ts", "ingested", list_filter([CASE WHEN j1 IS NOT NULL AND "metric_stream_name" IS NULL THEN 'metric_stream_name' END, CASE WHEN j2 IS NOT NULL AND "account_id" IS NULL THEN 'account_id' END, CASE WHEN j3 IS NOT NULL AND "region" IS NULL THEN 'region' END, CASE WHEN j4 IS NOT NULL AND "namespace" IS NULL THEN 'namespace' END, CASE WHEN j5 IS NOT NULL AND "metric_name" IS NULL THEN 'metric_name' END, CASE WHEN j6 IS NOT NULL AND "dimensions_country" IS NULL THEN 'dimensions.Country' END, CASE WHEN j7 IS NOT NULL AND "dimensions_smstype" IS NULL THEN 'dimensions.SMSType' END, CASE WHEN j8 IS NOT NULL AND "timestamp" IS NULL THEN 'timestamp' END, CASE WHEN j9 IS NOT NULL AND "value_max" IS NULL THEN 'value.max' END, CASE WHEN j10 IS NOT NULL AND "value_min" IS NULL THEN 'value.min' END, CASE WHEN j11 IS NOT NULL AND "value_sum" IS NULL THEN 'value.sum' END, CASE WHEN j12 IS NOT NULL AND "value_count" IS NULL THEN 'value.count' END, CASE WHEN j13 IS NOT NULL AND "unit" IS NULL THEN 'unit' END], x -> x IS NOT NULL), "metric_stream_name", "account_id", "region", "namespace", "metric_name", "dimensions_country", "dimensions_smstype", "timestamp", "value_max", "value_min", "value_sum", "value_count", "unit", "asset_id"
FROM step_1 WHERE ts IS NOT NULL;
