INSERT INTO tollgate."vonage_audit" ("event_id", "ts", "ingested", "valueless", "id", "event_type", "event_type_description", "created_at", "user_email", "user_id", "account_id", "source", "source_description", "source_ip", "source_country", "asset_id")
WITH received AS (
  SELECT CAST(i.record AS JSON) AS record FROM incoming AS i
), placed AS (
  SELECT record,
    tollgate.single(json_extract(record, '$."created_at"')) AS time_text,
    tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"'))) AS ingested_text
  FROM received
), found AS (
  SELECT placed.*,
    json_extract(record, '$."id"') AS j1,
    json_extract(record, '$."event_type"') AS j2,
    json_extract(record, '$."event_type_description"') AS j3,
    json_extract(record, '$."created_at"') AS j4,
    json_extract(record, '$."user_email"') AS j5,
    json_extract(record, '$."user_id"') AS j6,
    json_extract(record, '$."account_id"') AS j7,
    json_extract(record, '$."source"') AS j8,
    json_extract(record, '$."source_description"') AS j9,
    json_extract(record, '$."source_ip"') AS j10,
    json_extract(record, '$."source_country"') AS j11
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
    tollgate.single(j11) AS s11
  FROM found
), typed AS (
  SELECT texts.*,
    CASE WHEN (substr(time_text, 11, 1) IN ('T', 't') OR substr(time_text, 9, 1) IN ('T', 't')) AND (substr(time_text, length(time_text), 1) IN ('Z', 'z') OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 2, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 4, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 5, 1) IN ('+', '-'))) THEN tollgate.time_of(time_text) END AS ts,
    coalesce(tollgate.time_of(ingested_text), epoch_ms(now())) AS ingested,
    s1 AS "id",
    s2 AS "event_type",
    s3 AS "event_type_description",
    s4 AS "created_at",
    s5 AS "user_email",
    CASE WHEN regexp_full_match(CASE WHEN substr(s6, 1, 1) = '-' THEN substr(s6, 2) ELSE s6 END, '[0-9]+') THEN TRY_CAST(s6 AS BIGINT) END AS "user_id",
    s7 AS "account_id",
    s8 AS "source",
    s9 AS "source_description",
    s10 AS "source_ip",
    s11 AS "source_country"
  FROM texts
), derived AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."account_id", ''), 'vonage.audit')) AS "asset_id"
  FROM typed AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."account_id", ''), 'vonage.audit')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "id" IS NULL THEN 'id' END, CASE WHEN j2 IS NOT NULL AND "event_type" IS NULL THEN 'event_type' END, CASE WHEN j3 IS NOT NULL AND "event_type_description" IS NULL THEN 'event_type_description' END, CASE WHEN j4 IS NOT NULL AND "created_at" IS NULL THEN 'created_at' END, CASE WHEN j5 IS NOT NULL AND "user_email" IS NULL THEN 'user_email' END, CASE WHEN j6 IS NOT NULL AND "user_id" IS NULL THEN 'user_id' END, CASE WHEN j7 IS NOT NULL AND "account_id" IS NULL THEN 'account_id' END, CASE WHEN j8 IS NOT NULL AND "source" IS NULL THEN 'source' END, CASE WHEN j9 IS NOT NULL AND "source_description" IS NULL THEN 'source_description' END, CASE WHEN j10 IS NOT NULL AND "source_ip" IS NULL THEN 'source_ip' END, CASE WHEN j11 IS NOT NULL AND "source_country" IS NULL THEN 'source_country' END], x -> x IS NOT NULL), "id", "event_type", "event_type_description", "created_at", "user_email", "user_id", "account_id", "source", "source_description", "source_ip", "source_country", "asset_id"
FROM derived WHERE ts IS NOT NULL;
