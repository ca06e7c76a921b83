INSERT INTO tollgate."okta_system" ("event_id", "ts", "ingested", "valueless", "uuid", "version", "published", "event_type", "severity", "display_message", "legacy_event_type", "outcome_result", "outcome_reason", "actor_id", "actor_type", "actor_alternate_id", "actor_display_name", "client_ip_address", "client_user_agent_raw_user_agent", "client_user_agent_os", "client_user_agent_browser", "client_device", "client_zone", "client_geographical_context_country", "security_context_as_number", "security_context_as_org", "security_context_is_proxy", "authentication_context_credential_type", "authentication_context_external_session_id", "transaction_id", "transaction_type", "target_id", "target_type", "target_alternate_id", "target_display_name", "debug_context_debug_data_phone_number", "debug_context_debug_data_country_calling_code", "debug_context_debug_data_sms_provider", "debug_context_debug_data_request_uri", "debug_context_debug_data_status", "debug_context_debug_data_operation_rate_limit_type", "debug_context_debug_data_operation_rate_limit_subtype", "debug_context_debug_data_operation_rate_limit_scope_type", "target_user", "actor_user", "user_id", "target_phone", "destination_number", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id")
WITH received AS (
  SELECT CAST(i.record AS JSON) AS record FROM incoming AS i
), placed AS (
  SELECT record,
    tollgate.single(json_extract(record, '$."published"')) AS time_text,
    tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"'))) AS ingested_text
  FROM received
), found AS (
  SELECT placed.*,
    json_extract(record, '$."uuid"') AS j1,
    json_extract(record, '$."version"') AS j2,
    json_extract(record, '$."published"') AS j3,
    json_extract(record, '$."eventType"') AS j4,
    json_extract(record, '$."severity"') AS j5,
    json_extract(record, '$."displayMessage"') AS j6,
    json_extract(record, '$."legacyEventType"') AS j7,
    coalesce(json_extract(record, '$."outcome"."result"'), json_extract(record, '$."outcome.result"')) AS j8,
    coalesce(json_extract(record, '$."outcome"."reason"'), json_extract(record, '$."outcome.reason"')) AS j9,
    coalesce(json_extract(record, '$."actor"."id"'), json_extract(record, '$."actor.id"')) AS j10,
    coalesce(json_extract(record, '$."actor"."type"'), json_extract(record, '$."actor.type"')) AS j11,
    coalesce(json_extract(record, '$."actor"."alternateId"'), json_extract(record, '$."actor.alternateId"')) AS j12,
    coalesce(json_extract(record, '$."actor"."displayName"'), json_extract(record, '$."actor.displayName"')) AS j13,
    coalesce(json_extract(record, '$."client"."ipAddress"'), json_extract(record, '$."client.ipAddress"')) AS j14,
    coalesce(json_extract(record, '$."client"."userAgent"."rawUserAgent"'), json_extract(record, '$."client.userAgent.rawUserAgent"')) AS j15,
    coalesce(json_extract(record, '$."client"."userAgent"."os"'), json_extract(record, '$."client.userAgent.os"')) AS j16,
    coalesce(json_extract(record, '$."client"."userAgent"."browser"'), json_extract(record, '$."client.userAgent.browser"')) AS j17,
    coalesce(json_extract(record, '$."client"."device"'), json_extract(record, '$."client.device"')) AS j18,
    coalesce(json_extract(record, '$."client"."zone"'), json_extract(record, '$."client.zone"')) AS j19,
    coalesce(json_extract(record, '$."client"."geographicalContext"."country"'), json_extract(record, '$."client.geographicalContext.country"')) AS j20,
    coalesce(json_extract(record, '$."securityContext"."asNumber"'), json_extract(record, '$."securityContext.asNumber"')) AS j21,
    coalesce(json_extract(record, '$."securityContext"."asOrg"'), json_extract(record, '$."securityContext.asOrg"')) AS j22,
    coalesce(json_extract(record, '$."securityContext"."isProxy"'), json_extract(record, '$."securityContext.isProxy"')) AS j23,
    coalesce(json_extract(record, '$."authenticationContext"."credentialType"'), json_extract(record, '$."authenticationContext.credentialType"')) AS j24,
    coalesce(json_extract(record, '$."authenticationContext"."externalSessionId"'), json_extract(record, '$."authenticationContext.externalSessionId"')) AS j25,
    coalesce(json_extract(record, '$."transaction"."id"'), json_extract(record, '$."transaction.id"')) AS j26,
    coalesce(json_extract(record, '$."transaction"."type"'), json_extract(record, '$."transaction.type"')) AS j27,
    flatten(list_transform(tollgate.elements(json_extract(record, '$."target"')), o1 -> tollgate.elements(json_extract(o1, '$."id"')))) AS j28,
    flatten(list_transform(tollgate.elements(json_extract(record, '$."target"')), o1 -> tollgate.elements(json_extract(o1, '$."type"')))) AS j29,
    flatten(list_transform(tollgate.elements(json_extract(record, '$."target"')), o1 -> tollgate.elements(json_extract(o1, '$."alternateId"')))) AS j30,
    flatten(list_transform(tollgate.elements(json_extract(record, '$."target"')), o1 -> tollgate.elements(json_extract(o1, '$."displayName"')))) AS j31,
    coalesce(json_extract(record, '$."debugContext"."debugData"."phoneNumber"'), json_extract(record, '$."debugContext.debugData.phoneNumber"')) AS j32,
    coalesce(json_extract(record, '$."debugContext"."debugData"."countryCallingCode"'), json_extract(record, '$."debugContext.debugData.countryCallingCode"')) AS j33,
    coalesce(json_extract(record, '$."debugContext"."debugData"."smsProvider"'), json_extract(record, '$."debugContext.debugData.smsProvider"')) AS j34,
    coalesce(json_extract(record, '$."debugContext"."debugData"."requestUri"'), json_extract(record, '$."debugContext.debugData.requestUri"')) AS j35,
    coalesce(json_extract(record, '$."debugContext"."debugData"."status"'), json_extract(record, '$."debugContext.debugData.status"')) AS j36,
    coalesce(json_extract(record, '$."debugContext"."debugData"."operationRateLimitType"'), json_extract(record, '$."debugContext.debugData.operationRateLimitType"')) AS j37,
    coalesce(json_extract(record, '$."debugContext"."debugData"."operationRateLimitSubtype"'), json_extract(record, '$."debugContext.debugData.operationRateLimitSubtype"')) AS j38,
    coalesce(json_extract(record, '$."debugContext"."debugData"."operationRateLimitScopeType"'), json_extract(record, '$."debugContext.debugData.operationRateLimitScopeType"')) AS j39
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
    tollgate.single(j19) AS s19,
    tollgate.single(j20) AS s20,
    tollgate.single(j21) AS s21,
    tollgate.single(j22) AS s22,
    tollgate.single(j23) AS s23,
    tollgate.single(j24) AS s24,
    tollgate.single(j25) AS s25,
    tollgate.single(j26) AS s26,
    tollgate.single(j27) AS s27,
    tollgate.single(j32) AS s32,
    tollgate.single(j33) AS s33,
    tollgate.single(j34) AS s34,
    tollgate.single(j35) AS s35,
    tollgate.single(j36) AS s36,
    tollgate.single(j37) AS s37,
    tollgate.single(j38) AS s38,
    tollgate.single(j39) AS s39
  FROM found
), typed AS (
  SELECT texts.*,
    CASE WHEN (substr(time_text, 11, 1) IN ('T', 't') OR substr(time_text, 9, 1) IN ('T', 't')) AND (substr(time_text, length(time_text), 1) IN ('Z', 'z') OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 2, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 4, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 5, 1) IN ('+', '-'))) THEN tollgate.time_of(time_text) END AS ts,
    coalesce(tollgate.time_of(ingested_text), epoch_ms(now())) AS ingested,
    s1 AS "uuid",
    s2 AS "version",
    s3 AS "published",
    s4 AS "event_type",
    s5 AS "severity",
    s6 AS "display_message",
    s7 AS "legacy_event_type",
    s8 AS "outcome_result",
    s9 AS "outcome_reason",
    s10 AS "actor_id",
    s11 AS "actor_type",
    s12 AS "actor_alternate_id",
    s13 AS "actor_display_name",
    s14 AS "client_ip_address",
    s15 AS "client_user_agent_raw_user_agent",
    s16 AS "client_user_agent_os",
    s17 AS "client_user_agent_browser",
    s18 AS "client_device",
    s19 AS "client_zone",
    s20 AS "client_geographical_context_country",
    CASE WHEN regexp_full_match(CASE WHEN substr(s21, 1, 1) = '-' THEN substr(s21, 2) ELSE s21 END, '[0-9]+') THEN TRY_CAST(s21 AS BIGINT) END AS "security_context_as_number",
    s22 AS "security_context_as_org",
    CASE lower(s23) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "security_context_is_proxy",
    s24 AS "authentication_context_credential_type",
    s25 AS "authentication_context_external_session_id",
    s26 AS "transaction_id",
    s27 AS "transaction_type",
    tollgate.some_of(list_filter(list_transform(j28, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "target_id",
    tollgate.some_of(list_filter(list_transform(j29, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "target_type",
    tollgate.some_of(list_filter(list_transform(j30, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "target_alternate_id",
    tollgate.some_of(list_filter(list_transform(j31, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "target_display_name",
    s32 AS "debug_context_debug_data_phone_number",
    s33 AS "debug_context_debug_data_country_calling_code",
    s34 AS "debug_context_debug_data_sms_provider",
    s35 AS "debug_context_debug_data_request_uri",
    s36 AS "debug_context_debug_data_status",
    s37 AS "debug_context_debug_data_operation_rate_limit_type",
    s38 AS "debug_context_debug_data_operation_rate_limit_subtype",
    s39 AS "debug_context_debug_data_operation_rate_limit_scope_type"
  FROM texts
), derived AS (
  SELECT s.*, tollgate.single(json_extract(list_filter(tollgate.elements(json_extract(record, '$."target"')), o -> lower(tollgate.scalar(json_extract(o, '$."type"'))) = lower('User'))[1], '$."id"')) AS "target_user"
  FROM typed AS s
), derived_2 AS (
  SELECT s.*, tollgate.single(json_extract(list_filter(tollgate.elements(json_extract(record, '$."actor"')), o -> lower(tollgate.scalar(json_extract(o, '$."type"'))) = lower('User'))[1], '$."id"')) AS "actor_user"
  FROM derived AS s
), derived_3 AS (
  SELECT s.*, coalesce(s."target_user", s."actor_user") AS "user_id"
  FROM derived_2 AS s
), derived_4 AS (
  SELECT s.*, tollgate.single(json_extract(list_filter(tollgate.elements(json_extract(record, '$."target"')), o -> lower(tollgate.scalar(json_extract(o, '$."type"'))) = lower('MobilePhone'))[1], '$."alternateId"')) AS "target_phone"
  FROM derived_3 AS s
), derived_5 AS (
  SELECT s.*, coalesce(s."debug_context_debug_data_phone_number", s."target_phone") AS "destination_number"
  FROM derived_4 AS s
), derived_6 AS (
  SELECT s.*, CASE WHEN substr(s."destination_number", 1, 1) = '+' AND substr(s."destination_number", 2, 1) <> '0' AND length(s."destination_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_number", 2), '[0-9]+') THEN coalesce(p7.country_7, p6.country_6, p5.country_5, p4.country_4, p3.country_3, p2.country_2, p1.country_1) END AS "destination_country"
  FROM derived_5 AS s
  LEFT JOIN (SELECT prefix AS prefix_7, country AS country_7 FROM tollgate."prefixes") AS p7 ON p7.prefix_7 = substr(s."destination_number", 2, 7)
  LEFT JOIN (SELECT prefix AS prefix_6, country AS country_6 FROM tollgate."prefixes") AS p6 ON p6.prefix_6 = substr(s."destination_number", 2, 6)
  LEFT JOIN (SELECT prefix AS prefix_5, country AS country_5 FROM tollgate."prefixes") AS p5 ON p5.prefix_5 = substr(s."destination_number", 2, 5)
  LEFT JOIN (SELECT prefix AS prefix_4, country AS country_4 FROM tollgate."prefixes") AS p4 ON p4.prefix_4 = substr(s."destination_number", 2, 4)
  LEFT JOIN (SELECT prefix AS prefix_3, country AS country_3 FROM tollgate."prefixes") AS p3 ON p3.prefix_3 = substr(s."destination_number", 2, 3)
  LEFT JOIN (SELECT prefix AS prefix_2, country AS country_2 FROM tollgate."prefixes") AS p2 ON p2.prefix_2 = substr(s."destination_number", 2, 2)
  LEFT JOIN (SELECT prefix AS prefix_1, country AS country_1 FROM tollgate."prefixes") AS p1 ON p1.prefix_1 = substr(s."destination_number", 2, 1)
), derived_7 AS (
  SELECT s.*, CASE WHEN substr(s."destination_number", 1, 1) = '+' AND substr(s."destination_number", 2, 1) <> '0' AND length(s."destination_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_number", 2), '[0-9]+') THEN substr(s."destination_number", 1, length(s."destination_number") - 4) END AS "destination_block"
  FROM derived_6 AS s
), derived_8 AS (
  SELECT s.*, CASE WHEN substr(s."destination_number", 1, 1) = '+' AND substr(s."destination_number", 2, 1) <> '0' AND length(s."destination_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_number", 2), '[0-9]+') THEN substr(s."destination_number", 1, length(s."destination_number") - 6) END AS "destination_range"
  FROM derived_7 AS s
), derived_9 AS (
  SELECT s.*, CASE WHEN substr(s."destination_number", 1, 1) = '+' AND substr(s."destination_number", 2, 1) <> '0' AND length(s."destination_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_number", 2), '[0-9]+') THEN substr(s."destination_number", length(s."destination_number") - 3, 4) END AS "destination_suffix"
  FROM derived_8 AS s
), derived_10 AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, 'okta.system') AS "asset_id"
  FROM derived_9 AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = 'okta.system'
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "uuid" IS NULL THEN 'uuid' END, CASE WHEN j2 IS NOT NULL AND "version" IS NULL THEN 'version' END, CASE WHEN j3 IS NOT NULL AND "published" IS NULL THEN 'published' END, CASE WHEN j4 IS NOT NULL AND "event_type" IS NULL THEN 'eventType' END, CASE WHEN j5 IS NOT NULL AND "severity" IS NULL THEN 'severity' END, CASE WHEN j6 IS NOT NULL AND "display_message" IS NULL THEN 'displayMessage' END, CASE WHEN j7 IS NOT NULL AND "legacy_event_type" IS NULL THEN 'legacyEventType' END, CASE WHEN j8 IS NOT NULL AND "outcome_result" IS NULL THEN 'outcome.result' END, CASE WHEN j9 IS NOT NULL AND "outcome_reason" IS NULL THEN 'outcome.reason' END, CASE WHEN j10 IS NOT NULL AND "actor_id" IS NULL THEN 'actor.id' END, CASE WHEN j11 IS NOT NULL AND "actor_type" IS NULL THEN 'actor.type' END, CASE WHEN j12 IS NOT NULL AND "actor_alternate_id" IS NULL THEN 'actor.alternateId' END, CASE WHEN j13 IS NOT NULL AND "actor_display_name" IS NULL THEN 'actor.displayName' END, CASE WHEN j14 IS NOT NULL AND "client_ip_address" IS NULL THEN 'client.ipAddress' END, CASE WHEN j15 IS NOT NULL AND "client_user_agent_raw_user_agent" IS NULL THEN 'client.userAgent.rawUserAgent' END, CASE WHEN j16 IS NOT NULL AND "client_user_agent_os" IS NULL THEN 'client.userAgent.os' END, CASE WHEN j17 IS NOT NULL AND "client_user_agent_browser" IS NULL THEN 'client.userAgent.browser' END, CASE WHEN j18 IS NOT NULL AND "client_device" IS NULL THEN 'client.device' END, CASE WHEN j19 IS NOT NULL AND "client_zone" IS NULL THEN 'client.zone' END, CASE WHEN j20 IS NOT NULL AND "client_geographical_context_country" IS NULL THEN 'client.geographicalContext.country' END, CASE WHEN j21 IS NOT NULL AND "security_context_as_number" IS NULL THEN 'securityContext.asNumber' END, CASE WHEN j22 IS NOT NULL AND "security_context_as_org" IS NULL THEN 'securityContext.asOrg' END, CASE WHEN j23 IS NOT NULL AND "security_context_is_proxy" IS NULL THEN 'securityContext.isProxy' END, CASE WHEN j24 IS NOT NULL AND "authentication_context_credential_type" IS NULL THEN 'authenticationContext.credentialType' END, CASE WHEN j25 IS NOT NULL AND "authentication_context_external_session_id" IS NULL THEN 'authenticationContext.externalSessionId' END, CASE WHEN j26 IS NOT NULL AND "transaction_id" IS NULL THEN 'transaction.id' END, CASE WHEN j27 IS NOT NULL AND "transaction_type" IS NULL THEN 'transaction.type' END, CASE WHEN NOT coalesce(len(j28), 0) = 0 AND NOT coalesce(len(list_filter("target_id", x -> x IS NOT NULL)) > 0, FALSE) THEN 'target.id' END, CASE WHEN NOT coalesce(len(j29), 0) = 0 AND NOT coalesce(len(list_filter("target_type", x -> x IS NOT NULL)) > 0, FALSE) THEN 'target.type' END, CASE WHEN NOT coalesce(len(j30), 0) = 0 AND NOT coalesce(len(list_filter("target_alternate_id", x -> x IS NOT NULL)) > 0, FALSE) THEN 'target.alternateId' END, CASE WHEN NOT coalesce(len(j31), 0) = 0 AND NOT coalesce(len(list_filter("target_display_name", x -> x IS NOT NULL)) > 0, FALSE) THEN 'target.displayName' END, CASE WHEN j32 IS NOT NULL AND "debug_context_debug_data_phone_number" IS NULL THEN 'debugContext.debugData.phoneNumber' END, CASE WHEN j33 IS NOT NULL AND "debug_context_debug_data_country_calling_code" IS NULL THEN 'debugContext.debugData.countryCallingCode' END, CASE WHEN j34 IS NOT NULL AND "debug_context_debug_data_sms_provider" IS NULL THEN 'debugContext.debugData.smsProvider' END, CASE WHEN j35 IS NOT NULL AND "debug_context_debug_data_request_uri" IS NULL THEN 'debugContext.debugData.requestUri' END, CASE WHEN j36 IS NOT NULL AND "debug_context_debug_data_status" IS NULL THEN 'debugContext.debugData.status' END, CASE WHEN j37 IS NOT NULL AND "debug_context_debug_data_operation_rate_limit_type" IS NULL THEN 'debugContext.debugData.operationRateLimitType' END, CASE WHEN j38 IS NOT NULL AND "debug_context_debug_data_operation_rate_limit_subtype" IS NULL THEN 'debugContext.debugData.operationRateLimitSubtype' END, CASE WHEN j39 IS NOT NULL AND "debug_context_debug_data_operation_rate_limit_scope_type" IS NULL THEN 'debugContext.debugData.operationRateLimitScopeType' END], x -> x IS NOT NULL), "uuid", "version", "published", "event_type", "severity", "display_message", "legacy_event_type", "outcome_result", "outcome_reason", "actor_id", "actor_type", "actor_alternate_id", "actor_display_name", "client_ip_address", "client_user_agent_raw_user_agent", "client_user_agent_os", "client_user_agent_browser", "client_device", "client_zone", "client_geographical_context_country", "security_context_as_number", "security_context_as_org", "security_context_is_proxy", "authentication_context_credential_type", "authentication_context_external_session_id", "transaction_id", "transaction_type", "target_id", "target_type", "target_alternate_id", "target_display_name", "debug_context_debug_data_phone_number", "debug_context_debug_data_country_calling_code", "debug_context_debug_data_sms_provider", "debug_context_debug_data_request_uri", "debug_context_debug_data_status", "debug_context_debug_data_operation_rate_limit_type", "debug_context_debug_data_operation_rate_limit_subtype", "debug_context_debug_data_operation_rate_limit_scope_type", "target_user", "actor_user", "user_id", "target_phone", "destination_number", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id"
FROM derived_10 WHERE ts IS NOT NULL;
