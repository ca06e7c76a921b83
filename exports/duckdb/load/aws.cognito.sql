INSERT INTO tollgate."aws_cognito" ("event_id", "ts", "ingested", "valueless", "owner", "log_group", "timestamp", "event_timestamp", "event_source", "log_level", "log_source_id_user_pool_id", "message_details", "message_version", "message_event_id", "message_event_type", "message_user_sub", "message_user_name", "message_user_pool_id", "message_client_id", "message_creation_date", "message_event_response", "message_risk_level", "message_risk_decision", "message_device_name", "message_ip_address", "message_request_id", "message_idp_name", "message_compromised_credential_detected", "message_city", "message_country", "message_has_context_data", "asset_id")
WITH received AS (
  SELECT CAST(i.record AS JSON) AS record FROM incoming AS i
), placed AS (
  SELECT record,
    tollgate.single(json_extract(record, '$."timestamp"')) AS time_text,
    tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"'))) AS ingested_text
  FROM received
), found AS (
  SELECT placed.*,
    json_extract(record, '$."owner"') AS j1,
    json_extract(record, '$."logGroup"') AS j2,
    json_extract(record, '$."timestamp"') AS j3,
    json_extract(record, '$."eventTimestamp"') AS j4,
    json_extract(record, '$."eventSource"') AS j5,
    json_extract(record, '$."logLevel"') AS j6,
    coalesce(json_extract(record, '$."logSourceId"."userPoolId"'), json_extract(record, '$."logSourceId.userPoolId"')) AS j7,
    coalesce(json_extract(record, '$."message"."details"'), json_extract(record, '$."message.details"')) AS j8,
    coalesce(json_extract(record, '$."message"."version"'), json_extract(record, '$."message.version"')) AS j9,
    coalesce(json_extract(record, '$."message"."eventId"'), json_extract(record, '$."message.eventId"')) AS j10,
    coalesce(json_extract(record, '$."message"."eventType"'), json_extract(record, '$."message.eventType"')) AS j11,
    coalesce(json_extract(record, '$."message"."userSub"'), json_extract(record, '$."message.userSub"')) AS j12,
    coalesce(json_extract(record, '$."message"."userName"'), json_extract(record, '$."message.userName"')) AS j13,
    coalesce(json_extract(record, '$."message"."userPoolId"'), json_extract(record, '$."message.userPoolId"')) AS j14,
    coalesce(json_extract(record, '$."message"."clientId"'), json_extract(record, '$."message.clientId"')) AS j15,
    coalesce(json_extract(record, '$."message"."creationDate"'), json_extract(record, '$."message.creationDate"')) AS j16,
    coalesce(json_extract(record, '$."message"."eventResponse"'), json_extract(record, '$."message.eventResponse"')) AS j17,
    coalesce(json_extract(record, '$."message"."riskLevel"'), json_extract(record, '$."message.riskLevel"')) AS j18,
    coalesce(json_extract(record, '$."message"."riskDecision"'), json_extract(record, '$."message.riskDecision"')) AS j19,
    coalesce(json_extract(record, '$."message"."deviceName"'), json_extract(record, '$."message.deviceName"')) AS j20,
    coalesce(json_extract(record, '$."message"."ipAddress"'), json_extract(record, '$."message.ipAddress"')) AS j21,
    coalesce(json_extract(record, '$."message"."requestId"'), json_extract(record, '$."message.requestId"')) AS j22,
    coalesce(json_extract(record, '$."message"."idpName"'), json_extract(record, '$."message.idpName"')) AS j23,
    coalesce(json_extract(record, '$."message"."compromisedCredentialDetected"'), json_extract(record, '$."message.compromisedCredentialDetected"')) AS j24,
    coalesce(json_extract(record, '$."message"."city"'), json_extract(record, '$."message.city"')) AS j25,
    coalesce(json_extract(record, '$."message"."country"'), json_extract(record, '$."message.country"')) AS j26,
    coalesce(json_extract(record, '$."message"."hasContextData"'), json_extract(record, '$."message.hasContextData"')) AS j27
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
    tollgate.single(j27) AS s27
  FROM found
), typed AS (
  SELECT texts.*,
    CASE WHEN CASE WHEN regexp_full_match(CASE WHEN substr(time_text, 1, 1) = '-' THEN substr(time_text, 2) ELSE time_text END, '[0-9]+') THEN TRY_CAST(time_text AS BIGINT) END BETWEEN 315532800000 AND 4102444799999 THEN CASE WHEN regexp_full_match(CASE WHEN substr(time_text, 1, 1) = '-' THEN substr(time_text, 2) ELSE time_text END, '[0-9]+') THEN TRY_CAST(time_text AS BIGINT) END END AS ts,
    coalesce(tollgate.time_of(ingested_text), epoch_ms(now())) AS ingested,
    s1 AS "owner",
    s2 AS "log_group",
    CASE WHEN regexp_full_match(CASE WHEN substr(s3, 1, 1) = '-' THEN substr(s3, 2) ELSE s3 END, '[0-9]+') THEN TRY_CAST(s3 AS BIGINT) END AS "timestamp",
    s4 AS "event_timestamp",
    s5 AS "event_source",
    s6 AS "log_level",
    s7 AS "log_source_id_user_pool_id",
    s8 AS "message_details",
    s9 AS "message_version",
    s10 AS "message_event_id",
    s11 AS "message_event_type",
    s12 AS "message_user_sub",
    s13 AS "message_user_name",
    s14 AS "message_user_pool_id",
    s15 AS "message_client_id",
    s16 AS "message_creation_date",
    s17 AS "message_event_response",
    s18 AS "message_risk_level",
    s19 AS "message_risk_decision",
    s20 AS "message_device_name",
    s21 AS "message_ip_address",
    s22 AS "message_request_id",
    s23 AS "message_idp_name",
    s24 AS "message_compromised_credential_detected",
    s25 AS "message_city",
    s26 AS "message_country",
    s27 AS "message_has_context_data"
  FROM texts
), derived AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."owner", ''), nullif(s."log_source_id_user_pool_id", ''), 'aws.cognito')) AS "asset_id"
  FROM typed AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."owner", ''), nullif(s."log_source_id_user_pool_id", ''), 'aws.cognito')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "owner" IS NULL THEN 'owner' END, CASE WHEN j2 IS NOT NULL AND "log_group" IS NULL THEN 'logGroup' END, CASE WHEN j3 IS NOT NULL AND "timestamp" IS NULL THEN 'timestamp' END, CASE WHEN j4 IS NOT NULL AND "event_timestamp" IS NULL THEN 'eventTimestamp' END, CASE WHEN j5 IS NOT NULL AND "event_source" IS NULL THEN 'eventSource' END, CASE WHEN j6 IS NOT NULL AND "log_level" IS NULL THEN 'logLevel' END, CASE WHEN j7 IS NOT NULL AND "log_source_id_user_pool_id" IS NULL THEN 'logSourceId.userPoolId' END, CASE WHEN j8 IS NOT NULL AND "message_details" IS NULL THEN 'message.details' END, CASE WHEN j9 IS NOT NULL AND "message_version" IS NULL THEN 'message.version' END, CASE WHEN j10 IS NOT NULL AND "message_event_id" IS NULL THEN 'message.eventId' END, CASE WHEN j11 IS NOT NULL AND "message_event_type" IS NULL THEN 'message.eventType' END, CASE WHEN j12 IS NOT NULL AND "message_user_sub" IS NULL THEN 'message.userSub' END, CASE WHEN j13 IS NOT NULL AND "message_user_name" IS NULL THEN 'message.userName' END, CASE WHEN j14 IS NOT NULL AND "message_user_pool_id" IS NULL THEN 'message.userPoolId' END, CASE WHEN j15 IS NOT NULL AND "message_client_id" IS NULL THEN 'message.clientId' END, CASE WHEN j16 IS NOT NULL AND "message_creation_date" IS NULL THEN 'message.creationDate' END, CASE WHEN j17 IS NOT NULL AND "message_event_response" IS NULL THEN 'message.eventResponse' END, CASE WHEN j18 IS NOT NULL AND "message_risk_level" IS NULL THEN 'message.riskLevel' END, CASE WHEN j19 IS NOT NULL AND "message_risk_decision" IS NULL THEN 'message.riskDecision' END, CASE WHEN j20 IS NOT NULL AND "message_device_name" IS NULL THEN 'message.deviceName' END, CASE WHEN j21 IS NOT NULL AND "message_ip_address" IS NULL THEN 'message.ipAddress' END, CASE WHEN j22 IS NOT NULL AND "message_request_id" IS NULL THEN 'message.requestId' END, CASE WHEN j23 IS NOT NULL AND "message_idp_name" IS NULL THEN 'message.idpName' END, CASE WHEN j24 IS NOT NULL AND "message_compromised_credential_detected" IS NULL THEN 'message.compromisedCredentialDetected' END, CASE WHEN j25 IS NOT NULL AND "message_city" IS NULL THEN 'message.city' END, CASE WHEN j26 IS NOT NULL AND "message_country" IS NULL THEN 'message.country' END, CASE WHEN j27 IS NOT NULL AND "message_has_context_data" IS NULL THEN 'message.hasContextData' END], x -> x IS NOT NULL), "owner", "log_group", "timestamp", "event_timestamp", "event_source", "log_level", "log_source_id_user_pool_id", "message_details", "message_version", "message_event_id", "message_event_type", "message_user_sub", "message_user_name", "message_user_pool_id", "message_client_id", "message_creation_date", "message_event_response", "message_risk_level", "message_risk_decision", "message_device_name", "message_ip_address", "message_request_id", "message_idp_name", "message_compromised_credential_detected", "message_city", "message_country", "message_has_context_data", "asset_id"
FROM derived WHERE ts IS NOT NULL;
