INSERT INTO tollgate."infobip_sms" ("event_id", "ts", "ingested", "valueless", "message_id", "bulk_id", "to", "sender", "sent_at", "done_at", "message_count", "mcc_mnc", "price_price_per_message", "price_currency", "status_group_id", "status_group_name", "status_id", "status_name", "error_group_id", "error_group_name", "error_id", "error_name", "error_permanent", "callback_data", "platform_application_id", "platform_entity_id", "campaign_reference_id", "destination_number", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id")
WITH received AS (
  SELECT CAST(i.record AS JSON) AS record FROM incoming AS i
), placed AS (
  SELECT record,
    tollgate.single(json_extract(record, '$."doneAt"')) AS time_text,
    tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"'))) AS ingested_text
  FROM received
), found AS (
  SELECT placed.*,
    json_extract(record, '$."messageId"') AS j1,
    json_extract(record, '$."bulkId"') AS j2,
    json_extract(record, '$."to"') AS j3,
    json_extract(record, '$."sender"') AS j4,
    json_extract(record, '$."sentAt"') AS j5,
    json_extract(record, '$."doneAt"') AS j6,
    json_extract(record, '$."messageCount"') AS j7,
    json_extract(record, '$."mccMnc"') AS j8,
    coalesce(json_extract(record, '$."price"."pricePerMessage"'), json_extract(record, '$."price.pricePerMessage"')) AS j9,
    coalesce(json_extract(record, '$."price"."currency"'), json_extract(record, '$."price.currency"')) AS j10,
    coalesce(json_extract(record, '$."status"."groupId"'), json_extract(record, '$."status.groupId"')) AS j11,
    coalesce(json_extract(record, '$."status"."groupName"'), json_extract(record, '$."status.groupName"')) AS j12,
    coalesce(json_extract(record, '$."status"."id"'), json_extract(record, '$."status.id"')) AS j13,
    coalesce(json_extract(record, '$."status"."name"'), json_extract(record, '$."status.name"')) AS j14,
    coalesce(json_extract(record, '$."error"."groupId"'), json_extract(record, '$."error.groupId"')) AS j15,
    coalesce(json_extract(record, '$."error"."groupName"'), json_extract(record, '$."error.groupName"')) AS j16,
    coalesce(json_extract(record, '$."error"."id"'), json_extract(record, '$."error.id"')) AS j17,
    coalesce(json_extract(record, '$."error"."name"'), json_extract(record, '$."error.name"')) AS j18,
    coalesce(json_extract(record, '$."error"."permanent"'), json_extract(record, '$."error.permanent"')) AS j19,
    json_extract(record, '$."callbackData"') AS j20,
    coalesce(json_extract(record, '$."platform"."applicationId"'), json_extract(record, '$."platform.applicationId"')) AS j21,
    coalesce(json_extract(record, '$."platform"."entityId"'), json_extract(record, '$."platform.entityId"')) AS j22,
    json_extract(record, '$."campaignReferenceId"') AS j23
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
    s1 AS "message_id",
    s2 AS "bulk_id",
    s3 AS "to",
    s4 AS "sender",
    s5 AS "sent_at",
    s6 AS "done_at",
    CASE WHEN regexp_full_match(CASE WHEN substr(s7, 1, 1) = '-' THEN substr(s7, 2) ELSE s7 END, '[0-9]+') THEN TRY_CAST(s7 AS BIGINT) END AS "message_count",
    s8 AS "mcc_mnc",
    tollgate.number_of(s9) AS "price_price_per_message",
    s10 AS "price_currency",
    CASE WHEN regexp_full_match(CASE WHEN substr(s11, 1, 1) = '-' THEN substr(s11, 2) ELSE s11 END, '[0-9]+') THEN TRY_CAST(s11 AS BIGINT) END AS "status_group_id",
    s12 AS "status_group_name",
    CASE WHEN regexp_full_match(CASE WHEN substr(s13, 1, 1) = '-' THEN substr(s13, 2) ELSE s13 END, '[0-9]+') THEN TRY_CAST(s13 AS BIGINT) END AS "status_id",
    s14 AS "status_name",
    CASE WHEN regexp_full_match(CASE WHEN substr(s15, 1, 1) = '-' THEN substr(s15, 2) ELSE s15 END, '[0-9]+') THEN TRY_CAST(s15 AS BIGINT) END AS "error_group_id",
    s16 AS "error_group_name",
    CASE WHEN regexp_full_match(CASE WHEN substr(s17, 1, 1) = '-' THEN substr(s17, 2) ELSE s17 END, '[0-9]+') THEN TRY_CAST(s17 AS BIGINT) END AS "error_id",
    s18 AS "error_name",
    CASE lower(s19) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "error_permanent",
    s20 AS "callback_data",
    s21 AS "platform_application_id",
    s22 AS "platform_entity_id",
    s23 AS "campaign_reference_id"
  FROM texts
), derived AS (
  SELECT s.*, s."to" AS "destination_number"
  FROM typed AS s
), derived_2 AS (
  SELECT s.*, CASE WHEN substr(s."to", 1, 1) = '+' AND substr(s."to", 2, 1) <> '0' AND length(s."to") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."to", 2), '[0-9]+') THEN coalesce(p7.country_7, p6.country_6, p5.country_5, p4.country_4, p3.country_3, p2.country_2, p1.country_1) END AS "destination_country"
  FROM derived AS s
  LEFT JOIN (SELECT prefix AS prefix_7, country AS country_7 FROM tollgate."prefixes") AS p7 ON p7.prefix_7 = substr(s."to", 2, 7)
  LEFT JOIN (SELECT prefix AS prefix_6, country AS country_6 FROM tollgate."prefixes") AS p6 ON p6.prefix_6 = substr(s."to", 2, 6)
  LEFT JOIN (SELECT prefix AS prefix_5, country AS country_5 FROM tollgate."prefixes") AS p5 ON p5.prefix_5 = substr(s."to", 2, 5)
  LEFT JOIN (SELECT prefix AS prefix_4, country AS country_4 FROM tollgate."prefixes") AS p4 ON p4.prefix_4 = substr(s."to", 2, 4)
  LEFT JOIN (SELECT prefix AS prefix_3, country AS country_3 FROM tollgate."prefixes") AS p3 ON p3.prefix_3 = substr(s."to", 2, 3)
  LEFT JOIN (SELECT prefix AS prefix_2, country AS country_2 FROM tollgate."prefixes") AS p2 ON p2.prefix_2 = substr(s."to", 2, 2)
  LEFT JOIN (SELECT prefix AS prefix_1, country AS country_1 FROM tollgate."prefixes") AS p1 ON p1.prefix_1 = substr(s."to", 2, 1)
), derived_3 AS (
  SELECT s.*, CASE WHEN substr(s."to", 1, 1) = '+' AND substr(s."to", 2, 1) <> '0' AND length(s."to") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."to", 2), '[0-9]+') THEN substr(s."to", 1, length(s."to") - 4) END AS "destination_block"
  FROM derived_2 AS s
), derived_4 AS (
  SELECT s.*, CASE WHEN substr(s."to", 1, 1) = '+' AND substr(s."to", 2, 1) <> '0' AND length(s."to") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."to", 2), '[0-9]+') THEN substr(s."to", 1, length(s."to") - 6) END AS "destination_range"
  FROM derived_3 AS s
), derived_5 AS (
  SELECT s.*, CASE WHEN substr(s."to", 1, 1) = '+' AND substr(s."to", 2, 1) <> '0' AND length(s."to") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."to", 2), '[0-9]+') THEN substr(s."to", length(s."to") - 3, 4) END AS "destination_suffix"
  FROM derived_4 AS s
), derived_6 AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."platform_application_id", ''), 'infobip.sms')) AS "asset_id"
  FROM derived_5 AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."platform_application_id", ''), 'infobip.sms')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "message_id" IS NULL THEN 'messageId' END, CASE WHEN j2 IS NOT NULL AND "bulk_id" IS NULL THEN 'bulkId' END, CASE WHEN j3 IS NOT NULL AND "to" IS NULL THEN 'to' END, CASE WHEN j4 IS NOT NULL AND "sender" IS NULL THEN 'sender' END, CASE WHEN j5 IS NOT NULL AND "sent_at" IS NULL THEN 'sentAt' END, CASE WHEN j6 IS NOT NULL AND "done_at" IS NULL THEN 'doneAt' END, CASE WHEN j7 IS NOT NULL AND "message_count" IS NULL THEN 'messageCount' END, CASE WHEN j8 IS NOT NULL AND "mcc_mnc" IS NULL THEN 'mccMnc' END, CASE WHEN j9 IS NOT NULL AND "price_price_per_message" IS NULL THEN 'price.pricePerMessage' END, CASE WHEN j10 IS NOT NULL AND "price_currency" IS NULL THEN 'price.currency' END, CASE WHEN j11 IS NOT NULL AND "status_group_id" IS NULL THEN 'status.groupId' END, CASE WHEN j12 IS NOT NULL AND "status_group_name" IS NULL THEN 'status.groupName' END, CASE WHEN j13 IS NOT NULL AND "status_id" IS NULL THEN 'status.id' END, CASE WHEN j14 IS NOT NULL AND "status_name" IS NULL THEN 'status.name' END, CASE WHEN j15 IS NOT NULL AND "error_group_id" IS NULL THEN 'error.groupId' END, CASE WHEN j16 IS NOT NULL AND "error_group_name" IS NULL THEN 'error.groupName' END, CASE WHEN j17 IS NOT NULL AND "error_id" IS NULL THEN 'error.id' END, CASE WHEN j18 IS NOT NULL AND "error_name" IS NULL THEN 'error.name' END, CASE WHEN j19 IS NOT NULL AND "error_permanent" IS NULL THEN 'error.permanent' END, CASE WHEN j20 IS NOT NULL AND "callback_data" IS NULL THEN 'callbackData' END, CASE WHEN j21 IS NOT NULL AND "platform_application_id" IS NULL THEN 'platform.applicationId' END, CASE WHEN j22 IS NOT NULL AND "platform_entity_id" IS NULL THEN 'platform.entityId' END, CASE WHEN j23 IS NOT NULL AND "campaign_reference_id" IS NULL THEN 'campaignReferenceId' END], x -> x IS NOT NULL), "message_id", "bulk_id", "to", "sender", "sent_at", "done_at", "message_count", "mcc_mnc", "price_price_per_message", "price_currency", "status_group_id", "status_group_name", "status_id", "status_name", "error_group_id", "error_group_name", "error_id", "error_name", "error_permanent", "callback_data", "platform_application_id", "platform_entity_id", "campaign_reference_id", "destination_number", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id"
FROM derived_6 WHERE ts IS NOT NULL;
