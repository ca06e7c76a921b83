INSERT INTO "tollgate"."google_identity" ("event_id", "ts", "ingested", "valueless", "insert_id", "log_name", "timestamp", "receive_timestamp", "severity", "resource_type", "resource_labels_project_id", "resource_labels_tenant_name", "json_payload_method_name", "json_payload_status_code", "json_payload_status_message", "json_payload_request_metadata_caller_ip", "json_payload_request_metadata_caller_supplied_user_agent", "json_payload_request_phone_number", "json_payload_response_local_id", "destination_number", "destination_country", "destination_block", "destination_suffix", "asset_id")
WITH prepared AS (
  SELECT record FROM incoming
), placed AS (
  SELECT *,
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
  FROM prepared
), read AS (
  SELECT *,
    list_transform([tollgate.single(json_extract(record, '$."timestamp"'))], v -> CASE WHEN regexp_full_match(v, '(?i)[^T]*T.*(Z|[+-][0-9]{2}(:?[0-9]{2})?)') THEN tollgate.time_of(v) END)[1] AS ts,
    coalesce(tollgate.time_of(tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"')))), epoch_ms(now())) AS ingested,
    tollgate.single(j1) AS "insert_id",
    tollgate.single(j2) AS "log_name",
    tollgate.single(j3) AS "timestamp",
    tollgate.single(j4) AS "receive_timestamp",
    tollgate.single(j5) AS "severity",
    tollgate.single(j6) AS "resource_type",
    tollgate.single(j7) AS "resource_labels_project_id",
    tollgate.single(j8) AS "resource_labels_tenant_name",
    tollgate.single(j9) AS "json_payload_method_name",
    tollgate.long_of(tollgate.single(j10)) AS "json_payload_status_code",
    tollgate.single(j11) AS "json_payload_status_message",
    tollgate.single(j12) AS "json_payload_request_metadata_caller_ip",
    tollgate.single(j13) AS "json_payload_request_metadata_caller_supplied_user_agent",
    tollgate.single(j14) AS "json_payload_request_phone_number",
    tollgate.single(j15) AS "json_payload_response_local_id"
  FROM placed
), step_1 AS (SELECT *, "json_payload_request_phone_number" AS "destination_number" FROM read), step_2 AS (SELECT *, CASE WHEN regexp_full_match("json_payload_request_phone_number", '\+[1-9][0-9]{6,14}') THEN coalesce((SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("json_payload_request_phone_number", 2, 7)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("json_payload_request_phone_number", 2, 6)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("json_payload_request_phone_number", 2, 5)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("json_payload_request_phone_number", 2, 4)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("json_payload_request_phone_number", 2, 3)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("json_payload_request_phone_number", 2, 2)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("json_payload_request_phone_number", 2, 1))) END AS "destination_country" FROM step_1), step_3 AS (SELECT *, CASE WHEN regexp_full_match("json_payload_request_phone_number", '\+[1-9][0-9]{6,14}') THEN left("json_payload_request_phone_number", -4) END AS "destination_block" FROM step_2), step_4 AS (SELECT *, CASE WHEN regexp_full_match("json_payload_request_phone_number", '\+[1-9][0-9]{6,14}') THEN right("json_payload_request_phone_number", 4) END AS "destination_suffix" FROM step_3), step_5 AS (SELECT *, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), (SELECT max(a.asset) FROM tollgate.assets AS a WHERE a.account = coalesce(nullif("resource_labels_project_id", ''), 'google.identity')), coalesce(nullif("resource_labels_project_id", ''), 'google.identity')) AS "asset_id" FROM step_4)
SELECT nextval('tollgate.event_ids'), "ts", "ingested", list_filter([CASE WHEN j1 IS NOT NULL AND "insert_id" IS NULL THEN 'insertId' END, CASE WHEN j2 IS NOT NULL AND "log_name" IS NULL THEN 'logName' END, CASE WHEN j3 IS NOT NULL AND "timestamp" IS NULL THEN 'timestamp' END, CASE WHEN j4 IS NOT NULL AND "receive_timestamp" IS NULL THEN 'receiveTimestamp' END, CASE WHEN j5 IS NOT NULL AND "severity" IS NULL THEN 'severity' END, CASE WHEN j6 IS NOT NULL AND "resource_type" IS NULL THEN 'resource.type' END, CASE WHEN j7 IS NOT NULL AND "resource_labels_project_id" IS NULL THEN 'resource.labels.project_id' END, CASE WHEN j8 IS NOT NULL AND "resource_labels_tenant_name" IS NULL THEN 'resource.labels.tenant_name' END, CASE WHEN j9 IS NOT NULL AND "json_payload_method_name" IS NULL THEN 'jsonPayload.methodName' END, CASE WHEN j10 IS NOT NULL AND "json_payload_status_code" IS NULL THEN 'jsonPayload.status.code' END, CASE WHEN j11 IS NOT NULL AND "json_payload_status_message" IS NULL THEN 'jsonPayload.status.message' END, CASE WHEN j12 IS NOT NULL AND "json_payload_request_metadata_caller_ip" IS NULL THEN 'jsonPayload.requestMetadata.callerIp' END, CASE WHEN j13 IS NOT NULL AND "json_payload_request_metadata_caller_supplied_user_agent" IS NULL THEN 'jsonPayload.requestMetadata.callerSuppliedUserAgent' END, CASE WHEN j14 IS NOT NULL AND "json_payload_request_phone_number" IS NULL THEN 'jsonPayload.request.phoneNumber' END, CASE WHEN j15 IS NOT NULL AND "json_payload_response_local_id" IS NULL THEN 'jsonPayload.response.localId' END], x -> x IS NOT NULL), "insert_id", "log_name", "timestamp", "receive_timestamp", "severity", "resource_type", "resource_labels_project_id", "resource_labels_tenant_name", "json_payload_method_name", "json_payload_status_code", "json_payload_status_message", "json_payload_request_metadata_caller_ip", "json_payload_request_metadata_caller_supplied_user_agent", "json_payload_request_phone_number", "json_payload_response_local_id", "destination_number", "destination_country", "destination_block", "destination_suffix", "asset_id"
FROM step_5 WHERE ts IS NOT NULL;
