INSERT INTO "tollgate"."twilio_monitor" ("event_id", "ts", "ingested", "valueless", "sid", "account_sid", "actor_sid", "actor_type", "description", "event_date", "event_type", "resource_sid", "resource_type", "source", "source_ip_address", "url", "event_data_resource_properties_name", "event_data_resource_properties_previous", "event_data_resource_properties_updated", "change_enabled", "change_disabled", "change_pairs", "asset_id")
WITH prepared AS (
  SELECT record, tollgate.entries_of(coalesce(json_extract(record, '$."event_data"."resource_properties"'), json_extract(record, '$."event_data.resource_properties"'))) AS entries_1 FROM incoming
), placed AS (
  SELECT *,
    json_extract(record, '$."sid"') AS j1,
    json_extract(record, '$."account_sid"') AS j2,
    json_extract(record, '$."actor_sid"') AS j3,
    json_extract(record, '$."actor_type"') AS j4,
    json_extract(record, '$."description"') AS j5,
    json_extract(record, '$."event_date"') AS j6,
    json_extract(record, '$."event_type"') AS j7,
    json_extract(record, '$."resource_sid"') AS j8,
    json_extract(record, '$."resource_type"') AS j9,
    json_extract(record, '$."source"') AS j10,
    json_extract(record, '$."source_ip_address"') AS j11,
    json_extract(record, '$."url"') AS j12,
    json_extract(entries_1, '$[*]."name"') AS j13,
    json_extract(entries_1, '$[*]."previous"') AS j14,
    json_extract(entries_1, '$[*]."updated"') AS j15
  FROM prepared
), read AS (
  SELECT *,
    list_transform([tollgate.single(json_extract(record, '$."event_date"'))], v -> CASE WHEN regexp_full_match(v, '(?i)[^T]*T.*(Z|[+-][0-9]{2}(:?[0-9]{2})?)') THEN tollgate.time_of(v) END)[1] AS ts,
    coalesce(tollgate.time_of(tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"')))), epoch_ms(now())) AS ingested,
    tollgate.single(j1) AS "sid",
    tollgate.single(j2) AS "account_sid",
    tollgate.single(j3) AS "actor_sid",
    tollgate.single(j4) AS "actor_type",
    tollgate.single(j5) AS "description",
    tollgate.single(j6) AS "event_date",
    tollgate.single(j7) AS "event_type",
    tollgate.single(j8) AS "resource_sid",
    tollgate.single(j9) AS "resource_type",
    tollgate.single(j10) AS "source",
    tollgate.single(j11) AS "source_ip_address",
    tollgate.single(j12) AS "url",
    tollgate.some_of(tollgate.scalars(j13)) AS "event_data_resource_properties_name",
    tollgate.some_of(tollgate.scalars(j14)) AS "event_data_resource_properties_previous",
    tollgate.some_of(tollgate.scalars(j15)) AS "event_data_resource_properties_updated"
  FROM placed
), step_1 AS (SELECT *, tollgate.some_of(list_transform(list_filter(json_extract(entries_1, '$[*]'), o -> json_extract_string(o, '$.updated') = 'enabled' AND coalesce(json_extract_string(o, '$.previous'), '') <> 'enabled'), o -> json_extract_string(o, '$.name'))) AS "change_enabled" FROM read), step_2 AS (SELECT *, tollgate.some_of(list_transform(list_filter(json_extract(entries_1, '$[*]'), o -> json_extract_string(o, '$.updated') = 'disabled' AND coalesce(json_extract_string(o, '$.previous'), '') <> 'disabled'), o -> json_extract_string(o, '$.name'))) AS "change_disabled" FROM step_1), step_3 AS (SELECT *, tollgate.some_of(list_transform(json_extract(entries_1, '$[*]'), o -> (json_extract_string(o, '$.name')) || ':' || coalesce(json_extract_string(o, '$.previous'), '') || '>' || coalesce(json_extract_string(o, '$.updated'), ''))) AS "change_pairs" FROM step_2), step_4 AS (SELECT *, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), (SELECT max(a.asset) FROM tollgate.assets AS a WHERE a.account = coalesce(nullif("account_sid", ''), 'twilio.monitor')), coalesce(nullif("account_sid", ''), 'twilio.monitor')) AS "asset_id" FROM step_3)
SELECT nextval('tollgate.event_ids'), "ts", "ingested", list_filter([CASE WHEN j1 IS NOT NULL AND "sid" IS NULL THEN 'sid' END, CASE WHEN j2 IS NOT NULL AND "account_sid" IS NULL THEN 'account_sid' END, CASE WHEN j3 IS NOT NULL AND "actor_sid" IS NULL THEN 'actor_sid' END, CASE WHEN j4 IS NOT NULL AND "actor_type" IS NULL THEN 'actor_type' END, CASE WHEN j5 IS NOT NULL AND "description" IS NULL THEN 'description' END, CASE WHEN j6 IS NOT NULL AND "event_date" IS NULL THEN 'event_date' END, CASE WHEN j7 IS NOT NULL AND "event_type" IS NULL THEN 'event_type' END, CASE WHEN j8 IS NOT NULL AND "resource_sid" IS NULL THEN 'resource_sid' END, CASE WHEN j9 IS NOT NULL AND "resource_type" IS NULL THEN 'resource_type' END, CASE WHEN j10 IS NOT NULL AND "source" IS NULL THEN 'source' END, CASE WHEN j11 IS NOT NULL AND "source_ip_address" IS NULL THEN 'source_ip_address' END, CASE WHEN j12 IS NOT NULL AND "url" IS NULL THEN 'url' END, CASE WHEN len(list_filter(j13, x -> x IS NOT NULL)) > 0 AND "event_data_resource_properties_name" IS NULL THEN 'event_data.resource_properties.name' END, CASE WHEN len(list_filter(j14, x -> x IS NOT NULL)) > 0 AND "event_data_resource_properties_previous" IS NULL THEN 'event_data.resource_properties.previous' END, CASE WHEN len(list_filter(j15, x -> x IS NOT NULL)) > 0 AND "event_data_resource_properties_updated" IS NULL THEN 'event_data.resource_properties.updated' END], x -> x IS NOT NULL), "sid", "account_sid", "actor_sid", "actor_type", "description", "event_date", "event_type", "resource_sid", "resource_type", "source", "source_ip_address", "url", "event_data_resource_properties_name", "event_data_resource_properties_previous", "event_data_resource_properties_updated", "change_enabled", "change_disabled", "change_pairs", "asset_id"
FROM step_4 WHERE ts IS NOT NULL;
