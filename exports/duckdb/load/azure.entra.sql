INSERT INTO tollgate."azure_entra" ("event_id", "ts", "ingested", "valueless", "time_generated", "id", "correlation_id", "operation_name", "category", "aadtenant_id", "app_display_name", "user_id", "ipaddress", "user_agent", "is_interactive", "authentication_requirement", "result_type", "result_description", "mfa_detail_auth_method", "asset_id")
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
    s1 AS "time_generated",
    s2 AS "id",
    s3 AS "correlation_id",
    s4 AS "operation_name",
    s5 AS "category",
    s6 AS "aadtenant_id",
    s7 AS "app_display_name",
    s8 AS "user_id",
    s9 AS "ipaddress",
    s10 AS "user_agent",
    CASE lower(s11) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "is_interactive",
    s12 AS "authentication_requirement",
    s13 AS "result_type",
    s14 AS "result_description",
    s15 AS "mfa_detail_auth_method"
  FROM texts
), derived AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."aadtenant_id", ''), 'azure.entra')) AS "asset_id"
  FROM typed AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."aadtenant_id", ''), 'azure.entra')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "time_generated" IS NULL THEN 'TimeGenerated' END, CASE WHEN j2 IS NOT NULL AND "id" IS NULL THEN 'Id' END, CASE WHEN j3 IS NOT NULL AND "correlation_id" IS NULL THEN 'CorrelationId' END, CASE WHEN j4 IS NOT NULL AND "operation_name" IS NULL THEN 'OperationName' END, CASE WHEN j5 IS NOT NULL AND "category" IS NULL THEN 'Category' END, CASE WHEN j6 IS NOT NULL AND "aadtenant_id" IS NULL THEN 'AADTenantId' END, CASE WHEN j7 IS NOT NULL AND "app_display_name" IS NULL THEN 'AppDisplayName' END, CASE WHEN j8 IS NOT NULL AND "user_id" IS NULL THEN 'UserId' END, CASE WHEN j9 IS NOT NULL AND "ipaddress" IS NULL THEN 'IPAddress' END, CASE WHEN j10 IS NOT NULL AND "user_agent" IS NULL THEN 'UserAgent' END, CASE WHEN j11 IS NOT NULL AND "is_interactive" IS NULL THEN 'IsInteractive' END, CASE WHEN j12 IS NOT NULL AND "authentication_requirement" IS NULL THEN 'AuthenticationRequirement' END, CASE WHEN j13 IS NOT NULL AND "result_type" IS NULL THEN 'ResultType' END, CASE WHEN j14 IS NOT NULL AND "result_description" IS NULL THEN 'ResultDescription' END, CASE WHEN j15 IS NOT NULL AND "mfa_detail_auth_method" IS NULL THEN 'MfaDetail.authMethod' END], x -> x IS NOT NULL), "time_generated", "id", "correlation_id", "operation_name", "category", "aadtenant_id", "app_display_name", "user_id", "ipaddress", "user_agent", "is_interactive", "authentication_requirement", "result_type", "result_description", "mfa_detail_auth_method", "asset_id"
FROM derived WHERE ts IS NOT NULL;
