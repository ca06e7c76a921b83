INSERT INTO "tollgate"."azure_entra" ("event_id", "ts", "ingested", "valueless", "time_generated", "id", "correlation_id", "operation_name", "category", "aadtenant_id", "app_display_name", "user_id", "ipaddress", "user_agent", "is_interactive", "authentication_requirement", "result_type", "result_description", "mfa_detail_auth_method", "asset_id")
WITH prepared AS (
  SELECT record FROM incoming
), placed AS (
  SELECT *,
    json_extract(record, '$."TimeGenerated"') AS j1,
    json_extract(record, '$."Id"') AS j2,
    json_extract(record, '$."CorrelationId"') AS j3,
    json_extract(record, '$."OperationName"') AS j4,
    json_extract(record, '$."Category"') AS j5,
    json_extract(record, '$."AADTenantId"') AS j6,
    json_extract(record, '$."AppDisplayName"') AS j7,
    json_extract(record, '$."UserId"') AS j8,
    json_extract(record, '$."IPAddress"') AS j9,
    json_extract(record, '$."UserAgent"') AS j10,
    json_extract(record, '$."IsInteractive"') AS j11,
    json_extract(record, '$."AuthenticationRequirement"') AS j12,
    json_extract(record, '$."ResultType"') AS j13,
    json_extract(record, '$."ResultDescription"') AS j14,
    coalesce(json_extract(record, '$."MfaDetail"."authMethod"'), json_extract(record, '$."MfaDetail.authMethod"')) AS j15
  FROM prepared
), read AS (
  SELECT *,
    list_transform([tollgate.single(json_extract(record, '$."TimeGenerated"'))], v -> CASE WHEN regexp_full_match(v, '(?i)[^T]*T.*(Z|[+-][0-9]{2}(:?[0-9]{2})?)') THEN tollgate.time_of(v) END)[1] AS ts,
    coalesce(tollgate.time_of(tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"')))), epoch_ms(now())) AS ingested,
    tollgate.single(j1) AS "time_generated",
    tollgate.single(j2) AS "id",
    tollgate.single(j3) AS "correlation_id",
    tollgate.single(j4) AS "operation_name",
    tollgate.single(j5) AS "category",
    tollgate.single(j6) AS "aadtenant_id",
    tollgate.single(j7) AS "app_display_name",
    tollgate.single(j8) AS "user_id",
    tollgate.single(j9) AS "ipaddress",
    tollgate.single(j10) AS "user_agent",
    CASE lower(tollgate.single(j11)) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "is_interactive",
    tollgate.single(j12) AS "authentication_requirement",
    tollgate.single(j13) AS "result_type",
    tollgate.single(j14) AS "result_description",
    tollgate.single(j15) AS "mfa_detail_auth_method"
  FROM placed
), step_1 AS (SELECT *, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), (SELECT max(a.asset) FROM tollgate.assets AS a WHERE a.account = coalesce(nullif("aadtenant_id", ''), 'azure.entra')), coalesce(nullif("aadtenant_id", ''), 'azure.entra')) AS "asset_id" FROM read)
SELECT nextval('tollgate.event_ids'), "ts", "ingested", list_filter([CASE WHEN j1 IS NOT NULL AND "time_generated" IS NULL THEN 'TimeGenerated' END, CASE WHEN j2 IS NOT NULL AND "id" IS NULL THEN 'Id' END, CASE WHEN j3 IS NOT NULL AND "correlation_id" IS NULL THEN 'CorrelationId' END, CASE WHEN j4 IS NOT NULL AND "operation_name" IS NULL THEN 'OperationName' END, CASE WHEN j5 IS NOT NULL AND "category" IS NULL THEN 'Category' END, CASE WHEN j6 IS NOT NULL AND "aadtenant_id" IS NULL THEN 'AADTenantId' END, CASE WHEN j7 IS NOT NULL AND "app_display_name" IS NULL THEN 'AppDisplayName' END, CASE WHEN j8 IS NOT NULL AND "user_id" IS NULL THEN 'UserId' END, CASE WHEN j9 IS NOT NULL AND "ipaddress" IS NULL THEN 'IPAddress' END, CASE WHEN j10 IS NOT NULL AND "user_agent" IS NULL THEN 'UserAgent' END, CASE WHEN j11 IS NOT NULL AND "is_interactive" IS NULL THEN 'IsInteractive' END, CASE WHEN j12 IS NOT NULL AND "authentication_requirement" IS NULL THEN 'AuthenticationRequirement' END, CASE WHEN j13 IS NOT NULL AND "result_type" IS NULL THEN 'ResultType' END, CASE WHEN j14 IS NOT NULL AND "result_description" IS NULL THEN 'ResultDescription' END, CASE WHEN j15 IS NOT NULL AND "mfa_detail_auth_method" IS NULL THEN 'MfaDetail.authMethod' END], x -> x IS NOT NULL), "time_generated", "id", "correlation_id", "operation_name", "category", "aadtenant_id", "app_display_name", "user_id", "ipaddress", "user_agent", "is_interactive", "authentication_requirement", "result_type", "result_description", "mfa_detail_auth_method", "asset_id"
FROM step_1 WHERE ts IS NOT NULL;
