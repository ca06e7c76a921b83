INSERT INTO "tollgate"."vonage_audit" ("event_id", "ts", "ingested", "valueless", "id", "event_type", "event_type_description", "created_at", "user_email", "user_id", "account_id", "source", "source_description", "source_ip", "source_country", "asset_id")
WITH prepared AS (
  SELECT record FROM incoming
), placed AS (
  SELECT *,
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
  FROM prepared
), read AS (
  SELECT *,
    list_transform([tollgate.single(json_extract(record, '$."created_at"'))], v -> CASE WHEN regexp_full_match(v, '(?i)[^T]*T.*(Z|[+-][0-9]{2}(:?[0-9]{2})?)') THEN tollgate.time_of(v) END)[1] AS ts,
    coalesce(tollgate.time_of(tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"')))), epoch_ms(now())) AS ingested,
    tollgate.single(j1) AS "id",
    tollgate.single(j2) AS "event_type",
    tollgate.single(j3) AS "event_type_description",
    tollgate.single(j4) AS "created_at",
    tollgate.single(j5) AS "user_email",
    tollgate.long_of(tollgate.single(j6)) AS "user_id",
    tollgate.single(j7) AS "account_id",
    tollgate.single(j8) AS "source",
    tollgate.single(j9) AS "source_description",
    tollgate.single(j10) AS "source_ip",
    tollgate.single(j11) AS "source_country"
  FROM placed
), step_1 AS (SELECT *, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), (SELECT max(a.asset) FROM tollgate.assets AS a WHERE a.account = coalesce(nullif("account_id", ''), 'vonage.audit')), coalesce(nullif("account_id", ''), 'vonage.audit')) AS "asset_id" FROM read)
SELECT nextval('tollgate.event_ids'), "ts", "ingested", list_filter([CASE WHEN j1 IS NOT NULL AND "id" IS NULL THEN 'id' END, CASE WHEN j2 IS NOT NULL AND "event_type" IS NULL THEN 'event_type' END, CASE WHEN j3 IS NOT NULL AND "event_type_description" IS NULL THEN 'event_type_description' END, CASE WHEN j4 IS NOT NULL AND "created_at" IS NULL THEN 'created_at' END, CASE WHEN j5 IS NOT NULL AND "user_email" IS NULL THEN 'user_email' END, CASE WHEN j6 IS NOT NULL AND "user_id" IS NULL THEN 'user_id' END, CASE WHEN j7 IS NOT NULL AND "account_id" IS NULL THEN 'account_id' END, CASE WHEN j8 IS NOT NULL AND "source" IS NULL THEN 'source' END, CASE WHEN j9 IS NOT NULL AND "source_description" IS NULL THEN 'source_description' END, CASE WHEN j10 IS NOT NULL AND "source_ip" IS NULL THEN 'source_ip' END, CASE WHEN j11 IS NOT NULL AND "source_country" IS NULL THEN 'source_country' END], x -> x IS NOT NULL), "id", "event_type", "event_type_description", "created_at", "user_email", "user_id", "account_id", "source", "source_description", "source_ip", "source_country", "asset_id"
FROM step_1 WHERE ts IS NOT NULL;
