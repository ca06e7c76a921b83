INSERT INTO tollgate."twilio_messaging" ("event_id", "ts", "ingested", "valueless", "specversion", "type", "source", "id", "dataschema", "datacontenttype", "time", "data_message_sid", "data_timestamp", "data_account_sid", "data_event_name", "data_api_version", "data_from", "data_to", "data_message_status", "data_messaging_service_sid", "data_error_code", "data_status_call_back_url", "data_mcc", "data_mnc", "data_raw_dlr_done_date", "data_date_updated", "data_number_of_segments", "destination_number", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id")
WITH received AS (
  SELECT CAST(i.record AS JSON) AS record FROM incoming AS i
), placed AS (
  SELECT record,
    tollgate.single(coalesce(json_extract(record, '$."data"."timestamp"'), json_extract(record, '$."data.timestamp"'))) AS time_text,
    tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"'))) AS ingested_text
  FROM received
), found AS (
  SELECT placed.*,
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
    s1 AS "specversion",
    s2 AS "type",
    s3 AS "source",
    s4 AS "id",
    s5 AS "dataschema",
    s6 AS "datacontenttype",
    s7 AS "time",
    s8 AS "data_message_sid",
    s9 AS "data_timestamp",
    s10 AS "data_account_sid",
    s11 AS "data_event_name",
    s12 AS "data_api_version",
    s13 AS "data_from",
    s14 AS "data_to",
    s15 AS "data_message_status",
    s16 AS "data_messaging_service_sid",
    CASE WHEN regexp_full_match(CASE WHEN substr(s17, 1, 1) = '-' THEN substr(s17, 2) ELSE s17 END, '[0-9]+') THEN TRY_CAST(s17 AS BIGINT) END AS "data_error_code",
    s18 AS "data_status_call_back_url",
    s19 AS "data_mcc",
    s20 AS "data_mnc",
    s21 AS "data_raw_dlr_done_date",
    s22 AS "data_date_updated",
    CASE WHEN regexp_full_match(CASE WHEN substr(s23, 1, 1) = '-' THEN substr(s23, 2) ELSE s23 END, '[0-9]+') THEN TRY_CAST(s23 AS BIGINT) END AS "data_number_of_segments"
  FROM texts
), derived AS (
  SELECT s.*, nullif(substr(s."data_to", instr(s."data_to", ':') + 1), '') AS "destination_number"
  FROM typed AS s
), derived_2 AS (
  SELECT s.*, CASE WHEN substr(s."destination_number", 1, 1) = '+' AND substr(s."destination_number", 2, 1) <> '0' AND length(s."destination_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_number", 2), '[0-9]+') THEN coalesce(p7.country_7, p6.country_6, p5.country_5, p4.country_4, p3.country_3, p2.country_2, p1.country_1) END AS "destination_country"
  FROM derived AS s
  LEFT JOIN (SELECT prefix AS prefix_7, country AS country_7 FROM tollgate."prefixes") AS p7 ON p7.prefix_7 = substr(s."destination_number", 2, 7)
  LEFT JOIN (SELECT prefix AS prefix_6, country AS country_6 FROM tollgate."prefixes") AS p6 ON p6.prefix_6 = substr(s."destination_number", 2, 6)
  LEFT JOIN (SELECT prefix AS prefix_5, country AS country_5 FROM tollgate."prefixes") AS p5 ON p5.prefix_5 = substr(s."destination_number", 2, 5)
  LEFT JOIN (SELECT prefix AS prefix_4, country AS country_4 FROM tollgate."prefixes") AS p4 ON p4.prefix_4 = substr(s."destination_number", 2, 4)
  LEFT JOIN (SELECT prefix AS prefix_3, country AS country_3 FROM tollgate."prefixes") AS p3 ON p3.prefix_3 = substr(s."destination_number", 2, 3)
  LEFT JOIN (SELECT prefix AS prefix_2, country AS country_2 FROM tollgate."prefixes") AS p2 ON p2.prefix_2 = substr(s."destination_number", 2, 2)
  LEFT JOIN (SELECT prefix AS prefix_1, country AS country_1 FROM tollgate."prefixes") AS p1 ON p1.prefix_1 = substr(s."destination_number", 2, 1)
), derived_3 AS (
  SELECT s.*, CASE WHEN substr(s."destination_number", 1, 1) = '+' AND substr(s."destination_number", 2, 1) <> '0' AND length(s."destination_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_number", 2), '[0-9]+') THEN substr(s."destination_number", 1, length(s."destination_number") - 4) END AS "destination_block"
  FROM derived_2 AS s
), derived_4 AS (
  SELECT s.*, CASE WHEN substr(s."destination_number", 1, 1) = '+' AND substr(s."destination_number", 2, 1) <> '0' AND length(s."destination_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_number", 2), '[0-9]+') THEN substr(s."destination_number", 1, length(s."destination_number") - 6) END AS "destination_range"
  FROM derived_3 AS s
), derived_5 AS (
  SELECT s.*, CASE WHEN substr(s."destination_number", 1, 1) = '+' AND substr(s."destination_number", 2, 1) <> '0' AND length(s."destination_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."destination_number", 2), '[0-9]+') THEN substr(s."destination_number", length(s."destination_number") - 3, 4) END AS "destination_suffix"
  FROM derived_4 AS s
), derived_6 AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."data_account_sid", ''), 'twilio.messaging')) AS "asset_id"
  FROM derived_5 AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."data_account_sid", ''), 'twilio.messaging')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "specversion" IS NULL THEN 'specversion' END, CASE WHEN j2 IS NOT NULL AND "type" IS NULL THEN 'type' END, CASE WHEN j3 IS NOT NULL AND "source" IS NULL THEN 'source' END, CASE WHEN j4 IS NOT NULL AND "id" IS NULL THEN 'id' END, CASE WHEN j5 IS NOT NULL AND "dataschema" IS NULL THEN 'dataschema' END, CASE WHEN j6 IS NOT NULL AND "datacontenttype" IS NULL THEN 'datacontenttype' END, CASE WHEN j7 IS NOT NULL AND "time" IS NULL THEN 'time' END, CASE WHEN j8 IS NOT NULL AND "data_message_sid" IS NULL THEN 'data.messageSid' END, CASE WHEN j9 IS NOT NULL AND "data_timestamp" IS NULL THEN 'data.timestamp' END, CASE WHEN j10 IS NOT NULL AND "data_account_sid" IS NULL THEN 'data.accountSid' END, CASE WHEN j11 IS NOT NULL AND "data_event_name" IS NULL THEN 'data.eventName' END, CASE WHEN j12 IS NOT NULL AND "data_api_version" IS NULL THEN 'data.apiVersion' END, CASE WHEN j13 IS NOT NULL AND "data_from" IS NULL THEN 'data.from' END, CASE WHEN j14 IS NOT NULL AND "data_to" IS NULL THEN 'data.to' END, CASE WHEN j15 IS NOT NULL AND "data_message_status" IS NULL THEN 'data.messageStatus' END, CASE WHEN j16 IS NOT NULL AND "data_messaging_service_sid" IS NULL THEN 'data.messagingServiceSid' END, CASE WHEN j17 IS NOT NULL AND "data_error_code" IS NULL THEN 'data.errorCode' END, CASE WHEN j18 IS NOT NULL AND "data_status_call_back_url" IS NULL THEN 'data.statusCallBackUrl' END, CASE WHEN j19 IS NOT NULL AND "data_mcc" IS NULL THEN 'data.mcc' END, CASE WHEN j20 IS NOT NULL AND "data_mnc" IS NULL THEN 'data.mnc' END, CASE WHEN j21 IS NOT NULL AND "data_raw_dlr_done_date" IS NULL THEN 'data.rawDlrDoneDate' END, CASE WHEN j22 IS NOT NULL AND "data_date_updated" IS NULL THEN 'data.dateUpdated' END, CASE WHEN j23 IS NOT NULL AND "data_number_of_segments" IS NULL THEN 'data.numberOfSegments' END], x -> x IS NOT NULL), "specversion", "type", "source", "id", "dataschema", "datacontenttype", "time", "data_message_sid", "data_timestamp", "data_account_sid", "data_event_name", "data_api_version", "data_from", "data_to", "data_message_status", "data_messaging_service_sid", "data_error_code", "data_status_call_back_url", "data_mcc", "data_mnc", "data_raw_dlr_done_date", "data_date_updated", "data_number_of_segments", "destination_number", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id"
FROM derived_6 WHERE ts IS NOT NULL;
