INSERT INTO "tollgate"."twilio_messaging" ("event_id", "ts", "ingested", "valueless", "specversion", "type", "source", "id", "dataschema", "datacontenttype", "time", "data_message_sid", "data_timestamp", "data_account_sid", "data_event_name", "data_api_version", "data_from", "data_to", "data_message_status", "data_messaging_service_sid", "data_error_code", "data_status_call_back_url", "data_mcc", "data_mnc", "data_raw_dlr_done_date", "data_date_updated", "data_number_of_segments", "destination_number", "destination_country", "destination_block", "destination_suffix", "asset_id")
WITH prepared AS (
  SELECT record FROM incoming
), placed AS (
  SELECT *,
    json_extract(record, '$."specversion"') AS j1,
    json_extract(record, '$."type"') AS j2,
    json_extract(record, '$."source"') AS j3,
    json_extract(record, '$."id"') AS j4,
    json_extract(record, '$."dataschema"') AS j5,
    json_extract(record, '$."datacontenttype"') AS j6,
    json_extract(record, '$."time"') AS j7,
    coalesce(json_extract(record, '$."data"."messageSid"'), json_extract(record, '$."data.messageSid"')) AS j8,
    coalesce(json_extract(record, '$."data"."timestamp"'), json_extract(record, '$."data.timestamp"')) AS j9,
    coalesce(json_extract(record, '$."data"."accountSid"'), json_extract(record, '$."data.accountSid"')) AS j10,
    coalesce(json_extract(record, '$."data"."eventName"'), json_extract(record, '$."data.eventName"')) AS j11,
    coalesce(json_extract(record, '$."data"."apiVersion"'), json_extract(record, '$."data.apiVersion"')) AS j12,
    coalesce(json_extract(record, '$."data"."from"'), json_extract(record, '$."data.from"')) AS j13,
    coalesce(json_extract(record, '$."data"."to"'), json_extract(record, '$."data.to"')) AS j14,
    coalesce(json_extract(record, '$."data"."messageStatus"'), json_extract(record, '$."data.messageStatus"')) AS j15,
    coalesce(json_extract(record, '$."data"."messagingServiceSid"'), json_extract(record, '$."data.messagingServiceSid"')) AS j16,
    coalesce(json_extract(record, '$."data"."errorCode"'), json_extract(record, '$."data.errorCode"')) AS j17,
    coalesce(json_extract(record, '$."data"."statusCallBackUrl"'), json_extract(record, '$."data.statusCallBackUrl"')) AS j18,
    coalesce(json_extract(record, '$."data"."mcc"'), json_extract(record, '$."data.mcc"')) AS j19,
    coalesce(json_extract(record, '$."data"."mnc"'), json_extract(record, '$."data.mnc"')) AS j20,
    coalesce(json_extract(record, '$."data"."rawDlrDoneDate"'), json_extract(record, '$."data.rawDlrDoneDate"')) AS j21,
    coalesce(json_extract(record, '$."data"."dateUpdated"'), json_extract(record, '$."data.dateUpdated"')) AS j22,
    coalesce(json_extract(record, '$."data"."numberOfSegments"'), json_extract(record, '$."data.numberOfSegments"')) AS j23
  FROM prepared
), read AS (
  SELECT *,
    list_transform([tollgate.single(coalesce(json_extract(record, '$."data"."timestamp"'), json_extract(record, '$."data.timestamp"')))], v -> CASE WHEN regexp_full_match(v, '(?i)[^T]*T.*(Z|[+-][0-9]{2}(:?[0-9]{2})?)') THEN tollgate.time_of(v) END)[1] AS ts,
    coalesce(tollgate.time_of(tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"')))), epoch_ms(now())) AS ingested,
    tollgate.single(j1) AS "specversion",
    tollgate.single(j2) AS "type",
    tollgate.single(j3) AS "source",
    tollgate.single(j4) AS "id",
    tollgate.single(j5) AS "dataschema",
    tollgate.single(j6) AS "datacontenttype",
    tollgate.single(j7) AS "time",
    tollgate.single(j8) AS "data_message_sid",
    tollgate.single(j9) AS "data_timestamp",
    tollgate.single(j10) AS "data_account_sid",
    tollgate.single(j11) AS "data_event_name",
    tollgate.single(j12) AS "data_api_version",
    tollgate.single(j13) AS "data_from",
    tollgate.single(j14) AS "data_to",
    tollgate.single(j15) AS "data_message_status",
    tollgate.single(j16) AS "data_messaging_service_sid",
    tollgate.long_of(tollgate.single(j17)) AS "data_error_code",
    tollgate.single(j18) AS "data_status_call_back_url",
    tollgate.single(j19) AS "data_mcc",
    tollgate.single(j20) AS "data_mnc",
    tollgate.single(j21) AS "data_raw_dlr_done_date",
    tollgate.single(j22) AS "data_date_updated",
    tollgate.long_of(tollgate.single(j23)) AS "data_number_of_segments"
  FROM placed
), step_1 AS (SELECT *, nullif(substr("data_to", instr("data_to", ':') + 1), '') AS "destination_number" FROM read), step_2 AS (SELECT *, CASE WHEN regexp_full_match("destination_number", '\+[1-9][0-9]{6,14}') THEN coalesce((SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_number", 2, 7)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_number", 2, 6)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_number", 2, 5)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_number", 2, 4)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_number", 2, 3)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_number", 2, 2)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("destination_number", 2, 1))) END AS "destination_country" FROM step_1), step_3 AS (SELECT *, CASE WHEN regexp_full_match("destination_number", '\+[1-9][0-9]{6,14}') THEN left("destination_number", -4) END AS "destination_block" FROM step_2), step_4 AS (SELECT *, CASE WHEN regexp_full_match("destination_number", '\+[1-9][0-9]{6,14}') THEN right("destination_number", 4) END AS "destination_suffix" FROM step_3), step_5 AS (SELECT *, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), (SELECT max(a.asset) FROM tollgate.assets AS a WHERE a.account = coalesce(nullif("data_account_sid", ''), 'twilio.messaging')), coalesce(nullif("data_account_sid", ''), 'twilio.messaging')) AS "asset_id" FROM step_4)
SELECT nextval('tollgate.event_ids'), "ts", "ingested", list_filter([CASE WHEN j1 IS NOT NULL AND "specversion" IS NULL THEN 'specversion' END, CASE WHEN j2 IS NOT NULL AND "type" IS NULL THEN 'type' END, CASE WHEN j3 IS NOT NULL AND "source" IS NULL THEN 'source' END, CASE WHEN j4 IS NOT NULL AND "id" IS NULL THEN 'id' END, CASE WHEN j5 IS NOT NULL AND "dataschema" IS NULL THEN 'dataschema' END, CASE WHEN j6 IS NOT NULL AND "datacontenttype" IS NULL THEN 'datacontenttype' END, CASE WHEN j7 IS NOT NULL AND "time" IS NULL THEN 'time' END, CASE WHEN j8 IS NOT NULL AND "data_message_sid" IS NULL THEN 'data.messageSid' END, CASE WHEN j9 IS NOT NULL AND "data_timestamp" IS NULL THEN 'data.timestamp' END, CASE WHEN j10 IS NOT NULL AND "data_account_sid" IS NULL THEN 'data.accountSid' END, CASE WHEN j11 IS NOT NULL AND "data_event_name" IS NULL THEN 'data.eventName' END, CASE WHEN j12 IS NOT NULL AND "data_api_version" IS NULL THEN 'data.apiVersion' END, CASE WHEN j13 IS NOT NULL AND "data_from" IS NULL THEN 'data.from' END, CASE WHEN j14 IS NOT NULL AND "data_to" IS NULL THEN 'data.to' END, CASE WHEN j15 IS NOT NULL AND "data_message_status" IS NULL THEN 'data.messageStatus' END, CASE WHEN j16 IS NOT NULL AND "data_messaging_service_sid" IS NULL THEN 'data.messagingServiceSid' END, CASE WHEN j17 IS NOT NULL AND "data_error_code" IS NULL THEN 'data.errorCode' END, CASE WHEN j18 IS NOT NULL AND "data_status_call_back_url" IS NULL THEN 'data.statusCallBackUrl' END, CASE WHEN j19 IS NOT NULL AND "data_mcc" IS NULL THEN 'data.mcc' END, CASE WHEN j20 IS NOT NULL AND "data_mnc" IS NULL THEN 'data.mnc' END, CASE WHEN j21 IS NOT NULL AND "data_raw_dlr_done_date" IS NULL THEN 'data.rawDlrDoneDate' END, CASE WHEN j22 IS NOT NULL AND "data_date_updated" IS NULL THEN 'data.dateUpdated' END, CASE WHEN j23 IS NOT NULL AND "data_number_of_segments" IS NULL THEN 'data.numberOfSegments' END], x -> x IS NOT NULL), "specversion", "type", "source", "id", "dataschema", "datacontenttype", "time", "data_message_sid", "data_timestamp", "data_account_sid", "data_event_name", "data_api_version", "data_from", "data_to", "data_message_status", "data_messaging_service_sid", "data_error_code", "data_status_call_back_url", "data_mcc", "data_mnc", "data_raw_dlr_done_date", "data_date_updated", "data_number_of_segments", "destination_number", "destination_country", "destination_block", "destination_suffix", "asset_id"
FROM step_5 WHERE ts IS NOT NULL;
