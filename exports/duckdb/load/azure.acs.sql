INSERT INTO tollgate."azure_acs" ("event_id", "ts", "ingested", "valueless", "time_generated", "operation_name", "operation_version", "category", "correlation_id", "result_type", "result_signature", "result_description", "duration_ms", "caller_ip_address", "level", "uri", "method", "outgoing_message_length", "incoming_message_length", "delivery_attempts", "phone_number", "number_type", "sdk_type", "platform_type", "message_id", "country", "resource_id", "destination_country", "asset_id")
WITH received AS (
  SELECT CAST(i.record AS JSON) AS record FROM incoming AS i
), placed AS (
  SELECT record,
    tollgate.single(json_extract(record, '$."TimeGenerated"')) AS time_text,
    tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"'))) AS ingested_text
  FROM received
), found AS (
  SELECT placed.*,
    json_extract(record, '$."TimeGenerated"') AS j1,
    json_extract(record, '$."OperationName"') AS j2,
    json_extract(record, '$."OperationVersion"') AS j3,
    json_extract(record, '$."Category"') AS j4,
    json_extract(record, '$."CorrelationId"') AS j5,
    json_extract(record, '$."ResultType"') AS j6,
    json_extract(record, '$."ResultSignature"') AS j7,
    json_extract(record, '$."ResultDescription"') AS j8,
    json_extract(record, '$."DurationMs"') AS j9,
    json_extract(record, '$."CallerIpAddress"') AS j10,
    json_extract(record, '$."Level"') AS j11,
    json_extract(record, '$."Uri"') AS j12,
    json_extract(record, '$."Method"') AS j13,
    json_extract(record, '$."OutgoingMessageLength"') AS j14,
    json_extract(record, '$."IncomingMessageLength"') AS j15,
    json_extract(record, '$."DeliveryAttempts"') AS j16,
    json_extract(record, '$."PhoneNumber"') AS j17,
    json_extract(record, '$."NumberType"') AS j18,
    json_extract(record, '$."SdkType"') AS j19,
    json_extract(record, '$."PlatformType"') AS j20,
    json_extract(record, '$."MessageId"') AS j21,
    json_extract(record, '$."Country"') AS j22,
    json_extract(record, '$."resourceId"') AS j23
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
    tollgate.single(j23) AS s23
  FROM found
), typed AS (
  SELECT texts.*,
    CASE WHEN (substr(time_text, 11, 1) IN ('T', 't') OR substr(time_text, 9, 1) IN ('T', 't')) AND (substr(time_text, length(time_text), 1) IN ('Z', 'z') OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 2, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 4, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 5, 1) IN ('+', '-'))) THEN tollgate.time_of(time_text) END AS ts,
    coalesce(tollgate.time_of(ingested_text), epoch_ms(now())) AS ingested,
    s1 AS "time_generated",
    s2 AS "operation_name",
    s3 AS "operation_version",
    s4 AS "category",
    s5 AS "correlation_id",
    s6 AS "result_type",
    s7 AS "result_signature",
    s8 AS "result_description",
    CASE WHEN regexp_full_match(CASE WHEN substr(s9, 1, 1) = '-' THEN substr(s9, 2) ELSE s9 END, '[0-9]+') THEN TRY_CAST(s9 AS BIGINT) END AS "duration_ms",
    s10 AS "caller_ip_address",
    s11 AS "level",
    s12 AS "uri",
    s13 AS "method",
    CASE WHEN regexp_full_match(CASE WHEN substr(s14, 1, 1) = '-' THEN substr(s14, 2) ELSE s14 END, '[0-9]+') THEN TRY_CAST(s14 AS BIGINT) END AS "outgoing_message_length",
    CASE WHEN regexp_full_match(CASE WHEN substr(s15, 1, 1) = '-' THEN substr(s15, 2) ELSE s15 END, '[0-9]+') THEN TRY_CAST(s15 AS BIGINT) END AS "incoming_message_length",
    CASE WHEN regexp_full_match(CASE WHEN substr(s16, 1, 1) = '-' THEN substr(s16, 2) ELSE s16 END, '[0-9]+') THEN TRY_CAST(s16 AS BIGINT) END AS "delivery_attempts",
    s17 AS "phone_number",
    s18 AS "number_type",
    s19 AS "sdk_type",
    s20 AS "platform_type",
    s21 AS "message_id",
    s22 AS "country",
    s23 AS "resource_id"
  FROM texts
), derived AS (
  SELECT s.*, s."country" AS "destination_country"
  FROM typed AS s
), derived_2 AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."resource_id", ''), 'azure.acs')) AS "asset_id"
  FROM derived AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."resource_id", ''), 'azure.acs')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "time_generated" IS NULL THEN 'TimeGenerated' END, CASE WHEN j2 IS NOT NULL AND "operation_name" IS NULL THEN 'OperationName' END, CASE WHEN j3 IS NOT NULL AND "operation_version" IS NULL THEN 'OperationVersion' END, CASE WHEN j4 IS NOT NULL AND "category" IS NULL THEN 'Category' END, CASE WHEN j5 IS NOT NULL AND "correlation_id" IS NULL THEN 'CorrelationId' END, CASE WHEN j6 IS NOT NULL AND "result_type" IS NULL THEN 'ResultType' END, CASE WHEN j7 IS NOT NULL AND "result_signature" IS NULL THEN 'ResultSignature' END, CASE WHEN j8 IS NOT NULL AND "result_description" IS NULL THEN 'ResultDescription' END, CASE WHEN j9 IS NOT NULL AND "duration_ms" IS NULL THEN 'DurationMs' END, CASE WHEN j10 IS NOT NULL AND "caller_ip_address" IS NULL THEN 'CallerIpAddress' END, CASE WHEN j11 IS NOT NULL AND "level" IS NULL THEN 'Level' END, CASE WHEN j12 IS NOT NULL AND "uri" IS NULL THEN 'Uri' END, CASE WHEN j13 IS NOT NULL AND "method" IS NULL THEN 'Method' END, CASE WHEN j14 IS NOT NULL AND "outgoing_message_length" IS NULL THEN 'OutgoingMessageLength' END, CASE WHEN j15 IS NOT NULL AND "incoming_message_length" IS NULL THEN 'IncomingMessageLength' END, CASE WHEN j16 IS NOT NULL AND "delivery_attempts" IS NULL THEN 'DeliveryAttempts' END, CASE WHEN j17 IS NOT NULL AND "phone_number" IS NULL THEN 'PhoneNumber' END, CASE WHEN j18 IS NOT NULL AND "number_type" IS NULL THEN 'NumberType' END, CASE WHEN j19 IS NOT NULL AND "sdk_type" IS NULL THEN 'SdkType' END, CASE WHEN j20 IS NOT NULL AND "platform_type" IS NULL THEN 'PlatformType' END, CASE WHEN j21 IS NOT NULL AND "message_id" IS NULL THEN 'MessageId' END, CASE WHEN j22 IS NOT NULL AND "country" IS NULL THEN 'Country' END, CASE WHEN j23 IS NOT NULL AND "resource_id" IS NULL THEN 'resourceId' END], x -> x IS NOT NULL), "time_generated", "operation_name", "operation_version", "category", "correlation_id", "result_type", "result_signature", "result_description", "duration_ms", "caller_ip_address", "level", "uri", "method", "outgoing_message_length", "incoming_message_length", "delivery_attempts", "phone_number", "number_type", "sdk_type", "platform_type", "message_id", "country", "resource_id", "destination_country", "asset_id"
FROM derived_2 WHERE ts IS NOT NULL;
