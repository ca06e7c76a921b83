INSERT INTO tollgate."application_otp" ("event_id", "ts", "ingested", "valueless", "timestamp", "event_action", "event_reason", "otp_id", "otp_purpose", "otp_channel", "otp_attempt", "destination_number", "destination_sms_pumping_risk", "destination_line_type", "service_name", "user_id", "user_email_disposable", "session_id", "client_ip", "client_fingerprint", "user_agent_original", "provider_name", "provider_message_id", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id")
WITH received AS (
  SELECT CAST(i.record AS JSON) AS record FROM incoming AS i
), placed AS (
  SELECT record,
    tollgate.single(json_extract(record, '$."timestamp"')) AS time_text,
    tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"'))) AS ingested_text
  FROM received
), found AS (
  SELECT placed.*,
    json_extract(record, '$."timestamp"') AS j1,
    coalesce(json_extract(record, '$."event"."action"'), json_extract(record, '$."event.action"')) AS j2,
    coalesce(json_extract(record, '$."event"."reason"'), json_extract(record, '$."event.reason"')) AS j3,
    coalesce(json_extract(record, '$."otp"."id"'), json_extract(record, '$."otp.id"')) AS j4,
    coalesce(json_extract(record, '$."otp"."purpose"'), json_extract(record, '$."otp.purpose"')) AS j5,
    coalesce(json_extract(record, '$."otp"."channel"'), json_extract(record, '$."otp.channel"')) AS j6,
    coalesce(json_extract(record, '$."otp"."attempt"'), json_extract(record, '$."otp.attempt"')) AS j7,
    coalesce(json_extract(record, '$."destination"."number"'), json_extract(record, '$."destination.number"')) AS j8,
    coalesce(json_extract(record, '$."destination"."sms_pumping_risk"'), json_extract(record, '$."destination.sms_pumping_risk"')) AS j9,
    coalesce(json_extract(record, '$."destination"."line_type"'), json_extract(record, '$."destination.line_type"')) AS j10,
    coalesce(json_extract(record, '$."service"."name"'), json_extract(record, '$."service.name"')) AS j11,
    coalesce(json_extract(record, '$."user"."id"'), json_extract(record, '$."user.id"')) AS j12,
    coalesce(json_extract(record, '$."user"."email_disposable"'), json_extract(record, '$."user.email_disposable"')) AS j13,
    coalesce(json_extract(record, '$."session"."id"'), json_extract(record, '$."session.id"')) AS j14,
    coalesce(json_extract(record, '$."client"."ip"'), json_extract(record, '$."client.ip"')) AS j15,
    coalesce(json_extract(record, '$."client"."fingerprint"'), json_extract(record, '$."client.fingerprint"')) AS j16,
    coalesce(json_extract(record, '$."user_agent"."original"'), json_extract(record, '$."user_agent.original"')) AS j17,
    coalesce(json_extract(record, '$."provider"."name"'), json_extract(record, '$."provider.name"')) AS j18,
    coalesce(json_extract(record, '$."provider"."message_id"'), json_extract(record, '$."provider.message_id"')) AS j19
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
    tollgate.single(j19) AS s19
  FROM found
), typed AS (
  SELECT texts.*,
    CASE WHEN (substr(time_text, 11, 1) IN ('T', 't') OR substr(time_text, 9, 1) IN ('T', 't')) AND (substr(time_text, length(time_text), 1) IN ('Z', 'z') OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 2, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 4, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 5, 1) IN ('+', '-'))) THEN tollgate.time_of(time_text) END AS ts,
    coalesce(tollgate.time_of(ingested_text), epoch_ms(now())) AS ingested,
    s1 AS "timestamp",
    s2 AS "event_action",
    s3 AS "event_reason",
    s4 AS "otp_id",
    s5 AS "otp_purpose",
    s6 AS "otp_channel",
    CASE WHEN regexp_full_match(CASE WHEN substr(s7, 1, 1) = '-' THEN substr(s7, 2) ELSE s7 END, '[0-9]+') THEN TRY_CAST(s7 AS BIGINT) END AS "otp_attempt",
    s8 AS "destination_number",
    CASE WHEN regexp_full_match(CASE WHEN substr(s9, 1, 1) = '-' THEN substr(s9, 2) ELSE s9 END, '[0-9]+') THEN TRY_CAST(s9 AS BIGINT) END AS "destination_sms_pumping_risk",
    s10 AS "destination_line_type",
    s11 AS "service_name",
    s12 AS "user_id",
    CASE lower(s13) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "user_email_disposable",
    s14 AS "session_id",
    s15 AS "client_ip",
    s16 AS "client_fingerprint",
    s17 AS "user_agent_original",
    s18 AS "provider_name",
    s19 AS "provider_message_id"
  FROM texts
), derived AS (
  SELECT s.*, CASE WHEN substr(s."destination_number", 1, 1) = '+' AND substr(s."destination_number", 2, 1) <> '0' AND length(s."destination_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_number", 2), '[0-9]+') THEN coalesce(p7.country_7, p6.country_6, p5.country_5, p4.country_4, p3.country_3, p2.country_2, p1.country_1) END AS "destination_country"
  FROM typed AS s
  LEFT JOIN (SELECT prefix AS prefix_7, country AS country_7 FROM tollgate."prefixes") AS p7 ON p7.prefix_7 = substr(s."destination_number", 2, 7)
  LEFT JOIN (SELECT prefix AS prefix_6, country AS country_6 FROM tollgate."prefixes") AS p6 ON p6.prefix_6 = substr(s."destination_number", 2, 6)
  LEFT JOIN (SELECT prefix AS prefix_5, country AS country_5 FROM tollgate."prefixes") AS p5 ON p5.prefix_5 = substr(s."destination_number", 2, 5)
  LEFT JOIN (SELECT prefix AS prefix_4, country AS country_4 FROM tollgate."prefixes") AS p4 ON p4.prefix_4 = substr(s."destination_number", 2, 4)
  LEFT JOIN (SELECT prefix AS prefix_3, country AS country_3 FROM tollgate."prefixes") AS p3 ON p3.prefix_3 = substr(s."destination_number", 2, 3)
  LEFT JOIN (SELECT prefix AS prefix_2, country AS country_2 FROM tollgate."prefixes") AS p2 ON p2.prefix_2 = substr(s."destination_number", 2, 2)
  LEFT JOIN (SELECT prefix AS prefix_1, country AS country_1 FROM tollgate."prefixes") AS p1 ON p1.prefix_1 = substr(s."destination_number", 2, 1)
), derived_2 AS (
  SELECT s.*, CASE WHEN substr(s."destination_number", 1, 1) = '+' AND substr(s."destination_number", 2, 1) <> '0' AND length(s."destination_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_number", 2), '[0-9]+') THEN substr(s."destination_number", 1, length(s."destination_number") - 4) END AS "destination_block"
  FROM derived AS s
), derived_3 AS (
  SELECT s.*, CASE WHEN substr(s."destination_number", 1, 1) = '+' AND substr(s."destination_number", 2, 1) <> '0' AND length(s."destination_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_number", 2), '[0-9]+') THEN substr(s."destination_number", 1, length(s."destination_number") - 6) END AS "destination_range"
  FROM derived_2 AS s
), derived_4 AS (
  SELECT s.*, CASE WHEN substr(s."destination_number", 1, 1) = '+' AND substr(s."destination_number", 2, 1) <> '0' AND length(s."destination_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_number", 2), '[0-9]+') THEN substr(s."destination_number", length(s."destination_number") - 3, 4) END AS "destination_suffix"
  FROM derived_3 AS s
), derived_5 AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."service_name", ''), 'application.otp')) AS "asset_id"
  FROM derived_4 AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."service_name", ''), 'application.otp')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "timestamp" IS NULL THEN 'timestamp' END, CASE WHEN j2 IS NOT NULL AND "event_action" IS NULL THEN 'event.action' END, CASE WHEN j3 IS NOT NULL AND "event_reason" IS NULL THEN 'event.reason' END, CASE WHEN j4 IS NOT NULL AND "otp_id" IS NULL THEN 'otp.id' END, CASE WHEN j5 IS NOT NULL AND "otp_purpose" IS NULL THEN 'otp.purpose' END, CASE WHEN j6 IS NOT NULL AND "otp_channel" IS NULL THEN 'otp.channel' END, CASE WHEN j7 IS NOT NULL AND "otp_attempt" IS NULL THEN 'otp.attempt' END, CASE WHEN j8 IS NOT NULL AND "destination_number" IS NULL THEN 'destination.number' END, CASE WHEN j9 IS NOT NULL AND "destination_sms_pumping_risk" IS NULL THEN 'destination.sms_pumping_risk' END, CASE WHEN j10 IS NOT NULL AND "destination_line_type" IS NULL THEN 'destination.line_type' END, CASE WHEN j11 IS NOT NULL AND "service_name" IS NULL THEN 'service.name' END, CASE WHEN j12 IS NOT NULL AND "user_id" IS NULL THEN 'user.id' END, CASE WHEN j13 IS NOT NULL AND "user_email_disposable" IS NULL THEN 'user.email_disposable' END, CASE WHEN j14 IS NOT NULL AND "session_id" IS NULL THEN 'session.id' END, CASE WHEN j15 IS NOT NULL AND "client_ip" IS NULL THEN 'client.ip' END, CASE WHEN j16 IS NOT NULL AND "client_fingerprint" IS NULL THEN 'client.fingerprint' END, CASE WHEN j17 IS NOT NULL AND "user_agent_original" IS NULL THEN 'user_agent.original' END, CASE WHEN j18 IS NOT NULL AND "provider_name" IS NULL THEN 'provider.name' END, CASE WHEN j19 IS NOT NULL AND "provider_message_id" IS NULL THEN 'provider.message_id' END], x -> x IS NOT NULL), "timestamp", "event_action", "event_reason", "otp_id", "otp_purpose", "otp_channel", "otp_attempt", "destination_number", "destination_sms_pumping_risk", "destination_line_type", "service_name", "user_id", "user_email_disposable", "session_id", "client_ip", "client_fingerprint", "user_agent_original", "provider_name", "provider_message_id", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id"
FROM derived_5 WHERE ts IS NOT NULL;
