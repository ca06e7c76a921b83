INSERT INTO "tollgate"."google_audit" ("event_id", "ts", "ingested", "valueless", "insert_id", "log_name", "timestamp", "receive_timestamp", "severity", "resource_type", "resource_labels_project_id", "proto_payload_service_name", "proto_payload_method_name", "proto_payload_resource_name", "proto_payload_authentication_info_principal_email", "proto_payload_request_metadata_caller_ip", "proto_payload_request_metadata_caller_supplied_user_agent", "proto_payload_authorization_info_permission", "proto_payload_authorization_info_granted", "proto_payload_status_code", "proto_payload_status_message", "proto_payload_request_update_mask", "proto_payload_request_config_recaptcha_config_phone_enforcement_state", "proto_payload_request_config_recaptcha_config_use_sms_toll_fraud_protection", "proto_payload_request_config_sms_region_config_allowlist_only_allowed_regions", "proto_payload_request_config_sms_region_config_allow_by_default_disallowed_regions", "proto_payload_request_config_monitoring_request_logging_enabled", "proto_payload_request_config_authorized_domains", "asset_id")
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
    coalesce(json_extract(record, '$."protoPayload"."serviceName"'), json_extract(record, '$."protoPayload.serviceName"')) AS j8,
    coalesce(json_extract(record, '$."protoPayload"."methodName"'), json_extract(record, '$."protoPayload.methodName"')) AS j9,
    coalesce(json_extract(record, '$."protoPayload"."resourceName"'), json_extract(record, '$."protoPayload.resourceName"')) AS j10,
    coalesce(json_extract(record, '$."protoPayload"."authenticationInfo"."principalEmail"'), json_extract(record, '$."protoPayload.authenticationInfo.principalEmail"')) AS j11,
    coalesce(json_extract(record, '$."protoPayload"."requestMetadata"."callerIp"'), json_extract(record, '$."protoPayload.requestMetadata.callerIp"')) AS j12,
    coalesce(json_extract(record, '$."protoPayload"."requestMetadata"."callerSuppliedUserAgent"'), json_extract(record, '$."protoPayload.requestMetadata.callerSuppliedUserAgent"')) AS j13,
    list_concat(json_extract(record, '$."protoPayload"."authorizationInfo"[*]."permission"'), [json_extract(record, '$."protoPayload"."authorizationInfo"."permission"')]) AS j14,
    list_concat(json_extract(record, '$."protoPayload"."authorizationInfo"[*]."granted"'), [json_extract(record, '$."protoPayload"."authorizationInfo"."granted"')]) AS j15,
    coalesce(json_extract(record, '$."protoPayload"."status"."code"'), json_extract(record, '$."protoPayload.status.code"')) AS j16,
    coalesce(json_extract(record, '$."protoPayload"."status"."message"'), json_extract(record, '$."protoPayload.status.message"')) AS j17,
    coalesce(json_extract(record, '$."protoPayload"."request"."updateMask"'), json_extract(record, '$."protoPayload.request.updateMask"')) AS j18,
    coalesce(json_extract(record, '$."protoPayload"."request"."config"."recaptchaConfig"."phoneEnforcementState"'), json_extract(record, '$."protoPayload.request.config.recaptchaConfig.phoneEnforcementState"')) AS j19,
    coalesce(json_extract(record, '$."protoPayload"."request"."config"."recaptchaConfig"."useSmsTollFraudProtection"'), json_extract(record, '$."protoPayload.request.config.recaptchaConfig.useSmsTollFraudProtection"')) AS j20,
    [coalesce(json_extract(record, '$."protoPayload"."request"."config"."smsRegionConfig"."allowlistOnly"."allowedRegions"'), json_extract(record, '$."protoPayload.request.config.smsRegionConfig.allowlistOnly.allowedRegions"'))] AS j21,
    [coalesce(json_extract(record, '$."protoPayload"."request"."config"."smsRegionConfig"."allowByDefault"."disallowedRegions"'), json_extract(record, '$."protoPayload.request.config.smsRegionConfig.allowByDefault.disallowedRegions"'))] AS j22,
    coalesce(json_extract(record, '$."protoPayload"."request"."config"."monitoring"."requestLogging"."enabled"'), json_extract(record, '$."protoPayload.request.config.monitoring.requestLogging.enabled"')) AS j23,
    [coalesce(json_extract(record, '$."protoPayload"."request"."config"."authorizedDomains"'), json_extract(record, '$."protoPayload.request.config.authorizedDomains"'))] AS j24
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
    tollgate.single(j8) AS "proto_payload_service_name",
    tollgate.single(j9) AS "proto_payload_method_name",
    tollgate.single(j10) AS "proto_payload_resource_name",
    tollgate.single(j11) AS "proto_payload_authentication_info_principal_email",
    tollgate.single(j12) AS "proto_payload_request_metadata_caller_ip",
    tollgate.single(j13) AS "proto_payload_request_metadata_caller_supplied_user_agent",
    tollgate.some_of(tollgate.scalars(j14)) AS "proto_payload_authorization_info_permission",
    tollgate.some_of(list_filter(list_transform(tollgate.scalars(j15), x -> CASE lower(x) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END), x -> x IS NOT NULL)) AS "proto_payload_authorization_info_granted",
    tollgate.long_of(tollgate.single(j16)) AS "proto_payload_status_code",
    tollgate.single(j17) AS "proto_payload_status_message",
    tollgate.single(j18) AS "proto_payload_request_update_mask",
    tollgate.single(j19) AS "proto_payload_request_config_recaptcha_config_phone_enforcement_state",
    CASE lower(tollgate.single(j20)) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "proto_payload_request_config_recaptcha_config_use_sms_toll_fraud_protection",
    tollgate.some_of(tollgate.scalars(j21)) AS "proto_payload_request_config_sms_region_config_allowlist_only_allowed_regions",
    tollgate.some_of(tollgate.scalars(j22)) AS "proto_payload_request_config_sms_region_config_allow_by_default_disallowed_regions",
    CASE lower(tollgate.single(j23)) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "proto_payload_request_config_monitoring_request_logging_enabled",
    tollgate.some_of(tollgate.scalars(j24)) AS "proto_payload_request_config_authorized_domains"
  FROM placed
), step_1 AS (SELECT *, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), (SELECT max(a.asset) FROM tollgate.assets AS a WHERE a.account = coalesce(nullif("resource_labels_project_id", ''), 'google.audit')), coalesce(nullif("resource_labels_project_id", ''), 'google.audit')) AS "asset_id" FROM read)
SELECT nextval('tollgate.event_ids'), "ts", "ingested", list_filter([CASE WHEN j1 IS NOT NULL AND "insert_id" IS NULL THEN 'insertId' END, CASE WHEN j2 IS NOT NULL AND "log_name" IS NULL THEN 'logName' END, CASE WHEN j3 IS NOT NULL AND "timestamp" IS NULL THEN 'timestamp' END, CASE WHEN j4 IS NOT NULL AND "receive_timestamp" IS NULL THEN 'receiveTimestamp' END, CASE WHEN j5 IS NOT NULL AND "severity" IS NULL THEN 'severity' END, CASE WHEN j6 IS NOT NULL AND "resource_type" IS NULL THEN 'resource.type' END, CASE WHEN j7 IS NOT NULL AND "resource_labels_project_id" IS NULL THEN 'resource.labels.project_id' END, CASE WHEN j8 IS NOT NULL AND "proto_payload_service_name" IS NULL THEN 'protoPayload.serviceName' END, CASE WHEN j9 IS NOT NULL AND "proto_payload_method_name" IS NULL THEN 'protoPayload.methodName' END, CASE WHEN j10 IS NOT NULL AND "proto_payload_resource_name" IS NULL THEN 'protoPayload.resourceName' END, CASE WHEN j11 IS NOT NULL AND "proto_payload_authentication_info_principal_email" IS NULL THEN 'protoPayload.authenticationInfo.principalEmail' END, CASE WHEN j12 IS NOT NULL AND "proto_payload_request_metadata_caller_ip" IS NULL THEN 'protoPayload.requestMetadata.callerIp' END, CASE WHEN j13 IS NOT NULL AND "proto_payload_request_metadata_caller_supplied_user_agent" IS NULL THEN 'protoPayload.requestMetadata.callerSuppliedUserAgent' END, CASE WHEN len(list_filter(j14, x -> x IS NOT NULL)) > 0 AND "proto_payload_authorization_info_permission" IS NULL THEN 'protoPayload.authorizationInfo.permission' END, CASE WHEN len(list_filter(j15, x -> x IS NOT NULL)) > 0 AND "proto_payload_authorization_info_granted" IS NULL THEN 'protoPayload.authorizationInfo.granted' END, CASE WHEN j16 IS NOT NULL AND "proto_payload_status_code" IS NULL THEN 'protoPayload.status.code' END, CASE WHEN j17 IS NOT NULL AND "proto_payload_status_message" IS NULL THEN 'protoPayload.status.message' END, CASE WHEN j18 IS NOT NULL AND "proto_payload_request_update_mask" IS NULL THEN 'protoPayload.request.updateMask' END, CASE WHEN j19 IS NOT NULL AND "proto_payload_request_config_recaptcha_config_phone_enforcement_state" IS NULL THEN 'protoPayload.request.config.recaptchaConfig.phoneEnforcementState' END, CASE WHEN j20 IS NOT NULL AND "proto_payload_request_config_recaptcha_config_use_sms_toll_fraud_protection" IS NULL THEN 'protoPayload.request.config.recaptchaConfig.useSmsTollFraudProtection' END, CASE WHEN len(list_filter(j21, x -> x IS NOT NULL)) > 0 AND "proto_payload_request_config_sms_region_config_allowlist_only_allowed_regions" IS NULL THEN 'protoPayload.request.config.smsRegionConfig.allowlistOnly.allowedRegions' END, CASE WHEN len(list_filter(j22, x -> x IS NOT NULL)) > 0 AND "proto_payload_request_config_sms_region_config_allow_by_default_disallowed_regions" IS NULL THEN 'protoPayload.request.config.smsRegionConfig.allowByDefault.disallowedRegions' END, CASE WHEN j23 IS NOT NULL AND "proto_payload_request_config_monitoring_request_logging_enabled" IS NULL THEN 'protoPayload.request.config.monitoring.requestLogging.enabled' END, CASE WHEN len(list_filter(j24, x -> x IS NOT NULL)) > 0 AND "proto_payload_request_config_authorized_domains" IS NULL THEN 'protoPayload.request.config.authorizedDomains' END], x -> x IS NOT NULL), "insert_id", "log_name", "timestamp", "receive_timestamp", "severity", "resource_type", "resource_labels_project_id", "proto_payload_service_name", "proto_payload_method_name", "proto_payload_resource_name", "proto_payload_authentication_info_principal_email", "proto_payload_request_metadata_caller_ip", "proto_payload_request_metadata_caller_supplied_user_agent", "proto_payload_authorization_info_permission", "proto_payload_authorization_info_granted", "proto_payload_status_code", "proto_payload_status_message", "proto_payload_request_update_mask", "proto_payload_request_config_recaptcha_config_phone_enforcement_state", "proto_payload_request_config_recaptcha_config_use_sms_toll_fraud_protection", "proto_payload_request_config_sms_region_config_allowlist_only_allowed_regions", "proto_payload_request_config_sms_region_config_allow_by_default_disallowed_regions", "proto_payload_request_config_monitoring_request_logging_enabled", "proto_payload_request_config_authorized_domains", "asset_id"
FROM step_1 WHERE ts IS NOT NULL;
