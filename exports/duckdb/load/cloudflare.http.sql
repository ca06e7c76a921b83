INSERT INTO tollgate."cloudflare_http" ("event_id", "ts", "ingested", "valueless", "edge_start_timestamp", "ray_id", "zone_name", "client_ip", "client_asn", "client_country", "client_device_type", "client_ipclass", "client_request_host", "client_request_method", "client_request_path", "client_request_protocol", "client_request_referer", "client_request_user_agent", "edge_response_status", "origin_response_status", "security_action", "security_rule_id", "security_actions", "security_sources", "security_rule_ids", "bot_score", "bot_score_src", "ja4", "asset_id")
WITH received AS (
  SELECT CAST(i.record AS JSON) AS record FROM incoming AS i
), placed AS (
  SELECT record,
    tollgate.single(json_extract(record, '$."EdgeStartTimestamp"')) AS time_text,
    tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"'))) AS ingested_text
  FROM received
), found AS (
  SELECT placed.*,
    json_extract(record, '$."EdgeStartTimestamp"') AS j1,
    json_extract(record, '$."RayID"') AS j2,
    json_extract(record, '$."ZoneName"') AS j3,
    json_extract(record, '$."ClientIP"') AS j4,
    json_extract(record, '$."ClientASN"') AS j5,
    json_extract(record, '$."ClientCountry"') AS j6,
    json_extract(record, '$."ClientDeviceType"') AS j7,
    json_extract(record, '$."ClientIPClass"') AS j8,
    json_extract(record, '$."ClientRequestHost"') AS j9,
    json_extract(record, '$."ClientRequestMethod"') AS j10,
    json_extract(record, '$."ClientRequestPath"') AS j11,
    json_extract(record, '$."ClientRequestProtocol"') AS j12,
    json_extract(record, '$."ClientRequestReferer"') AS j13,
    json_extract(record, '$."ClientRequestUserAgent"') AS j14,
    json_extract(record, '$."EdgeResponseStatus"') AS j15,
    json_extract(record, '$."OriginResponseStatus"') AS j16,
    json_extract(record, '$."SecurityAction"') AS j17,
    json_extract(record, '$."SecurityRuleID"') AS j18,
    json_extract(record, '$."SecurityActions"') AS j19,
    json_extract(record, '$."SecuritySources"') AS j20,
    json_extract(record, '$."SecurityRuleIDs"') AS j21,
    json_extract(record, '$."BotScore"') AS j22,
    json_extract(record, '$."BotScoreSrc"') AS j23,
    json_extract(record, '$."JA4"') AS j24
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
    tollgate.single(j17) AS s17,
    tollgate.single(j18) AS s18,
    tollgate.single(j22) AS s22,
    tollgate.single(j23) AS s23,
    tollgate.single(j24) AS s24
  FROM found
), typed AS (
  SELECT texts.*,
    CASE WHEN (substr(time_text, 11, 1) IN ('T', 't') OR substr(time_text, 9, 1) IN ('T', 't')) AND (substr(time_text, length(time_text), 1) IN ('Z', 'z') OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 2, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 4, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 5, 1) IN ('+', '-'))) THEN tollgate.time_of(time_text) END AS ts,
    coalesce(tollgate.time_of(ingested_text), epoch_ms(now())) AS ingested,
    s1 AS "edge_start_timestamp",
    s2 AS "ray_id",
    s3 AS "zone_name",
    s4 AS "client_ip",
    CASE WHEN regexp_full_match(CASE WHEN substr(s5, 1, 1) = '-' THEN substr(s5, 2) ELSE s5 END, '[0-9]+') THEN TRY_CAST(s5 AS BIGINT) END AS "client_asn",
    s6 AS "client_country",
    s7 AS "client_device_type",
    s8 AS "client_ipclass",
    s9 AS "client_request_host",
    s10 AS "client_request_method",
    s11 AS "client_request_path",
    s12 AS "client_request_protocol",
    s13 AS "client_request_referer",
    s14 AS "client_request_user_agent",
    CASE WHEN regexp_full_match(CASE WHEN substr(s15, 1, 1) = '-' THEN substr(s15, 2) ELSE s15 END, '[0-9]+') THEN TRY_CAST(s15 AS BIGINT) END AS "edge_response_status",
    CASE WHEN regexp_full_match(CASE WHEN substr(s16, 1, 1) = '-' THEN substr(s16, 2) ELSE s16 END, '[0-9]+') THEN TRY_CAST(s16 AS BIGINT) END AS "origin_response_status",
    s17 AS "security_action",
    s18 AS "security_rule_id",
    tollgate.some_of(list_filter(list_transform(tollgate.elements(j19), v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "security_actions",
    tollgate.some_of(list_filter(list_transform(tollgate.elements(j20), v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "security_sources",
    tollgate.some_of(list_filter(list_transform(tollgate.elements(j21), v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "security_rule_ids",
    CASE WHEN regexp_full_match(CASE WHEN substr(s22, 1, 1) = '-' THEN substr(s22, 2) ELSE s22 END, '[0-9]+') THEN TRY_CAST(s22 AS BIGINT) END AS "bot_score",
    s23 AS "bot_score_src",
    s24 AS "ja4"
  FROM texts
), derived AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."client_request_host", ''), nullif(s."zone_name", ''), 'cloudflare.http')) AS "asset_id"
  FROM typed AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."client_request_host", ''), nullif(s."zone_name", ''), 'cloudflare.http')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "edge_start_timestamp" IS NULL THEN 'EdgeStartTimestamp' END, CASE WHEN j2 IS NOT NULL AND "ray_id" IS NULL THEN 'RayID' END, CASE WHEN j3 IS NOT NULL AND "zone_name" IS NULL THEN 'ZoneName' END, CASE WHEN j4 IS NOT NULL AND "client_ip" IS NULL THEN 'ClientIP' END, CASE WHEN j5 IS NOT NULL AND "client_asn" IS NULL THEN 'ClientASN' END, CASE WHEN j6 IS NOT NULL AND "client_country" IS NULL THEN 'ClientCountry' END, CASE WHEN j7 IS NOT NULL AND "client_device_type" IS NULL THEN 'ClientDeviceType' END, CASE WHEN j8 IS NOT NULL AND "client_ipclass" IS NULL THEN 'ClientIPClass' END, CASE WHEN j9 IS NOT NULL AND "client_request_host" IS NULL THEN 'ClientRequestHost' END, CASE WHEN j10 IS NOT NULL AND "client_request_method" IS NULL THEN 'ClientRequestMethod' END, CASE WHEN j11 IS NOT NULL AND "client_request_path" IS NULL THEN 'ClientRequestPath' END, CASE WHEN j12 IS NOT NULL AND "client_request_protocol" IS NULL THEN 'ClientRequestProtocol' END, CASE WHEN j13 IS NOT NULL AND "client_request_referer" IS NULL THEN 'ClientRequestReferer' END, CASE WHEN j14 IS NOT NULL AND "client_request_user_agent" IS NULL THEN 'ClientRequestUserAgent' END, CASE WHEN j15 IS NOT NULL AND "edge_response_status" IS NULL THEN 'EdgeResponseStatus' END, CASE WHEN j16 IS NOT NULL AND "origin_response_status" IS NULL THEN 'OriginResponseStatus' END, CASE WHEN j17 IS NOT NULL AND "security_action" IS NULL THEN 'SecurityAction' END, CASE WHEN j18 IS NOT NULL AND "security_rule_id" IS NULL THEN 'SecurityRuleID' END, CASE WHEN j19 IS NOT NULL AND NOT coalesce(len(list_filter("security_actions", x -> x IS NOT NULL)) > 0, FALSE) THEN 'SecurityActions' END, CASE WHEN j20 IS NOT NULL AND NOT coalesce(len(list_filter("security_sources", x -> x IS NOT NULL)) > 0, FALSE) THEN 'SecuritySources' END, CASE WHEN j21 IS NOT NULL AND NOT coalesce(len(list_filter("security_rule_ids", x -> x IS NOT NULL)) > 0, FALSE) THEN 'SecurityRuleIDs' END, CASE WHEN j22 IS NOT NULL AND "bot_score" IS NULL THEN 'BotScore' END, CASE WHEN j23 IS NOT NULL AND "bot_score_src" IS NULL THEN 'BotScoreSrc' END, CASE WHEN j24 IS NOT NULL AND "ja4" IS NULL THEN 'JA4' END], x -> x IS NOT NULL), "edge_start_timestamp", "ray_id", "zone_name", "client_ip", "client_asn", "client_country", "client_device_type", "client_ipclass", "client_request_host", "client_request_method", "client_request_path", "client_request_protocol", "client_request_referer", "client_request_user_agent", "edge_response_status", "origin_response_status", "security_action", "security_rule_id", "security_actions", "security_sources", "security_rule_ids", "bot_score", "bot_score_src", "ja4", "asset_id"
FROM derived WHERE ts IS NOT NULL;
