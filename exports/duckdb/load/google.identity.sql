INSERT INTO tollgate."google_identity" ("event_id", "ts", "ingested", "valueless", "insert_id", "log_name", "timestamp", "receive_timestamp", "severity", "resource_type", "resource_labels_project_id", "resource_labels_tenant_name", "json_payload_method_name", "json_payload_status_code", "json_payload_status_message", "json_payload_request_metadata_caller_ip", "json_payload_request_metadata_caller_supplied_user_agent", "json_payload_request_phone_number", "json_payload_response_local_id", "destination_number", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id")
WITH received AS (
  SELECT CAST(i.record AS JSON) AS record FROM incoming AS i
), placed AS (
  SELECT record,
    tollgate.single(json_extract(record, '$."timestamp"')) AS time_text,
    tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"'))) AS ingested_text
  FROM received
), found AS (
  SELECT placed.*,
    json_extract(record, '$."insertId"') AS j1,
    json_extract(record, '$."logName"') AS j2,
    json_extract(record, '$."timestamp"') AS j3,
    json_extract(record, '$."receiveTimestamp"') AS j4,
    json_extract(record, '$."severity"') AS j5,
    coalesce(json_extract(record, '$."resource"."type"'), json_extract(record, '$."resource.type"')) AS j6,
    coalesce(json_extract(record, '$."resource"."labels"."project_id"'), json_extract(record, '$."resource.labels.project_id"')) AS j7,
    coalesce(json_extract(record, '$."resource"."labels"."tenant_name"'), json_extract(record, '$."resource.labels.tenant_name"')) AS j8,
    coalesce(json_extract(record, '$."jsonPayload"."methodName"'), json_extract(record, '$."jsonPayload.methodName"')) AS j9,
    coalesce(json_extract(record, '$."jsonPayload"."status"."code"'), json_extract(record, '$."jsonPayload.status.code"')) AS j10,
    coalesce(json_extract(record, '$."jsonPayload"."status"."message"'), json_extract(record, '$."jsonPayload.status.message"')) AS j11,
    coalesce(json_extract(record, '$."jsonPayload"."requestMetadata"."callerIp"'), json_extract(record, '$."jsonPayload.requestMetadata.callerIp"')) AS j12,
    coalesce(json_extract(record, '$."jsonPayload"."requestMetadata"."callerSuppliedUserAgent"'), json_extract(record, '$."jsonPayload.requestMetadata.callerSuppliedUserAgent"')) AS j13,
    coalesce(json_extract(record, '$."jsonPayload"."request"."phoneNumber"'), json_extract(record, '$."jsonPayload.request.phoneNumber"')) AS j14,
    coalesce(json_extract(record, '$."jsonPayload"."response"."localId"'), json_extract(record, '$."jsonPayload.response.localId"')) AS j15
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
    tollgate.single(j15) AS s15
  FROM found
), typed AS (
  SELECT texts.*,
    CASE WHEN (substr(time_text, 11, 1) IN ('T', 't') OR substr(time_text, 9, 1) IN ('T', 't')) AND (substr(time_text, length(time_text), 1) IN ('Z', 'z') OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 2, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 4, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 5, 1) IN ('+', '-'))) THEN tollgate.time_of(time_text) END AS ts,
    coalesce(tollgate.time_of(ingested_text), epoch_ms(now())) AS ingested,
    s1 AS "insert_id",
    s2 AS "log_name",
    s3 AS "timestamp",
    s4 AS "receive_timestamp",
    s5 AS "severity",
    s6 AS "resource_type",
    s7 AS "resource_labels_project_id",
    s8 AS "resource_labels_tenant_name",
    s9 AS "json_payload_method_name",
    CASE WHEN regexp_full_match(CASE WHEN substr(s10, 1, 1) = '-' THEN substr(s10, 2) ELSE s10 END, '[0-9]+') THEN TRY_CAST(s10 AS BIGINT) END AS "json_payload_status_code",
    s11 AS "json_payload_status_message",
    s12 AS "json_payload_request_metadata_caller_ip",
    s13 AS "json_payload_request_metadata_caller_supplied_user_agent",
    s14 AS "json_payload_request_phone_number",
    s15 AS "json_payload_response_local_id"
  FROM texts
), derived AS (
  SELECT s.*, s."json_payload_request_phone_number" AS "destination_number"
  FROM typed AS s
), derived_2 AS (
  SELECT s.*, CASE WHEN substr(s."json_payload_request_phone_number", 1, 1) = '+' AND substr(s."json_payload_request_phone_number", 2, 1) <> '0' AND length(s."json_payload_request_phone_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."json_payload_request_phone_number", 2), '[0-9]+') THEN coalesce(p7.country_7, p6.country_6, p5.country_5, p4.country_4, p3.country_3, p2.country_2, p1.country_1) END AS "destination_country"
  FROM derived AS s
  LEFT JOIN (SELECT prefix AS prefix_7, country AS country_7 FROM tollgate."prefixes") AS p7 ON p7.prefix_7 = substr(s."json_payload_request_phone_number", 2, 7)
  LEFT JOIN (SELECT prefix AS prefix_6, country AS country_6 FROM tollgate."prefixes") AS p6 ON p6.prefix_6 = substr(s."json_payload_request_phone_number", 2, 6)
  LEFT JOIN (SELECT prefix AS prefix_5, country AS country_5 FROM tollgate."prefixes") AS p5 ON p5.prefix_5 = substr(s."json_payload_request_phone_number", 2, 5)
  LEFT JOIN (SELECT prefix AS prefix_4, country AS country_4 FROM tollgate."prefixes") AS p4 ON p4.prefix_4 = substr(s."json_payload_request_phone_number", 2, 4)
  LEFT JOIN (SELECT prefix AS prefix_3, country AS country_3 FROM tollgate."prefixes") AS p3 ON p3.prefix_3 = substr(s."json_payload_request_phone_number", 2, 3)
  LEFT JOIN (SELECT prefix AS prefix_2, country AS country_2 FROM tollgate."prefixes") AS p2 ON p2.prefix_2 = substr(s."json_payload_request_phone_number", 2, 2)
  LEFT JOIN (SELECT prefix AS prefix_1, country AS country_1 FROM tollgate."prefixes") AS p1 ON p1.prefix_1 = substr(s."json_payload_request_phone_number", 2, 1)
), derived_3 AS (
  SELECT s.*, CASE WHEN substr(s."json_payload_request_phone_number", 1, 1) = '+' AND substr(s."json_payload_request_phone_number", 2, 1) <> '0' AND length(s."json_payload_request_phone_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."json_payload_request_phone_number", 2), '[0-9]+') THEN substr(s."json_payload_request_phone_number", 1, length(s."json_payload_request_phone_number") - 4) END AS "destination_block"
  FROM derived_2 AS s
), derived_4 AS (
  SELECT s.*, CASE WHEN substr(s."json_payload_request_phone_number", 1, 1) = '+' AND substr(s."json_payload_request_phone_number", 2, 1) <> '0' AND length(s."json_payload_request_phone_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."json_payload_request_phone_number", 2), '[0-9]+') THEN substr(s."json_payload_request_phone_number", 1, length(s."json_payload_request_phone_number") - 6) END AS "destination_range"
  FROM derived_3 AS s
), derived_5 AS (
  SELECT s.*, CASE WHEN substr(s."json_payload_request_phone_number", 1, 1) = '+' AND substr(s."json_payload_request_phone_number", 2, 1) <> '0' AND length(s."json_payload_request_phone_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."json_payload_request_phone_number", 2), '[0-9]+') THEN substr(s."json_payload_request_phone_number", length(s."json_payload_request_phone_number") - 3, 4) END AS "destination_suffix"
  FROM derived_4 AS s
), derived_6 AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."resource_labels_project_id", ''), 'google.identity')) AS "asset_id"
  FROM derived_5 AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."resource_labels_project_id", ''), 'google.identity')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "insert_id" IS NULL THEN 'insertId' END, CASE WHEN j2 IS NOT NULL AND "log_name" IS NULL THEN 'logName' END, CASE WHEN j3 IS NOT NULL AND "timestamp" IS NULL THEN 'timestamp' END, CASE WHEN j4 IS NOT NULL AND "receive_timestamp" IS NULL THEN 'receiveTimestamp' END, CASE WHEN j5 IS NOT NULL AND "severity" IS NULL THEN 'severity' END, CASE WHEN j6 IS NOT NULL AND "resource_type" IS NULL THEN 'resource.type' END, CASE WHEN j7 IS NOT NULL AND "resource_labels_project_id" IS NULL THEN 'resource.labels.project_id' END, CASE WHEN j8 IS NOT NULL AND "resource_labels_tenant_name" IS NULL THEN 'resource.labels.tenant_name' END, CASE WHEN j9 IS NOT NULL AND "json_payload_method_name" IS NULL THEN 'jsonPayload.methodName' END, CASE WHEN j10 IS NOT NULL AND "json_payload_status_code" IS NULL THEN 'jsonPayload.status.code' END, CASE WHEN j11 IS NOT NULL AND "json_payload_status_message" IS NULL THEN 'jsonPayload.status.message' END, CASE WHEN j12 IS NOT NULL AND "json_payload_request_metadata_caller_ip" IS NULL THEN 'jsonPayload.requestMetadata.callerIp' END, CASE WHEN j13 IS NOT NULL AND "json_payload_request_metadata_caller_supplied_user_agent" IS NULL THEN 'jsonPayload.requestMetadata.callerSuppliedUserAgent' END, CASE WHEN j14 IS NOT NULL AND "json_payload_request_phone_number" IS NULL THEN 'jsonPayload.request.phoneNumber' END, CASE WHEN j15 IS NOT NULL AND "json_payload_response_local_id" IS NULL THEN 'jsonPayload.response.localId' END], x -> x IS NOT NULL), "insert_id", "log_name", "timestamp", "receive_timestamp", "severity", "resource_type", "resource_labels_project_id", "resource_labels_tenant_name", "json_payload_method_name", "json_payload_status_code", "json_payload_status_message", "json_payload_request_metadata_caller_ip", "json_payload_request_metadata_caller_supplied_user_agent", "json_payload_request_phone_number", "json_payload_response_local_id", "destination_number", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id"
FROM derived_6 WHERE ts IS NOT NULL;
