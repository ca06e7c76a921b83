INSERT INTO "tollgate"."cloudflare_http" ("event_id", "ts", "ingested", "valueless", "edge_start_timestamp", "ray_id", "zone_name", "client_ip", "client_asn", "client_country", "client_device_type", "client_ipclass", "client_request_host", "client_request_method", "client_request_path", "client_request_protocol", "client_request_referer", "client_request_user_agent", "edge_response_status", "origin_response_status", "security_action", "security_rule_id", "security_actions", "security_sources", "security_rule_ids", "bot_score", "bot_score_src", "ja4", "asset_id")
WITH prepared AS (
  SELECT record FROM incoming
), placed AS (
  SELECT *,
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
    [json_extract(record, '$."SecurityActions"')] AS j19,
    [json_extract(record, '$."SecuritySources"')] AS j20,
    [json_extract(record, '$."SecurityRuleIDs"')] AS j21,
    json_extract(record, '$."BotScore"') AS j22,
    json_extract(record, '$."BotScoreSrc"') AS j23,
    json_extract(record, '$."JA4"') AS j24
  FROM prepared
), read AS (
  SELECT *,
    list_transform([tollgate.single(json_extract(record, '$."EdgeStartTimestamp"'))], v -> CASE WHEN regexp_full_match(v, '(?i)[^T]*T.*(Z|[+-][0-9]{2}(:?[0-9]{2})?)') THEN tollgate.time_of(v) END)[1] AS ts,
    coalesce(tollgate.time_of(tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"')))), epoch_ms(now())) AS ingested,
    tollgate.single(j1) AS "edge_start_timestamp",
    tollgate.single(j2) AS "ray_id",
    tollgate.single(j3) AS "zone_name",
    tollgate.single(j4) AS "client_ip",
    tollgate.long_of(tollgate.single(j5)) AS "client_asn",
    tollgate.single(j6) AS "client_country",
    tollgate.single(j7) AS "client_device_type",
    tollgate.single(j8) AS "client_ipclass",
    tollgate.single(j9) AS "client_request_host",
    tollgate.single(j10) AS "client_request_method",
    tollgate.single(j11) AS "client_request_path",
    tollgate.single(j12) AS "client_request_protocol",
    tollgate.single(j13) AS "client_request_referer",
    tollgate.single(j14) AS "client_request_user_agent",
    tollgate.long_of(tollgate.single(j15)) AS "edge_response_status",
    tollgate.long_of(tollgate.single(j16)) AS "origin_response_status",
    tollgate.single(j17) AS "security_action",
    tollgate.single(j18) AS "security_rule_id",
    tollgate.some_of(tollgate.scalars(j19)) AS "security_actions",
    tollgate.some_of(tollgate.scalars(j20)) AS "security_sources",
    tollgate.some_of(tollgate.scalars(j21)) AS "security_rule_ids",
    tollgate.long_of(tollgate.single(j22)) AS "bot_score",
    tollgate.single(j23) AS "bot_score_src",
    tollgate.single(j24) AS "ja4"
  FROM placed
), step_1 AS (SELECT *, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), (SELECT max(a.asset) FROM tollgate.assets AS a WHERE a.account = coalesce(nullif("client_request_host", ''), nullif("zone_name", ''), 'cloudflare.http')), coalesce(nullif("client_request_host", ''), nullif("zone_name", ''), 'cloudflare.http')) AS "asset_id" FROM read)
SELECT nextval('tollgate.event_ids'), "ts", "ingested", list_filter([CASE WHEN j1 IS NOT NULL AND "edge_start_timestamp" IS NULL THEN 'EdgeStartTimestamp' END, CASE WHEN j2 IS NOT NULL AND "ray_id" IS NULL THEN 'RayID' END, CASE WHEN j3 IS NOT NULL AND "zone_name" IS NULL THEN 'ZoneName' END, CASE WHEN j4 IS NOT NULL AND "client_ip" IS NULL THEN 'ClientIP' END, CASE WHEN j5 IS NOT NULL AND "client_asn" IS NULL THEN 'ClientASN' END, CASE WHEN j6 IS NOT NULL AND "client_country" IS NULL THEN 'ClientCountry' END, CASE WHEN j7 IS NOT NULL AND "client_device_type" IS NULL THEN 'ClientDeviceType' END, CASE WHEN j8 IS NOT NULL AND "client_ipclass" IS NULL THEN 'ClientIPClass' END, CASE WHEN j9 IS NOT NULL AND "client_request_host" IS NULL THEN 'ClientRequestHost' END, CASE WHEN j10 IS NOT NULL AND "client_request_method" IS NULL THEN 'ClientRequestMethod' END, CASE WHEN j11 IS NOT NULL AND "client_request_path" IS NULL THEN 'ClientRequestPath' END, CASE WHEN j12 IS NOT NULL AND "client_request_protocol" IS NULL THEN 'ClientRequestProtocol' END, CASE WHEN j13 IS NOT NULL AND "client_request_referer" IS NULL THEN 'ClientRequestReferer' END, CASE WHEN j14 IS NOT NULL AND "client_request_user_agent" IS NULL THEN 'ClientRequestUserAgent' END, CASE WHEN j15 IS NOT NULL AND "edge_response_status" IS NULL THEN 'EdgeResponseStatus' END, CASE WHEN j16 IS NOT NULL AND "origin_response_status" IS NULL THEN 'OriginResponseStatus' END, CASE WHEN j17 IS NOT NULL AND "security_action" IS NULL THEN 'SecurityAction' END, CASE WHEN j18 IS NOT NULL AND "security_rule_id" IS NULL THEN 'SecurityRuleID' END, CASE WHEN len(list_filter(j19, x -> x IS NOT NULL)) > 0 AND "security_actions" IS NULL THEN 'SecurityActions' END, CASE WHEN len(list_filter(j20, x -> x IS NOT NULL)) > 0 AND "security_sources" IS NULL THEN 'SecuritySources' END, CASE WHEN len(list_filter(j21, x -> x IS NOT NULL)) > 0 AND "security_rule_ids" IS NULL THEN 'SecurityRuleIDs' END, CASE WHEN j22 IS NOT NULL AND "bot_score" IS NULL THEN 'BotScore' END, CASE WHEN j23 IS NOT NULL AND "bot_score_src" IS NULL THEN 'BotScoreSrc' END, CASE WHEN j24 IS NOT NULL AND "ja4" IS NULL THEN 'JA4' END], x -> x IS NOT NULL), "edge_start_timestamp", "ray_id", "zone_name", "client_ip", "client_asn", "client_country", "client_device_type", "client_ipclass", "client_request_host", "client_request_method", "client_request_path", "client_request_protocol", "client_request_referer", "client_request_user_agent", "edge_response_status", "origin_response_status", "security_action", "security_rule_id", "security_actions", "security_sources", "security_rule_ids", "bot_score", "bot_score_src", "ja4", "asset_id"
FROM step_1 WHERE ts IS NOT NULL;
