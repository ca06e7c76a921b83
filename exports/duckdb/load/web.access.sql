INSERT INTO "tollgate"."web_access" ("event_id", "ts", "ingested", "valueless", "timestamp", "c_ip", "cs_method", "cs_host", "cs_uri_stem", "cs_uri_query", "cs_version", "cs_user_agent", "cs_referer", "sc_status", "asset_id")
WITH prepared AS (
  SELECT record FROM incoming
), placed AS (
  SELECT *,
    json_extract(record, '$."timestamp"') AS j1,
    json_extract(record, '$."c-ip"') AS j2,
    json_extract(record, '$."cs-method"') AS j3,
    json_extract(record, '$."cs-host"') AS j4,
    json_extract(record, '$."cs-uri-stem"') AS j5,
    json_extract(record, '$."cs-uri-query"') AS j6,
    json_extract(record, '$."cs-version"') AS j7,
    json_extract(record, '$."cs-user-agent"') AS j8,
    json_extract(record, '$."cs-referer"') AS j9,
    json_extract(record, '$."sc-status"') AS j10
  FROM prepared
), read AS (
  SELECT *,
    list_transform([tollgate.single(json_extract(record, '$."timestamp"'))], v -> CASE WHEN regexp_full_match(v, '(?i)[^T]*T.*(Z|[+-][0-9]{2}(:?[0-9]{2})?)') THEN tollgate.time_of(v) END)[1] AS ts,
    coalesce(tollgate.time_of(tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"')))), epoch_ms(now())) AS ingested,
    tollgate.single(j1) AS "timestamp",
    tollgate.single(j2) AS "c_ip",
    tollgate.single(j3) AS "cs_method",
    tollgate.single(j4) AS "cs_host",
    tollgate.single(j5) AS "cs_uri_stem",
    tollgate.single(j6) AS "cs_uri_query",
    tollgate.single(j7) AS "cs_version",
    tollgate.single(j8) AS "cs_user_agent",
    tollgate.single(j9) AS "cs_referer",
    tollgate.long_of(tollgate.single(j10)) AS "sc_status"
  FROM placed
), step_1 AS (SELECT *, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), (SELECT max(a.asset) FROM tollgate.assets AS a WHERE a.account = coalesce(nullif("cs_host", ''), 'web.access')), coalesce(nullif("cs_host", ''), 'web.access')) AS "asset_id" FROM read)
SELECT nextval('tollgate.event_ids'), "ts", "ingested", list_filter([CASE WHEN j1 IS NOT NULL AND "timestamp" IS NULL THEN 'timestamp' END, CASE WHEN j2 IS NOT NULL AND "c_ip" IS NULL THEN 'c-ip' END, CASE WHEN j3 IS NOT NULL AND "cs_method" IS NULL THEN 'cs-method' END, CASE WHEN j4 IS NOT NULL AND "cs_host" IS NULL THEN 'cs-host' END, CASE WHEN j5 IS NOT NULL AND "cs_uri_stem" IS NULL THEN 'cs-uri-stem' END, CASE WHEN j6 IS NOT NULL AND "cs_uri_query" IS NULL THEN 'cs-uri-query' END, CASE WHEN j7 IS NOT NULL AND "cs_version" IS NULL THEN 'cs-version' END, CASE WHEN j8 IS NOT NULL AND "cs_user_agent" IS NULL THEN 'cs-user-agent' END, CASE WHEN j9 IS NOT NULL AND "cs_referer" IS NULL THEN 'cs-referer' END, CASE WHEN j10 IS NOT NULL AND "sc_status" IS NULL THEN 'sc-status' END], x -> x IS NOT NULL), "timestamp", "c_ip", "cs_method", "cs_host", "cs_uri_stem", "cs_uri_query", "cs_version", "cs_user_agent", "cs_referer", "sc_status", "asset_id"
FROM step_1 WHERE ts IS NOT NULL;
