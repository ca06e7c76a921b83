INSERT INTO tollgate."auth0_tenant" ("event_id", "ts", "ingested", "valueless", "date", "type", "log_id", "description", "tenant_name", "environment_name", "ip", "user_agent", "is_mobile", "client_id", "client_name", "connection", "connection_id", "strategy", "strategy_type", "hostname", "user_id", "user_name", "details_authenticator_id", "details_authenticator_type", "details_authenticator_phone_number", "details_enrollment_phone_number", "details_body_phone_number", "details_first_factor", "details_session_id", "details_provider_error_error_code", "details_failure_details_error_code", "details_delivery_method", "details_request_method", "details_request_path", "details_request_body_enabled", "details_request_body_type", "details_request_body_policy", "details_request_body_passwordless_policy", "details_request_body_password_reset_policy", "details_request_body_challenge_password_policy", "details_request_body_challenge_passwordless_policy", "details_request_body_challenge_password_reset_policy", "details_request_body_monitoring_mode_enabled", "details_response_status_code", "details_response_body_enabled", "details_response_body_policy", "details_response_body_passwordless_policy", "details_response_body_password_reset_policy", "guardian_phone", "destination_number", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id")
WITH received AS (
  SELECT CAST(i.record AS JSON) AS record FROM incoming AS i
), placed AS (
  SELECT record,
    tollgate.single(json_extract(record, '$."date"')) AS time_text,
    tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"'))) AS ingested_text
  FROM received
), found AS (
  SELECT placed.*,
    json_extract(record, '$."date"') AS j1,
    json_extract(record, '$."type"') AS j2,
    json_extract(record, '$."log_id"') AS j3,
    json_extract(record, '$."description"') AS j4,
    json_extract(record, '$."tenant_name"') AS j5,
    json_extract(record, '$."environment_name"') AS j6,
    json_extract(record, '$."ip"') AS j7,
    json_extract(record, '$."user_agent"') AS j8,
    json_extract(record, '$."is_mobile"') AS j9,
    json_extract(record, '$."client_id"') AS j10,
    json_extract(record, '$."client_name"') AS j11,
    json_extract(record, '$."connection"') AS j12,
    json_extract(record, '$."connection_id"') AS j13,
    json_extract(record, '$."strategy"') AS j14,
    json_extract(record, '$."strategy_type"') AS j15,
    json_extract(record, '$."hostname"') AS j16,
    json_extract(record, '$."user_id"') AS j17,
    json_extract(record, '$."user_name"') AS j18,
    coalesce(json_extract(record, '$."details"."authenticator"."id"'), json_extract(record, '$."details.authenticator.id"')) AS j19,
    coalesce(json_extract(record, '$."details"."authenticator"."type"'), json_extract(record, '$."details.authenticator.type"')) AS j20,
    coalesce(json_extract(record, '$."details"."authenticator"."phone_number"'), json_extract(record, '$."details.authenticator.phone_number"')) AS j21,
    coalesce(json_extract(record, '$."details"."enrollment"."phone_number"'), json_extract(record, '$."details.enrollment.phone_number"')) AS j22,
    coalesce(json_extract(record, '$."details"."body"."phone_number"'), json_extract(record, '$."details.body.phone_number"')) AS j23,
    coalesce(json_extract(record, '$."details"."first_factor"'), json_extract(record, '$."details.first_factor"')) AS j24,
    coalesce(json_extract(record, '$."details"."session_id"'), json_extract(record, '$."details.session_id"')) AS j25,
    coalesce(json_extract(record, '$."details"."provider_error"."errorCode"'), json_extract(record, '$."details.provider_error.errorCode"')) AS j26,
    coalesce(json_extract(record, '$."details"."failure_details"."errorCode"'), json_extract(record, '$."details.failure_details.errorCode"')) AS j27,
    coalesce(json_extract(record, '$."details"."delivery_method"'), json_extract(record, '$."details.delivery_method"')) AS j28,
    coalesce(json_extract(record, '$."details"."request"."method"'), json_extract(record, '$."details.request.method"')) AS j29,
    coalesce(json_extract(record, '$."details"."request"."path"'), json_extract(record, '$."details.request.path"')) AS j30,
    coalesce(json_extract(record, '$."details"."request"."body"."enabled"'), json_extract(record, '$."details.request.body.enabled"')) AS j31,
    coalesce(json_extract(record, '$."details"."request"."body"."type"'), json_extract(record, '$."details.request.body.type"')) AS j32,
    coalesce(json_extract(record, '$."details"."request"."body"."policy"'), json_extract(record, '$."details.request.body.policy"')) AS j33,
    coalesce(json_extract(record, '$."details"."request"."body"."passwordless_policy"'), json_extract(record, '$."details.request.body.passwordless_policy"')) AS j34,
    coalesce(json_extract(record, '$."details"."request"."body"."password_reset_policy"'), json_extract(record, '$."details.request.body.password_reset_policy"')) AS j35,
    coalesce(json_extract(record, '$."details"."request"."body"."challenge_password_policy"'), json_extract(record, '$."details.request.body.challenge_password_policy"')) AS j36,
    coalesce(json_extract(record, '$."details"."request"."body"."challenge_passwordless_policy"'), json_extract(record, '$."details.request.body.challenge_passwordless_policy"')) AS j37,
    coalesce(json_extract(record, '$."details"."request"."body"."challenge_password_reset_policy"'), json_extract(record, '$."details.request.body.challenge_password_reset_policy"')) AS j38,
    coalesce(json_extract(record, '$."details"."request"."body"."monitoring_mode_enabled"'), json_extract(record, '$."details.request.body.monitoring_mode_enabled"')) AS j39,
    coalesce(json_extract(record, '$."details"."response"."statusCode"'), json_extract(record, '$."details.response.statusCode"')) AS j40,
    coalesce(json_extract(record, '$."details"."response"."body"."enabled"'), json_extract(record, '$."details.response.body.enabled"')) AS j41,
    coalesce(json_extract(record, '$."details"."response"."body"."policy"'), json_extract(record, '$."details.response.body.policy"')) AS j42,
    coalesce(json_extract(record, '$."details"."response"."body"."passwordless_policy"'), json_extract(record, '$."details.response.body.passwordless_policy"')) AS j43,
    coalesce(json_extract(record, '$."details"."response"."body"."password_reset_policy"'), json_extract(record, '$."details.response.body.password_reset_policy"')) AS j44
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
    tollgate.single(j28) AS s28,
    tollgate.single(j29) AS s29,
    tollgate.single(j30) AS s30,
    tollgate.single(j31) AS s31,
    tollgate.single(j32) AS s32,
    tollgate.single(j33) AS s33,
    tollgate.single(j34) AS s34,
    tollgate.single(j35) AS s35,
    tollgate.single(j36) AS s36,
    tollgate.single(j37) AS s37,
    tollgate.single(j38) AS s38,
    tollgate.single(j39) AS s39,
    tollgate.single(j40) AS s40,
    tollgate.single(j41) AS s41,
    tollgate.single(j42) AS s42,
    tollgate.single(j43) AS s43,
    tollgate.single(j44) AS s44
  FROM found
), typed AS (
  SELECT texts.*,
    CASE WHEN (substr(time_text, 11, 1) IN ('T', 't') OR substr(time_text, 9, 1) IN ('T', 't')) AND (substr(time_text, length(time_text), 1) IN ('Z', 'z') OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 2, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 4, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 5, 1) IN ('+', '-'))) THEN tollgate.time_of(time_text) END AS ts,
    coalesce(tollgate.time_of(ingested_text), epoch_ms(now())) AS ingested,
    s1 AS "date",
    s2 AS "type",
    s3 AS "log_id",
    s4 AS "description",
    s5 AS "tenant_name",
    s6 AS "environment_name",
    s7 AS "ip",
    s8 AS "user_agent",
    CASE lower(s9) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "is_mobile",
    s10 AS "client_id",
    s11 AS "client_name",
    s12 AS "connection",
    s13 AS "connection_id",
    s14 AS "strategy",
    s15 AS "strategy_type",
    s16 AS "hostname",
    s17 AS "user_id",
    s18 AS "user_name",
    s19 AS "details_authenticator_id",
    s20 AS "details_authenticator_type",
    s21 AS "details_authenticator_phone_number",
    s22 AS "details_enrollment_phone_number",
    s23 AS "details_body_phone_number",
    CASE lower(s24) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "details_first_factor",
    s25 AS "details_session_id",
    s26 AS "details_provider_error_error_code",
    s27 AS "details_failure_details_error_code",
    s28 AS "details_delivery_method",
    s29 AS "details_request_method",
    s30 AS "details_request_path",
    CASE lower(s31) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "details_request_body_enabled",
    s32 AS "details_request_body_type",
    s33 AS "details_request_body_policy",
    s34 AS "details_request_body_passwordless_policy",
    s35 AS "details_request_body_password_reset_policy",
    s36 AS "details_request_body_challenge_password_policy",
    s37 AS "details_request_body_challenge_passwordless_policy",
    s38 AS "details_request_body_challenge_password_reset_policy",
    CASE lower(s39) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "details_request_body_monitoring_mode_enabled",
    CASE WHEN regexp_full_match(CASE WHEN substr(s40, 1, 1) = '-' THEN substr(s40, 2) ELSE s40 END, '[0-9]+') THEN TRY_CAST(s40 AS BIGINT) END AS "details_response_status_code",
    CASE lower(s41) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "details_response_body_enabled",
    s42 AS "details_response_body_policy",
    s43 AS "details_response_body_passwordless_policy",
    s44 AS "details_response_body_password_reset_policy"
  FROM texts
), derived AS (
  SELECT s.*, coalesce(s."details_authenticator_phone_number", s."details_enrollment_phone_number") AS "guardian_phone"
  FROM typed AS s
), derived_2 AS (
  SELECT s.*, coalesce(s."guardian_phone", s."details_body_phone_number") AS "destination_number"
  FROM derived AS s
), derived_3 AS (
  SELECT s.*, CASE WHEN substr(s."destination_number", 1, 1) = '+' AND substr(s."destination_number", 2, 1) <> '0' AND length(s."destination_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_number", 2), '[0-9]+') THEN coalesce(p7.country_7, p6.country_6, p5.country_5, p4.country_4, p3.country_3, p2.country_2, p1.country_1) END AS "destination_country"
  FROM derived_2 AS s
  LEFT JOIN (SELECT prefix AS prefix_7, country AS country_7 FROM tollgate."prefixes") AS p7 ON p7.prefix_7 = substr(s."destination_number", 2, 7)
  LEFT JOIN (SELECT prefix AS prefix_6, country AS country_6 FROM tollgate."prefixes") AS p6 ON p6.prefix_6 = substr(s."destination_number", 2, 6)
  LEFT JOIN (SELECT prefix AS prefix_5, country AS country_5 FROM tollgate."prefixes") AS p5 ON p5.prefix_5 = substr(s."destination_number", 2, 5)
  LEFT JOIN (SELECT prefix AS prefix_4, country AS country_4 FROM tollgate."prefixes") AS p4 ON p4.prefix_4 = substr(s."destination_number", 2, 4)
  LEFT JOIN (SELECT prefix AS prefix_3, country AS country_3 FROM tollgate."prefixes") AS p3 ON p3.prefix_3 = substr(s."destination_number", 2, 3)
  LEFT JOIN (SELECT prefix AS prefix_2, country AS country_2 FROM tollgate."prefixes") AS p2 ON p2.prefix_2 = substr(s."destination_number", 2, 2)
  LEFT JOIN (SELECT prefix AS prefix_1, country AS country_1 FROM tollgate."prefixes") AS p1 ON p1.prefix_1 = substr(s."destination_number", 2, 1)
), derived_4 AS (
  SELECT s.*, CASE WHEN substr(s."destination_number", 1, 1) = '+' AND substr(s."destination_number", 2, 1) <> '0' AND length(s."destination_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_number", 2), '[0-9]+') THEN substr(s."destination_number", 1, length(s."destination_number") - 4) END AS "destination_block"
  FROM derived_3 AS s
), derived_5 AS (
  SELECT s.*, CASE WHEN substr(s."destination_number", 1, 1) = '+' AND substr(s."destination_number", 2, 1) <> '0' AND length(s."destination_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_number", 2), '[0-9]+') THEN substr(s."destination_number", 1, length(s."destination_number") - 6) END AS "destination_range"
  FROM derived_4 AS s
), derived_6 AS (
  SELECT s.*, CASE WHEN substr(s."destination_number", 1, 1) = '+' AND substr(s."destination_number", 2, 1) <> '0' AND length(s."destination_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_number", 2), '[0-9]+') THEN substr(s."destination_number", length(s."destination_number") - 3, 4) END AS "destination_suffix"
  FROM derived_5 AS s
), derived_7 AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."tenant_name", ''), 'auth0.tenant')) AS "asset_id"
  FROM derived_6 AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."tenant_name", ''), 'auth0.tenant')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "date" IS NULL THEN 'date' END, CASE WHEN j2 IS NOT NULL AND "type" IS NULL THEN 'type' END, CASE WHEN j3 IS NOT NULL AND "log_id" IS NULL THEN 'log_id' END, CASE WHEN j4 IS NOT NULL AND "description" IS NULL THEN 'description' END, CASE WHEN j5 IS NOT NULL AND "tenant_name" IS NULL THEN 'tenant_name' END, CASE WHEN j6 IS NOT NULL AND "environment_name" IS NULL THEN 'environment_name' END, CASE WHEN j7 IS NOT NULL AND "ip" IS NULL THEN 'ip' END, CASE WHEN j8 IS NOT NULL AND "user_agent" IS NULL THEN 'user_agent' END, CASE WHEN j9 IS NOT NULL AND "is_mobile" IS NULL THEN 'is_mobile' END, CASE WHEN j10 IS NOT NULL AND "client_id" IS NULL THEN 'client_id' END, CASE WHEN j11 IS NOT NULL AND "client_name" IS NULL THEN 'client_name' END, CASE WHEN j12 IS NOT NULL AND "connection" IS NULL THEN 'connection' END, CASE WHEN j13 IS NOT NULL AND "connection_id" IS NULL THEN 'connection_id' END, CASE WHEN j14 IS NOT NULL AND "strategy" IS NULL THEN 'strategy' END, CASE WHEN j15 IS NOT NULL AND "strategy_type" IS NULL THEN 'strategy_type' END, CASE WHEN j16 IS NOT NULL AND "hostname" IS NULL THEN 'hostname' END, CASE WHEN j17 IS NOT NULL AND "user_id" IS NULL THEN 'user_id' END, CASE WHEN j18 IS NOT NULL AND "user_name" IS NULL THEN 'user_name' END, CASE WHEN j19 IS NOT NULL AND "details_authenticator_id" IS NULL THEN 'details.authenticator.id' END, CASE WHEN j20 IS NOT NULL AND "details_authenticator_type" IS NULL THEN 'details.authenticator.type' END, CASE WHEN j21 IS NOT NULL AND "details_authenticator_phone_number" IS NULL THEN 'details.authenticator.phone_number' END, CASE WHEN j22 IS NOT NULL AND "details_enrollment_phone_number" IS NULL THEN 'details.enrollment.phone_number' END, CASE WHEN j23 IS NOT NULL AND "details_body_phone_number" IS NULL THEN 'details.body.phone_number' END, CASE WHEN j24 IS NOT NULL AND "details_first_factor" IS NULL THEN 'details.first_factor' END, CASE WHEN j25 IS NOT NULL AND "details_session_id" IS NULL THEN 'details.session_id' END, CASE WHEN j26 IS NOT NULL AND "details_provider_error_error_code" IS NULL THEN 'details.provider_error.errorCode' END, CASE WHEN j27 IS NOT NULL AND "details_failure_details_error_code" IS NULL THEN 'details.failure_details.errorCode' END, CASE WHEN j28 IS NOT NULL AND "details_delivery_method" IS NULL THEN 'details.delivery_method' END, CASE WHEN j29 IS NOT NULL AND "details_request_method" IS NULL THEN 'details.request.method' END, CASE WHEN j30 IS NOT NULL AND "details_request_path" IS NULL THEN 'details.request.path' END, CASE WHEN j31 IS NOT NULL AND "details_request_body_enabled" IS NULL THEN 'details.request.body.enabled' END, CASE WHEN j32 IS NOT NULL AND "details_request_body_type" IS NULL THEN 'details.request.body.type' END, CASE WHEN j33 IS NOT NULL AND "details_request_body_policy" IS NULL THEN 'details.request.body.policy' END, CASE WHEN j34 IS NOT NULL AND "details_request_body_passwordless_policy" IS NULL THEN 'details.request.body.passwordless_policy' END, CASE WHEN j35 IS NOT NULL AND "details_request_body_password_reset_policy" IS NULL THEN 'details.request.body.password_reset_policy' END, CASE WHEN j36 IS NOT NULL AND "details_request_body_challenge_password_policy" IS NULL THEN 'details.request.body.challenge_password_policy' END, CASE WHEN j37 IS NOT NULL AND "details_request_body_challenge_passwordless_policy" IS NULL THEN 'details.request.body.challenge_passwordless_policy' END, CASE WHEN j38 IS NOT NULL AND "details_request_body_challenge_password_reset_policy" IS NULL THEN 'details.request.body.challenge_password_reset_policy' END, CASE WHEN j39 IS NOT NULL AND "details_request_body_monitoring_mode_enabled" IS NULL THEN 'details.request.body.monitoring_mode_enabled' END, CASE WHEN j40 IS NOT NULL AND "details_response_status_code" IS NULL THEN 'details.response.statusCode' END, CASE WHEN j41 IS NOT NULL AND "details_response_body_enabled" IS NULL THEN 'details.response.body.enabled' END, CASE WHEN j42 IS NOT NULL AND "details_response_body_policy" IS NULL THEN 'details.response.body.policy' END, CASE WHEN j43 IS NOT NULL AND "details_response_body_passwordless_policy" IS NULL THEN 'details.response.body.passwordless_policy' END, CASE WHEN j44 IS NOT NULL AND "details_response_body_password_reset_policy" IS NULL THEN 'details.response.body.password_reset_policy' END], x -> x IS NOT NULL), "date", "type", "log_id", "description", "tenant_name", "environment_name", "ip", "user_agent", "is_mobile", "client_id", "client_name", "connection", "connection_id", "strategy", "strategy_type", "hostname", "user_id", "user_name", "details_authenticator_id", "details_authenticator_type", "details_authenticator_phone_number", "details_enrollment_phone_number", "details_body_phone_number", "details_first_factor", "details_session_id", "details_provider_error_error_code", "details_failure_details_error_code", "details_delivery_method", "details_request_method", "details_request_path", "details_request_body_enabled", "details_request_body_type", "details_request_body_policy", "details_request_body_passwordless_policy", "details_request_body_password_reset_policy", "details_request_body_challenge_password_policy", "details_request_body_challenge_passwordless_policy", "details_request_body_challenge_password_reset_policy", "details_request_body_monitoring_mode_enabled", "details_response_status_code", "details_response_body_enabled", "details_response_body_policy", "details_response_body_passwordless_policy", "details_response_body_password_reset_policy", "guardian_phone", "destination_number", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id"
FROM derived_7 WHERE ts IS NOT NULL;
