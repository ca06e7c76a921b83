INSERT INTO "tollgate"."infobip_sms" ("event_id", "ts", "ingested", "valueless", "message_id", "bulk_id", "to", "sender", "sent_at", "done_at", "message_count", "mcc_mnc", "price_price_per_message", "price_currency", "status_group_id", "status_group_name", "status_id", "status_name", "error_group_id", "error_group_name", "error_id", "error_name", "error_permanent", "callback_data", "platform_application_id", "platform_entity_id", "campaign_reference_id", "destination_number", "destination_country", "destination_block", "destination_suffix", "asset_id")
WITH prepared AS (
  SELECT record FROM incoming
), placed AS (
  SELECT *,
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
  FROM prepared
), read AS (
  SELECT *,
    list_transform([tollgate.single(json_extract(record, '$."doneAt"'))], v -> CASE WHEN regexp_full_match(v, '(?i)[^T]*T.*(Z|[+-][0-9]{2}(:?[0-9]{2})?)') THEN tollgate.time_of(v) END)[1] AS ts,
    coalesce(tollgate.time_of(tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"')))), epoch_ms(now())) AS ingested,
    tollgate.single(j1) AS "message_id",
    tollgate.single(j2) AS "bulk_id",
    tollgate.single(j3) AS "to",
    tollgate.single(j4) AS "sender",
    tollgate.single(j5) AS "sent_at",
    tollgate.single(j6) AS "done_at",
    tollgate.long_of(tollgate.single(j7)) AS "message_count",
    tollgate.single(j8) AS "mcc_mnc",
    tollgate.number_of(tollgate.single(j9)) AS "price_price_per_message",
    tollgate.single(j10) AS "price_currency",
    tollgate.long_of(tollgate.single(j11)) AS "status_group_id",
    tollgate.single(j12) AS "status_group_name",
    tollgate.long_of(tollgate.single(j13)) AS "status_id",
    tollgate.single(j14) AS "status_name",
    tollgate.long_of(tollgate.single(j15)) AS "error_group_id",
    tollgate.single(j16) AS "error_group_name",
    tollgate.long_of(tollgate.single(j17)) AS "error_id",
    tollgate.single(j18) AS "error_name",
    CASE lower(tollgate.single(j19)) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "error_permanent",
    tollgate.single(j20) AS "callback_data",
    tollgate.single(j21) AS "platform_application_id",
    tollgate.single(j22) AS "platform_entity_id",
    tollgate.single(j23) AS "campaign_reference_id"
  FROM placed
), step_1 AS (SELECT *, "to" AS "destination_number" FROM read), step_2 AS (SELECT *, CASE WHEN regexp_full_match("to", '\+[1-9][0-9]{6,14}') THEN coalesce((SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("to", 2, 7)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("to", 2, 6)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("to", 2, 5)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("to", 2, 4)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("to", 2, 3)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("to", 2, 2)), (SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr("to", 2, 1))) END AS "destination_country" FROM step_1), step_3 AS (SELECT *, CASE WHEN regexp_full_match("to", '\+[1-9][0-9]{6,14}') THEN left("to", -4) END AS "destination_block" FROM step_2), step_4 AS (SELECT *, CASE WHEN regexp_full_match("to", '\+[1-9][0-9]{6,14}') THEN right("to", 4) END AS "destination_suffix" FROM step_3), step_5 AS (SELECT *, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), (SELECT max(a.asset) FROM tollgate.assets AS a WHERE a.account = coalesce(nullif("platform_application_id", ''), 'infobip.sms')), coalesce(nullif("platform_application_id", ''), 'infobip.sms')) AS "asset_id" FROM step_4)
SELECT nextval('tollgate.event_ids'), "ts", "ingested", list_filter([CASE WHEN j1 IS NOT NULL AND "message_id" IS NULL THEN 'messageId' END, CASE WHEN j2 IS NOT NULL AND "bulk_id" IS NULL THEN 'bulkId' END, CASE WHEN j3 IS NOT NULL AND "to" IS NULL THEN 'to' END, CASE WHEN j4 IS NOT NULL AND "sender" IS NULL THEN 'sender' END, CASE WHEN j5 IS NOT NULL AND "sent_at" IS NULL THEN 'sentAt' END, CASE WHEN j6 IS NOT NULL AND "done_at" IS NULL THEN 'doneAt' END, CASE WHEN j7 IS NOT NULL AND "message_count" IS NULL THEN 'messageCount' END, CASE WHEN j8 IS NOT NULL AND "mcc_mnc" IS NULL THEN 'mccMnc' END, CASE WHEN j9 IS NOT NULL AND "price_price_per_message" IS NULL THEN 'price.pricePerMessage' END, CASE WHEN j10 IS NOT NULL AND "price_currency" IS NULL THEN 'price.currency' END, CASE WHEN j11 IS NOT NULL AND "status_group_id" IS NULL THEN 'status.groupId' END, CASE WHEN j12 IS NOT NULL AND "status_group_name" IS NULL THEN 'status.groupName' END, CASE WHEN j13 IS NOT NULL AND "status_id" IS NULL THEN 'status.id' END, CASE WHEN j14 IS NOT NULL AND "status_name" IS NULL THEN 'status.name' END, CASE WHEN j15 IS NOT NULL AND "error_group_id" IS NULL THEN 'error.groupId' END, CASE WHEN j16 IS NOT NULL AND "error_group_name" IS NULL THEN 'error.groupName' END, CASE WHEN j17 IS NOT NULL AND "error_id" IS NULL THEN 'error.id' END, CASE WHEN j18 IS NOT NULL AND "error_name" IS NULL THEN 'error.name' END, CASE WHEN j19 IS NOT NULL AND "error_permanent" IS NULL THEN 'error.permanent' END, CASE WHEN j20 IS NOT NULL AND "callback_data" IS NULL THEN 'callbackData' END, CASE WHEN j21 IS NOT NULL AND "platform_application_id" IS NULL THEN 'platform.applicationId' END, CASE WHEN j22 IS NOT NULL AND "platform_entity_id" IS NULL THEN 'platform.entityId' END, CASE WHEN j23 IS NOT NULL AND "campaign_reference_id" IS NULL THEN 'campaignReferenceId' END], x -> x IS NOT NULL), "message_id", "bulk_id", "to", "sender", "sent_at", "done_at", "message_count", "mcc_mnc", "price_price_per_message", "price_currency", "status_group_id", "status_group_name", "status_id", "status_name", "error_group_id", "error_group_name", "error_id", "error_name", "error_permanent", "callback_data", "platform_application_id", "platform_entity_id", "campaign_reference_id", "destination_number", "destination_country", "destination_block", "destination_suffix", "asset_id"
FROM step_5 WHERE ts IS NOT NULL;
