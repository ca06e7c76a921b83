INSERT INTO tollgate."web_access" ("event_id", "ts", "ingested", "valueless", "timestamp", "c_ip", "cs_method", "cs_host", "cs_uri_stem", "cs_uri_query", "cs_version", "cs_user_agent", "cs_referer", "sc_status", "asset_id")
WITH received AS (
  SELECT CAST(i.record AS JSON) AS record FROM incoming AS i
), placed AS (
  SELECT record,
    tollgate.single(json_extract(record, '$."timestamp"')) AS time_text,
    tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"'))) AS ingested_text
  FROM received
), found AS (
  SELECT placed.*,
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
    tollgate.single(j10) AS s10
  FROM found
), typed AS (
  SELECT texts.*,
    CASE WHEN (substr(time_text, 11, 1) IN ('T', 't') OR substr(time_text, 9, 1) IN ('T', 't')) AND (substr(time_text, length(time_text), 1) IN ('Z', 'z') OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 2, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 4, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 5, 1) IN ('+', '-'))) THEN tollgate.time_of(time_text) END AS ts,
    coalesce(tollgate.time_of(ingested_text), epoch_ms(now())) AS ingested,
    s1 AS "timestamp",
    s2 AS "c_ip",
    s3 AS "cs_method",
    s4 AS "cs_host",
    s5 AS "cs_uri_stem",
    s6 AS "cs_uri_query",
    s7 AS "cs_version",
    s8 AS "cs_user_agent",
    s9 AS "cs_referer",
    CASE WHEN regexp_full_match(CASE WHEN substr(s10, 1, 1) = '-' THEN substr(s10, 2) ELSE s10 END, '[0-9]+') THEN TRY_CAST(s10 AS BIGINT) END AS "sc_status"
  FROM texts
), derived AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."cs_host", ''), 'web.access')) AS "asset_id"
  FROM typed AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."cs_host", ''), 'web.access')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "timestamp" IS NULL THEN 'timestamp' END, CASE WHEN j2 IS NOT NULL AND "c_ip" IS NULL THEN 'c-ip' END, CASE WHEN j3 IS NOT NULL AND "cs_method" IS NULL THEN 'cs-method' END, CASE WHEN j4 IS NOT NULL AND "cs_host" IS NULL THEN 'cs-host' END, CASE WHEN j5 IS NOT NULL AND "cs_uri_stem" IS NULL THEN 'cs-uri-stem' END, CASE WHEN j6 IS NOT NULL AND "cs_uri_query" IS NULL THEN 'cs-uri-query' END, CASE WHEN j7 IS NOT NULL AND "cs_version" IS NULL THEN 'cs-version' END, CASE WHEN j8 IS NOT NULL AND "cs_user_agent" IS NULL THEN 'cs-user-agent' END, CASE WHEN j9 IS NOT NULL AND "cs_referer" IS NULL THEN 'cs-referer' END, CASE WHEN j10 IS NOT NULL AND "sc_status" IS NULL THEN 'sc-status' END], x -> x IS NOT NULL), "timestamp", "c_ip", "cs_method", "cs_host", "cs_uri_stem", "cs_uri_query", "cs_version", "cs_user_agent", "cs_referer", "sc_status", "asset_id"
FROM derived WHERE ts IS NOT NULL;
