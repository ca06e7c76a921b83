INSERT INTO tollgate."google_audit" ("event_id", "ts", "ingested", "valueless", "insert_id", "log_name", "timestamp", "receive_timestamp", "severity", "resource_type", "resource_labels_project_id", "proto_payload_service_name", "proto_payload_method_name", "proto_payload_resource_name", "proto_payload_authentication_info_principal_email", "proto_payload_request_metadata_caller_ip", "proto_payload_request_metadata_caller_supplied_user_agent", "proto_payload_authorization_info_permission", "proto_payload_authorization_info_granted", "proto_payload_status_code", "proto_payload_status_message", "proto_payload_request_update_mask", "proto_payload_request_config_recaptcha_config_phone_enforcement_state", "proto_payload_request_config_recaptcha_config_use_sms_toll_fraud_protection", "proto_payload_request_config_sms_region_config_allowlist_only_allowed_regions", "proto_payload_request_config_sms_region_config_allow_by_default_disallowed_regions", "proto_payload_request_config_monitoring_request_logging_enabled", "proto_payload_request_config_authorized_domains", "asset_id")
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
    coalesce(json_extract(record, '$."protoPayload"."serviceName"'), json_extract(record, '$."protoPayload.serviceName"')) AS j8,
    coalesce(json_extract(record, '$."protoPayload"."methodName"'), json_extract(record, '$."protoPayload.methodName"')) AS j9,
    coalesce(json_extract(record, '$."protoPayload"."resourceName"'), json_extract(record, '$."protoPayload.resourceName"')) AS j10,
    coalesce(json_extract(record, '$."protoPayload"."authenticationInfo"."principalEmail"'), json_extract(record, '$."protoPayload.authenticationInfo.principalEmail"')) AS j11,
    coalesce(json_extract(record, '$."protoPayload"."requestMetadata"."callerIp"'), json_extract(record, '$."protoPayload.requestMetadata.callerIp"')) AS j12,
    coalesce(json_extract(record, '$."protoPayload"."requestMetadata"."callerSuppliedUserAgent"'), json_extract(record, '$."protoPayload.requestMetadata.callerSuppliedUserAgent"')) AS j13,
    flatten(list_transform(tollgate.elements(coalesce(json_extract(record, '$."protoPayload"."authorizationInfo"'), json_extract(record, '$."protoPayload.authorizationInfo"'))), o1 -> tollgate.elements(json_extract(o1, '$."permission"')))) AS j14,
    flatten(list_transform(tollgate.elements(coalesce(json_extract(record, '$."protoPayload"."authorizationInfo"'), json_extract(record, '$."protoPayload.authorizationInfo"'))), o1 -> tollgate.elements(json_extract(o1, '$."granted"')))) AS j15,
    coalesce(json_extract(record, '$."protoPayload"."status"."code"'), json_extract(record, '$."protoPayload.status.code"')) AS j16,
    coalesce(json_extract(record, '$."protoPayload"."status"."message"'), json_extract(record, '$."protoPayload.status.message"')) AS j17,
    coalesce(json_extract(record, '$."protoPayload"."request"."updateMask"'), json_extract(record, '$."protoPayload.request.updateMask"')) AS j18,
    coalesce(json_extract(record, '$."protoPayload"."request"."config"."recaptchaConfig"."phoneEnforcementState"'), json_extract(record, '$."protoPayload.request.config.recaptchaConfig.phoneEnforcementState"')) AS j19,
    coalesce(json_extract(record, '$."protoPayload"."request"."config"."recaptchaConfig"."useSmsTollFraudProtection"'), json_extract(record, '$."protoPayload.request.config.recaptchaConfig.useSmsTollFraudProtection"')) AS j20,
    coalesce(json_extract(record, '$."protoPayload"."request"."config"."smsRegionConfig"."allowlistOnly"."allowedRegions"'), json_extract(record, '$."protoPayload.request.config.smsRegionConfig.allowlistOnly.allowedRegions"')) AS j21,
    coalesce(json_extract(record, '$."protoPayload"."request"."config"."smsRegionConfig"."allowByDefault"."disallowedRegions"'), json_extract(record, '$."protoPayload.request.config.smsRegionConfig.allowByDefault.disallowedRegions"')) AS j22,
    coalesce(json_extract(record, '$."protoPayload"."request"."config"."monitoring"."requestLogging"."enabled"'), json_extract(record, '$."protoPayload.request.config.monitoring.requestLogging.enabled"')) AS j23,
    coalesce(json_extract(record, '$."protoPayload"."request"."config"."authorizedDomains"'), json_extract(record, '$."protoPayload.request.config.authorizedDomains"')) AS j24
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
    tollgate.single(j16) AS s16,
    tollgate.single(j17) AS s17,
    tollgate.single(j18) AS s18,
    tollgate.single(j19) AS s19,
    tollgate.single(j20) AS s20,
    tollgate.single(j23) AS s23
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
    s8 AS "proto_payload_service_name",
    s9 AS "proto_payload_method_name",
    s10 AS "proto_payload_resource_name",
    s11 AS "proto_payload_authentication_info_principal_email",
    s12 AS "proto_payload_request_metadata_caller_ip",
    s13 AS "proto_payload_request_metadata_caller_supplied_user_agent",
    tollgate.some_of(list_filter(list_transform(j14, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "proto_payload_authorization_info_permission",
    tollgate.some_of(list_filter(list_transform(j15, v -> CASE lower(tollgate.scalar(v)) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END), x -> x IS NOT NULL)) AS "proto_payload_authorization_info_granted",
    CASE WHEN regexp_full_match(CASE WHEN substr(s16, 1, 1) = '-' THEN substr(s16, 2) ELSE s16 END, '[0-9]+') THEN TRY_CAST(s16 AS BIGINT) END AS "proto_payload_status_code",
    s17 AS "proto_payload_status_message",
    s18 AS "proto_payload_request_update_mask",
    s19 AS "proto_payload_request_config_recaptcha_config_phone_enforcement_state",
    CASE lower(s20) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "proto_payload_request_config_recaptcha_config_use_sms_toll_fraud_protection",
    tollgate.some_of(list_filter(list_transform(tollgate.elements(j21), v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "proto_payload_request_config_sms_region_config_allowlist_only_allowed_regions",
    tollgate.some_of(list_filter(list_transform(tollgate.elements(j22), v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "proto_payload_request_config_sms_region_config_allow_by_default_disallowed_regions",
    CASE lower(s23) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "proto_payload_request_config_monitoring_request_logging_enabled",
    tollgate.some_of(list_filter(list_transform(tollgate.elements(j24), v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "proto_payload_request_config_authorized_domains"
  FROM texts
), derived AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."resource_labels_project_id", ''), 'google.audit')) AS "asset_id"
  FROM typed AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."resource_labels_project_id", ''), 'google.audit')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "insert_id" IS NULL THEN 'insertId' END, CASE WHEN j2 IS NOT NULL AND "log_name" IS NULL THEN 'logName' END, CASE WHEN j3 IS NOT NULL AND "timestamp" IS NULL THEN 'timestamp' END, CASE WHEN j4 IS NOT NULL AND "receive_timestamp" IS NULL THEN 'receiveTimestamp' END, CASE WHEN j5 IS NOT NULL AND "severity" IS NULL THEN 'severity' END, CASE WHEN j6 IS NOT NULL AND "resource_type" IS NULL THEN 'resource.type' END, CASE WHEN j7 IS NOT NULL AND "resource_labels_project_id" IS NULL THEN 'resource.labels.project_id' END, CASE WHEN j8 IS NOT NULL AND "proto_payload_service_name" IS NULL THEN 'protoPayload.serviceName' END, CASE WHEN j9 IS NOT NULL AND "proto_payload_method_name" IS NULL THEN 'protoPayload.methodName' END, CASE WHEN j10 IS NOT NULL AND "proto_payload_resource_name" IS NULL THEN 'protoPayload.resourceName' END, CASE WHEN j11 IS NOT NULL AND "proto_payload_authentication_info_principal_email" IS NULL THEN 'protoPayload.authenticationInfo.principalEmail' END, CASE WHEN j12 IS NOT NULL AND "proto_payload_request_metadata_caller_ip" IS NULL THEN 'protoPayload.requestMetadata.callerIp' END, CASE WHEN j13 IS NOT NULL AND "proto_payload_request_metadata_caller_supplied_user_agent" IS NULL THEN 'protoPayload.requestMetadata.callerSuppliedUserAgent' END, CASE WHEN NOT coalesce(len(j14), 0) = 0 AND NOT coalesce(len(list_filter("proto_payload_authorization_info_permission", x -> x IS NOT NULL)) > 0, FALSE) THEN 'protoPayload.authorizationInfo.permission' END, CASE WHEN NOT coalesce(len(j15), 0) = 0 AND NOT coalesce(len(list_filter("proto_payload_authorization_info_granted", x -> x IS NOT NULL)) > 0, FALSE) THEN 'protoPayload.authorizationInfo.granted' END, CASE WHEN j16 IS NOT NULL AND "proto_payload_status_code" IS NULL THEN 'protoPayload.status.code' END, CASE WHEN j17 IS NOT NULL AND "proto_payload_status_message" IS NULL THEN 'protoPayload.status.message' END, CASE WHEN j18 IS NOT NULL AND "proto_payload_request_update_mask" IS NULL THEN 'protoPayload.request.updateMask' END, CASE WHEN j19 IS NOT NULL AND "proto_payload_request_config_recaptcha_config_phone_enforcement_state" IS NULL THEN 'protoPayload.request.config.recaptchaConfig.phoneEnforcementState' END, CASE WHEN j20 IS NOT NULL AND "proto_payload_request_config_recaptcha_config_use_sms_toll_fraud_protection" IS NULL THEN 'protoPayload.request.config.recaptchaConfig.useSmsTollFraudProtection' END, CASE WHEN j21 IS NOT NULL AND NOT coalesce(len(list_filter("proto_payload_request_config_sms_region_config_allowlist_only_allowed_regions", x -> x IS NOT NULL)) > 0, FALSE) THEN 'protoPayload.request.config.smsRegionConfig.allowlistOnly.allowedRegions' END, CASE WHEN j22 IS NOT NULL AND NOT coalesce(len(list_filter("proto_payload_request_config_sms_region_config_allow_by_default_disallowed_regions", x -> x IS NOT NULL)) > 0, FALSE) THEN 'protoPayload.request.config.smsRegionConfig.allowByDefault.disallowedRegions' END, CASE WHEN j23 IS NOT NULL AND "proto_payload_request_config_monitoring_request_logging_enabled" IS NULL THEN 'protoPayload.request.config.monitoring.requestLogging.enabled' END, CASE WHEN j24 IS NOT NULL AND NOT coalesce(len(list_filter("proto_payload_request_config_authorized_domains", x -> x IS NOT NULL)) > 0, FALSE) THEN 'protoPayload.request.config.authorizedDomains' END], x -> x IS NOT NULL), "insert_id", "log_name", "timestamp", "receive_timestamp", "severity", "resource_type", "resource_labels_project_id", "proto_payload_service_name", "proto_payload_method_name", "proto_payload_resource_name", "proto_payload_authentication_info_principal_email", "proto_payload_request_metadata_caller_ip", "proto_payload_request_metadata_caller_supplied_user_agent", "proto_payload_authorization_info_permission", "proto_payload_authorization_info_granted", "proto_payload_status_code", "proto_payload_status_message", "proto_payload_request_update_mask", "proto_payload_request_config_recaptcha_config_phone_enforcement_state", "proto_payload_request_config_recaptcha_config_use_sms_toll_fraud_protection", "proto_payload_request_config_sms_region_config_allowlist_only_allowed_regions", "proto_payload_request_config_sms_region_config_allow_by_default_disallowed_regions", "proto_payload_request_config_monitoring_request_logging_enabled", "proto_payload_request_config_authorized_domains", "asset_id"
FROM derived WHERE ts IS NOT NULL;
