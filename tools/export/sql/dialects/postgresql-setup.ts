/**
 * The functions that the views and the loading of records call. They read texts as the executor in memory does: times as `readDateTime`, numbers as `numberOf`,
 * addresses as `parseAddress`.
 */
export const POSTGRESQL_SETUP = String.raw`CREATE SCHEMA IF NOT EXISTS tollgate;

CREATE OR REPLACE FUNCTION tollgate.text_of_double(v double precision) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN v = trunc(v) AND abs(v) < 1e15 THEN CAST(CAST(v AS bigint) AS text) ELSE CAST(v AS text) END $$;

CREATE OR REPLACE FUNCTION tollgate.number_of(v text) RETURNS double precision LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF v ~ '^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$' THEN RETURN CAST(v AS double precision); END IF;
  RETURN NULL;
EXCEPTION WHEN numeric_value_out_of_range THEN RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION tollgate.long_of(v text) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN CAST(v AS bigint);
EXCEPTION WHEN numeric_value_out_of_range OR invalid_text_representation THEN RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION tollgate.time_of(v text) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  p text[];
  is_extended boolean := v ~ '^[0-9]{4}-';
  day date;
BEGIN
  p := regexp_match(v, CASE WHEN is_extended
    THEN '^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]+))?)?(?: ?([Zz]|[+-][0-9]{2}(?::?[0-9]{2})?))?)?$'
    ELSE '^([0-9]{4})([0-9]{2})([0-9]{2})[Tt ]([0-9]{2})([0-9]{2})(?:([0-9]{2})(?:[.,]([0-9]+))?)?(?: ?([Zz]|[+-][0-9]{2}(?::?[0-9]{2})?))?$' END);
  IF p IS NULL
    OR CAST(p[4] AS integer) > 24 OR CAST(p[5] AS integer) > 59 OR CAST(p[6] AS integer) > 59
    OR (p[4] = '24' AND NOT (p[5] = '00' AND coalesce(p[6], '') = '00' AND coalesce(p[7], '') !~ '[1-9]'))
    OR (length(p[8]) > 1 AND (CAST(substr(p[8], 2, 2) AS integer) > 23 OR (length(p[8]) > 3 AND CAST(right(p[8], 2) AS integer) > 59)))
  THEN RETURN NULL; END IF;
  day := make_date(CAST(p[1] AS integer), CAST(p[2] AS integer), CAST(p[3] AS integer));
  RETURN (day - DATE '1970-01-01') * CAST(86400000 AS bigint)
    + ((coalesce(CAST(p[4] AS bigint), 0) * 60 + coalesce(CAST(p[5] AS bigint), 0)) * 60 + coalesce(CAST(p[6] AS bigint), 0)) * 1000
    + CAST(rpad(left(coalesce(p[7], ''), 3), 3, '0') AS bigint)
    - CASE WHEN coalesce(length(p[8]), 0) < 3 THEN 0 ELSE
        (CAST(substr(p[8], 2, 2) AS bigint) * 60 + CASE WHEN length(p[8]) > 3 THEN CAST(right(p[8], 2) AS bigint) ELSE 0 END)
        * 60000 * CASE WHEN left(p[8], 1) = '-' THEN -1 ELSE 1 END END;
EXCEPTION WHEN datetime_field_overflow THEN RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION tollgate.address_of(v text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  v4 text := '(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])(\.(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])){3}';
BEGIN
  IF v ~ ('^' || v4 || '$') THEN
    RETURN '00000000000000000000ffff' || encode(substr(inet_send(CAST(v AS inet)), 5), 'hex');
  ELSIF v ~* ('^[0-9a-f:]*:([0-9a-f]{0,4}|' || v4 || ')$') THEN
    RETURN encode(substr(inet_send(CAST(v AS inet)), 5), 'hex');
  END IF;
  RETURN NULL;
EXCEPTION WHEN invalid_text_representation THEN RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION tollgate.scalar(j jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE jsonb_typeof(j)
    WHEN 'number' THEN CASE WHEN j #>> '{}' ~ '^-?[0-9]+$' THEN j #>> '{}' ELSE tollgate.text_of_double(CAST(j #>> '{}' AS double precision)) END
    WHEN 'string' THEN j #>> '{}' WHEN 'boolean' THEN j #>> '{}' END $$;

CREATE OR REPLACE FUNCTION tollgate.elements(j jsonb) RETURNS jsonb[] LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN jsonb_typeof(j) = 'array' THEN ARRAY(SELECT e FROM jsonb_array_elements(j) AS e) WHEN j IS NULL THEN CAST('{}' AS jsonb[]) ELSE ARRAY[j] END $$;

CREATE OR REPLACE FUNCTION tollgate.single(j jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN jsonb_typeof(j) = 'array' THEN (
    SELECT CASE count(*) WHEN 1 THEN max(x) END FROM (SELECT tollgate.scalar(e) AS x FROM jsonb_array_elements(j) AS e) AS s WHERE x IS NOT NULL
  ) ELSE tollgate.scalar(j) END $$;

CREATE OR REPLACE FUNCTION tollgate.entries(j jsonb) RETURNS jsonb[] LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE jsonb_typeof(j)
    WHEN 'array' THEN ARRAY(SELECT e FROM jsonb_array_elements(j) AS e WHERE jsonb_typeof(e -> 'name') = 'string')
    WHEN 'object' THEN ARRAY(SELECT CASE WHEN jsonb_typeof(value) = 'object' THEN value ELSE '{}' END || jsonb_build_object('name', key) FROM jsonb_each(j))
  END $$;
`;
