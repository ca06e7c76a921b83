INSERT INTO "tollgate"."application_otp" ("event_id", "ts", "ingested", "valueless", "timestamp", "event_action", "event_reason", "otp_id", "otp_purpose", "otp_channel", "otp_attempt", "destination_number", "destination_sms_pumping_risk", "destination_line_type", "service_name", "user_id", "user_email_disposable", "session_id", "client_ip", "client_fingerprint", "user_agent_original", "provider_name", "provider_message_id", "destination_country", "destination_block", "destination_suffix", "asset_id")
WITH prepared AS (
  SELECT record FROM incoming
), placed AS (
  SELECT *,
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
  FROM prepared
), read AS (
  SELECT *,
    list_transform([tollgate.single(json_extract(record, '$."timestamp"'))], v -> CASE WHEN regexp_full_match(v, '(?i)[^T]*T.*(Z|[+-][0-9]{2}(:?[0-9]{2})?)') THEN tollgate.time_of(v) END)[1] AS ts,
    coalesce(tollgate.time_of(tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"')))), epoch_ms(now())) AS ingested,
    tollgate.single(j1) AS "timestamp",
    tollgate.single(j2) AS "event_action",
    tollgate.single(j3) AS "event_reason",
    tollgate.single(j4) AS "otp_id",
    tollgate.single(j5) AS "otp_purpose",
    tollgate.single(j6) AS "otp_channel",
    tollgate.long_of(tollgate.single(j7)) AS "otp_attempt",
    tollgate.single(j8) AS "destination_number",
    tollgate.long_of(tollgate.single(j9)) AS "destination_sms_pumping_risk",
    tollgate.single(j10) AS "destination_line_type",
    tollgate.single(j11) AS "service_name",
    tollgate.single(j12) AS "user_id",
    CASE lower(tollgate.single(j13)) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "user_email_disposable",
    tollgate.single(j14) AS "session_id",
    tollgate.single(j15) AS "client_ip",
    tollgate.single(j16) AS "client_fingerprint",
    tollgate.single(j17) AS "user_agent_original",
    tollgate.single(j18) AS "provider_name",
    tollgate.single(j19) AS "provider_message_id"
  FROM placed
), step_1 AS (SELECT *, CASE WHEN regexp_full_match("destination_number", '\+[1-9][0-9]{6,14}') THEN coalesce((SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_number", 2, 7)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_number", 2, 6)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_number", 2, 5)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_number", 2, 4)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_number", 2, 3)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_number", 2, 2)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_number", 2, 1))) END AS "destination_country" FROM read), step_2 AS (SELECT *, CASE WHEN regexp_full_match("destination_number", '\+[1-9][0-9]{6,14}') THEN left("destination_number", -4) END AS "destination_block" FROM step_1), step_3 AS (SELECT *, CASE WHEN regexp_full_match("destination_number", '\+[1-9][0-9]{6,14}') THEN right("destination_number", 4) END AS "destination_suffix" FROM step_2), step_4 AS (SELECT *, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), (SELECT max(a.asset) FROM tollgate.assets AS a WHERE a.account = coalesce(nullif("service_name", ''), 'application.otp')), coalesce(nullif("service_name", ''), 'application.otp')) AS "asset_id" FROM step_3)
SELECT nextval('tollgate.event_ids'), "ts", "ingested", list_filter([CASE WHEN j1 IS NOT NULL AND "timestamp" IS NULL THEN 'timestamp' END, CASE WHEN j2 IS NOT NULL AND "event_action" IS NULL THEN 'event.action' END, CASE WHEN j3 IS NOT NULL AND "event_reason" IS NULL THEN 'event.reason' END, CASE WHEN j4 IS NOT NULL AND "otp_id" IS NULL THEN 'otp.id' END, CASE WHEN j5 IS NOT NULL AND "otp_purpose" IS NULL THEN 'otp.purpose' END, CASE WHEN j6 IS NOT NULL AND "otp_channel" IS NULL THEN 'otp.channel' END, CASE WHEN j7 IS NOT NULL AND "otp_attempt" IS NULL THEN 'otp.attempt' END, CASE WHEN j8 IS NOT NULL AND "destination_number" IS NULL THEN 'destination.number' END, CASE WHEN j9 IS NOT NULL AND "destination_sms_pumping_risk" IS NULL THEN 'destination.sms_pumping_risk' END, CASE WHEN j10 IS NOT NULL AND "destination_line_type" IS NULL THEN 'destination.line_type' END, CASE WHEN j11 IS NOT NULL AND "service_name" IS NULL THEN 'service.name' END, CASE WHEN j12 IS NOT NULL AND "user_id" IS NULL THEN 'user.id' END, CASE WHEN j13 IS NOT NULL AND "user_email_disposable" IS NULL THEN 'user.email_disposable' END, CASE WHEN j14 IS NOT NULL AND "session_id" IS NULL THEN 'session.id' END, CASE WHEN j15 IS NOT NULL AND "client_ip" IS NULL THEN 'client.ip' END, CASE WHEN j16 IS NOT NULL AND "client_fingerprint" IS NULL THEN 'client.fingerprint' END, CASE WHEN j17 IS NOT NULL AND "user_agent_original" IS NULL THEN 'user_agent.original' END, CASE WHEN j18 IS NOT NULL AND "provider_name" IS NULL THEN 'provider.name' END, CASE WHEN j19 IS NOT NULL AND "provider_message_id" IS NULL THEN 'provider.message_id' END], x -> x IS NOT NULL), "timestamp", "event_action", "event_reason", "otp_id", "otp_purpose", "otp_channel", "otp_attempt", "destination_number", "destination_sms_pumping_risk", "destination_line_type", "service_name", "user_id", "user_email_disposable", "session_id", "client_ip", "client_fingerprint", "user_agent_original", "provider_name", "provider_message_id", "destination_country", "destination_block", "destination_suffix", "asset_id"
FROM step_4 WHERE ts IS NOT NULL;
