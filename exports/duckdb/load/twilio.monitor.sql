INSERT INTO tollgate."twilio_monitor" ("event_id", "ts", "ingested", "valueless", "sid", "account_sid", "actor_sid", "actor_type", "description", "event_date", "event_type", "resource_sid", "resource_type", "source", "source_ip_address", "url", "event_data_resource_properties_name", "event_data_resource_properties_previous", "event_data_resource_properties_updated", "change_enabled", "change_disabled", "change_pairs", "asset_id")
WITH received AS (
  SELECT CAST(i.record AS JSON) AS record FROM incoming AS i
), placed AS (
  SELECT record,
    tollgate.entries_of(coalesce(json_extract(record, '$."event_data"."resource_properties"'), json_extract(record, '$."event_data.resource_properties"'))) AS entries_1,
    tollgate.single(json_extract(record, '$."event_date"')) AS time_text,
    tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"'))) AS ingested_text
  FROM received
), found AS (
  SELECT placed.*,
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
    flatten(list_transform(entries_1, o -> tollgate.elements(json_extract(o, '$."name"')))) AS j13,
    flatten(list_transform(entries_1, o -> tollgate.elements(json_extract(o, '$."previous"')))) AS j14,
    flatten(list_transform(entries_1, o -> tollgate.elements(json_extract(o, '$."updated"')))) AS j15
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
    tollgate.single(j12) AS s12
  FROM found
), typed AS (
  SELECT texts.*,
    CASE WHEN (substr(time_text, 11, 1) IN ('T', 't') OR substr(time_text, 9, 1) IN ('T', 't')) AND (substr(time_text, length(time_text), 1) IN ('Z', 'z') OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 2, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 4, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 5, 1) IN ('+', '-'))) THEN tollgate.time_of(time_text) END AS ts,
    coalesce(tollgate.time_of(ingested_text), epoch_ms(now())) AS ingested,
    s1 AS "sid",
    s2 AS "account_sid",
    s3 AS "actor_sid",
    s4 AS "actor_type",
    s5 AS "description",
    s6 AS "event_date",
    s7 AS "event_type",
    s8 AS "resource_sid",
    s9 AS "resource_type",
    s10 AS "source",
    s11 AS "source_ip_address",
    s12 AS "url",
    tollgate.some_of(list_filter(list_transform(j13, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "event_data_resource_properties_name",
    tollgate.some_of(list_filter(list_transform(j14, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "event_data_resource_properties_previous",
    tollgate.some_of(list_filter(list_transform(j15, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "event_data_resource_properties_updated"
  FROM texts
), derived AS (
  SELECT s.*, tollgate.some_of(list_filter(list_transform(list_filter(entries_1, o -> tollgate.scalar(json_extract(o, '$."updated"')) = 'enabled' AND coalesce(tollgate.scalar(json_extract(o, '$."previous"')), '') <> 'enabled'), p -> tollgate.scalar(json_extract(p, '$."name"'))), x -> x IS NOT NULL)) AS "change_enabled"
  FROM typed AS s
), derived_2 AS (
  SELECT s.*, tollgate.some_of(list_filter(list_transform(list_filter(entries_1, o -> tollgate.scalar(json_extract(o, '$."updated"')) = 'disabled' AND coalesce(tollgate.scalar(json_extract(o, '$."previous"')), '') <> 'disabled'), p -> tollgate.scalar(json_extract(p, '$."name"'))), x -> x IS NOT NULL)) AS "change_disabled"
  FROM derived AS s
), derived_3 AS (
  SELECT s.*, tollgate.some_of(list_filter(list_transform(entries_1, o -> tollgate.scalar(json_extract(o, '$."name"')) || ':' || coalesce(tollgate.scalar(json_extract(o, '$."previous"')), '') || '>' || coalesce(tollgate.scalar(json_extract(o, '$."updated"')), '')), x -> x IS NOT NULL)) AS "change_pairs"
  FROM derived_2 AS s
), derived_4 AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."account_sid", ''), 'twilio.monitor')) AS "asset_id"
  FROM derived_3 AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."account_sid", ''), 'twilio.monitor')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "sid" IS NULL THEN 'sid' END, CASE WHEN j2 IS NOT NULL AND "account_sid" IS NULL THEN 'account_sid' END, CASE WHEN j3 IS NOT NULL AND "actor_sid" IS NULL THEN 'actor_sid' END, CASE WHEN j4 IS NOT NULL AND "actor_type" IS NULL THEN 'actor_type' END, CASE WHEN j5 IS NOT NULL AND "description" IS NULL THEN 'description' END, CASE WHEN j6 IS NOT NULL AND "event_date" IS NULL THEN 'event_date' END, CASE WHEN j7 IS NOT NULL AND "event_type" IS NULL THEN 'event_type' END, CASE WHEN j8 IS NOT NULL AND "resource_sid" IS NULL THEN 'resource_sid' END, CASE WHEN j9 IS NOT NULL AND "resource_type" IS NULL THEN 'resource_type' END, CASE WHEN j10 IS NOT NULL AND "source" IS NULL THEN 'source' END, CASE WHEN j11 IS NOT NULL AND "source_ip_address" IS NULL THEN 'source_ip_address' END, CASE WHEN j12 IS NOT NULL AND "url" IS NULL THEN 'url' END, CASE WHEN NOT coalesce(len(j13), 0) = 0 AND NOT coalesce(len(list_filter("event_data_resource_properties_name", x -> x IS NOT NULL)) > 0, FALSE) THEN 'event_data.resource_properties.name' END, CASE WHEN NOT coalesce(len(j14), 0) = 0 AND NOT coalesce(len(list_filter("event_data_resource_properties_previous", x -> x IS NOT NULL)) > 0, FALSE) THEN 'event_data.resource_properties.previous' END, CASE WHEN NOT coalesce(len(j15), 0) = 0 AND NOT coalesce(len(list_filter("event_data_resource_properties_updated", x -> x IS NOT NULL)) > 0, FALSE) THEN 'event_data.resource_properties.updated' END], x -> x IS NOT NULL), "sid", "account_sid", "actor_sid", "actor_type", "description", "event_date", "event_type", "resource_sid", "resource_type", "source", "source_ip_address", "url", "event_data_resource_properties_name", "event_data_resource_properties_previous", "event_data_resource_properties_updated", "change_enabled", "change_disabled", "change_pairs", "asset_id"
FROM derived_4 WHERE ts IS NOT NULL;
