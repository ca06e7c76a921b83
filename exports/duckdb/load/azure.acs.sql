INSERT INTO "tollgate"."azure_acs" ("event_id", "ts", "ingested", "valueless", "time_generated", "operation_name", "operation_version", "category", "correlation_id", "result_type", "result_signature", "result_description", "duration_ms", "caller_ip_address", "level", "uri", "method", "outgoing_message_length", "incoming_message_length", "delivery_attempts", "phone_number", "number_type", "sdk_type", "platform_type", "message_id", "country", "resource_id", "destination_country", "asset_id")
WITH prepared AS (
  SELECT record FROM incoming
), placed AS (
  SELECT *,
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
  FROM prepared
), read AS (
  SELECT *,
    list_transform([tollgate.single(json_extract(record, '$."TimeGenerated"'))], v -> CASE WHEN regexp_full_match(v, '(?i)[^T]*T.*(Z|[+-][0-9]{2}(:?[0-9]{2})?)') THEN tollgate.time_of(v) END)[1] AS ts,
    coalesce(tollgate.time_of(tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"')))), epoch_ms(now())) AS ingested,
    tollgate.single(j1) AS "time_generated",
    tollgate.single(j2) AS "operation_name",
    tollgate.single(j3) AS "operation_version",
    tollgate.single(j4) AS "category",
    tollgate.single(j5) AS "correlation_id",
    tollgate.single(j6) AS "result_type",
    tollgate.single(j7) AS "result_signature",
    tollgate.single(j8) AS "result_description",
    tollgate.long_of(tollgate.single(j9)) AS "duration_ms",
    tollgate.single(j10) AS "caller_ip_address",
    tollgate.single(j11) AS "level",
    tollgate.single(j12) AS "uri",
    tollgate.single(j13) AS "method",
    tollgate.long_of(tollgate.single(j14)) AS "outgoing_message_length",
    tollgate.long_of(tollgate.single(j15)) AS "incoming_message_length",
    tollgate.long_of(tollgate.single(j16)) AS "delivery_attempts",
    tollgate.single(j17) AS "phone_number",
    tollgate.single(j18) AS "number_type",
    tollgate.single(j19) AS "sdk_type",
    tollgate.single(j20) AS "platform_type",
    tollgate.single(j21) AS "message_id",
    tollgate.single(j22) AS "country",
    tollgate.single(j23) AS "resource_id"
  FROM placed
), step_1 AS (SELECT *, "country" AS "destination_country" FROM read), step_2 AS (SELECT *, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), (SELECT max(a.asset) FROM tollgate.assets AS a WHERE a.account = coalesce(nullif("resource_id", ''), 'azure.acs')), coalesce(nullif("resource_id", ''), 'azure.acs')) AS "asset_id" FROM step_1)
SELECT nextval('tollgate.event_ids'), "ts", "ingested", list_filter([CASE WHEN j1 IS NOT NULL AND "time_generated" IS NULL THEN 'TimeGenerated' END, CASE WHEN j2 IS NOT NULL AND "operation_name" IS NULL THEN 'OperationName' END, CASE WHEN j3 IS NOT NULL AND "operation_version" IS NULL THEN 'OperationVersion' END, CASE WHEN j4 IS NOT NULL AND "category" IS NULL THEN 'Category' END, CASE WHEN j5 IS NOT NULL AND "correlation_id" IS NULL THEN 'CorrelationId' END, CASE WHEN j6 IS NOT NULL AND "result_type" IS NULL THEN 'ResultType' END, CASE WHEN j7 IS NOT NULL AND "result_signature" IS NULL THEN 'ResultSignature' END, CASE WHEN j8 IS NOT NULL AND "result_description" IS NULL THEN 'ResultDescription' END, CASE WHEN j9 IS NOT NULL AND "duration_ms" IS NULL THEN 'DurationMs' END, CASE WHEN j10 IS NOT NULL AND "caller_ip_address" IS NULL THEN 'CallerIpAddress' END, CASE WHEN j11 IS NOT NULL AND "level" IS NULL THEN 'Level' END, CASE WHEN j12 IS NOT NULL AND "uri" IS NULL THEN 'Uri' END, CASE WHEN j13 IS NOT NULL AND "method" IS NULL THEN 'Method' END, CASE WHEN j14 IS NOT NULL AND "outgoing_message_length" IS NULL THEN 'OutgoingMessageLength' END, CASE WHEN j15 IS NOT NULL AND "incoming_message_length" IS NULL THEN 'IncomingMessageLength' END, CASE WHEN j16 IS NOT NULL AND "delivery_attempts" IS NULL THEN 'DeliveryAttempts' END, CASE WHEN j17 IS NOT NULL AND "phone_number" IS NULL THEN 'PhoneNumber' END, CASE WHEN j18 IS NOT NULL AND "number_type" IS NULL THEN 'NumberType' END, CASE WHEN j19 IS NOT NULL AND "sdk_type" IS NULL THEN 'SdkType' END, CASE WHEN j20 IS NOT NULL AND "platform_type" IS NULL THEN 'PlatformType' END, CASE WHEN j21 IS NOT NULL AND "message_id" IS NULL THEN 'MessageId' END, CASE WHEN j22 IS NOT NULL AND "country" IS NULL THEN 'Country' END, CASE WHEN j23 IS NOT NULL AND "resource_id" IS NULL THEN 'resourceId' END], x -> x IS NOT NULL), "time_generated", "operation_name", "operation_version", "category", "correlation_id", "result_type", "result_signature", "result_description", "duration_ms", "caller_ip_address", "level", "uri", "method", "outgoing_message_length", "incoming_message_length", "delivery_attempts", "phone_number", "number_type", "sdk_type", "platform_type", "message_id", "country", "resource_id", "destination_country", "asset_id"
FROM step_2 WHERE ts IS NOT NULL;
