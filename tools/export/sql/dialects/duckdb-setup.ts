/**
 * The functions that the views and the loading of records call. They read texts as the executor in memory does: times as `readDateTime`,
 * numbers as `numberOf`, addresses as `parseAddress`. DuckDB writes a macro's argument wherever it is named, so that each names it once, in a list of
 * one that a lambda reads.
 */
export const DUCKDB_SETUP = String.raw`CREATE SCHEMA IF NOT EXISTS tollgate;
CREATE SEQUENCE IF NOT EXISTS tollgate.event_ids;

CREATE OR REPLACE MACRO tollgate.text_of_double(x) AS list_transform([x], v ->
  CASE WHEN v = trunc(v) AND abs(v) < 1e15 THEN CAST(CAST(v AS BIGINT) AS VARCHAR) ELSE CAST(v AS VARCHAR) END)[1];

CREATE OR REPLACE MACRO tollgate.number_of(x) AS list_transform([x], v ->
  CASE WHEN regexp_full_match(v, '-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?') AND isfinite(TRY_CAST(v AS DOUBLE)) THEN TRY_CAST(v AS DOUBLE) END)[1];

CREATE OR REPLACE MACRO tollgate.time_of_parts(parts) AS list_transform([parts], p ->
  CASE WHEN p.year IS NULL OR p.year = ''
      OR TRY_CAST(p.hour AS INTEGER) > 24 OR TRY_CAST(p.minute AS INTEGER) > 59 OR TRY_CAST(p.second AS INTEGER) > 59
      OR (p.hour = '24' AND NOT (p.minute = '00' AND p.second = '00' AND NOT regexp_matches(p.fraction, '[1-9]')))
      OR TRY_CAST(substr(p.zone, 2, 2) AS INTEGER) > 23 OR (length(p.zone) > 3 AND TRY_CAST(right(p.zone, 2) AS INTEGER) > 59) THEN NULL
    ELSE epoch_ms(CAST(TRY_CAST(p.year || '-' || p.month || '-' || p.day AS DATE) AS TIMESTAMP))
      + ((CAST('0' || p.hour AS BIGINT) * 60 + CAST('0' || p.minute AS BIGINT)) * 60 + CAST('0' || p.second AS BIGINT)) * 1000
      + CAST(rpad(left(p.fraction, 3), 3, '0') AS BIGINT)
      - CASE WHEN length(p.zone) < 3 THEN 0 ELSE
          (CAST(substr(p.zone, 2, 2) AS BIGINT) * 60 + CASE WHEN length(p.zone) > 3 THEN CAST(right(p.zone, 2) AS BIGINT) ELSE 0 END)
          * 60000 * CASE WHEN left(p.zone, 1) = '-' THEN -1 ELSE 1 END END
  END)[1];

CREATE OR REPLACE MACRO tollgate.time_of(x) AS list_transform([x], v -> CASE
  WHEN regexp_matches(v, '^[0-9]{4}-') THEN tollgate.time_of_parts(regexp_extract(v,
    '^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]+))?)?(?: ?([Zz]|[+-][0-9]{2}(?::?[0-9]{2})?))?)?$',
    ['year', 'month', 'day', 'hour', 'minute', 'second', 'fraction', 'zone']))
  ELSE tollgate.time_of_parts(regexp_extract(v,
    '^([0-9]{4})([0-9]{2})([0-9]{2})[Tt ]([0-9]{2})([0-9]{2})(?:([0-9]{2})(?:[.,]([0-9]+))?)?(?: ?([Zz]|[+-][0-9]{2}(?::?[0-9]{2})?))?$',
    ['year', 'month', 'day', 'hour', 'minute', 'second', 'fraction', 'zone'])) END)[1];

CREATE OR REPLACE MACRO tollgate.hexadecimal(v4) AS list_transform([string_split(v4, '.')], p ->
  printf('%02x%02x:%02x%02x', CAST(p[1] AS INTEGER), CAST(p[2] AS INTEGER), CAST(p[3] AS INTEGER), CAST(p[4] AS INTEGER)))[1];

CREATE OR REPLACE MACRO tollgate.is_v4(x) AS
  regexp_full_match(x, '(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])(\.(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])){3}');

CREATE OR REPLACE MACRO tollgate.groups(x) AS list_filter(string_split(x, ':'), p -> p <> '');

CREATE OR REPLACE MACRO tollgate.v6(x) AS list_transform([lower(x)], v ->
  CASE WHEN NOT regexp_full_match(v, '[0-9a-f:]*:[0-9a-f:]*') OR contains(v, ':::') OR len(string_split(v, '::')) > 2 OR regexp_matches(v, '^:[^:]|[^:]:$')
      OR len(list_filter(tollgate.groups(v), p -> NOT regexp_full_match(p, '[0-9a-f]{1,4}'))) > 0
      OR CASE WHEN contains(v, '::') THEN len(tollgate.groups(v)) > 7 ELSE len(tollgate.groups(v)) <> 8 END THEN NULL
    ELSE array_to_string(list_transform(tollgate.groups(split_part(v, '::', 1))
      || list_transform(range(8 - len(tollgate.groups(v))), i -> '0') || tollgate.groups(split_part(v, '::', 2)), p -> right('0000' || p, 4)), '') END)[1];

CREATE OR REPLACE MACRO tollgate.address_of(x) AS list_transform([x], v ->
  CASE WHEN tollgate.is_v4(v) THEN tollgate.v6('::ffff:' || tollgate.hexadecimal(v))
    WHEN tollgate.is_v4(regexp_extract(v, '[^:]*$')) THEN
      tollgate.v6(regexp_extract(v, '^.*:') || tollgate.hexadecimal(regexp_extract(v, '[^:]*$')))
    ELSE tollgate.v6(v) END)[1];

CREATE OR REPLACE MACRO tollgate.scalar(j) AS list_transform([j], v ->
  CASE json_type(v)
    WHEN 'VARCHAR' THEN json_extract_string(v, '$') WHEN 'BOOLEAN' THEN json_extract_string(v, '$')
    WHEN 'BIGINT' THEN json_extract_string(v, '$') WHEN 'UBIGINT' THEN json_extract_string(v, '$')
    WHEN 'DOUBLE' THEN CASE WHEN regexp_full_match(json_extract_string(v, '$'), '-?[0-9]+') THEN json_extract_string(v, '$')
      ELSE tollgate.text_of_double(CAST(json_extract_string(v, '$') AS DOUBLE)) END
  END)[1];

CREATE OR REPLACE MACRO tollgate.elements(j) AS list_transform([j], v ->
  CASE WHEN v IS NULL THEN [] WHEN json_type(v) = 'ARRAY' THEN json_extract(v, '$[*]') ELSE [v] END)[1];

CREATE OR REPLACE MACRO tollgate.scalars(list) AS
  list_filter(list_transform(list, j -> tollgate.scalar(j)), x -> x IS NOT NULL);

CREATE OR REPLACE MACRO tollgate.single(j) AS list_transform([j], v -> CASE WHEN json_type(v) = 'ARRAY' THEN
  list_transform([tollgate.scalars(json_extract(v, '$[*]'))], all_of -> CASE WHEN len(all_of) = 1 THEN all_of[1] END)[1] ELSE tollgate.scalar(v) END)[1];

CREATE OR REPLACE MACRO tollgate.some_of(list) AS list_transform([list], v -> CASE WHEN len(v) > 0 THEN v END)[1];

CREATE OR REPLACE MACRO tollgate.entry(value, name) AS
  json_merge_patch(CASE WHEN json_type(value) = 'OBJECT' THEN value ELSE '{}' END, json_object('name', name));

CREATE OR REPLACE MACRO tollgate.entries_of(j) AS list_transform([j], v ->
  CASE json_type(v)
    WHEN 'ARRAY' THEN list_filter(json_extract(v, '$[*]'), o -> json_type(o, '$.name') = 'VARCHAR')
    WHEN 'OBJECT' THEN list_transform(json_keys(v), k -> tollgate.entry(json_extract(v, '/' || replace(replace(k, '~', '~0'), '/', '~1')), k))
  END)[1];
`;
