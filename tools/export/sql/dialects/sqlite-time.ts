/** Writes epoch milliseconds of a text as `readDateTime` reads it: SQLite's own functions take more texts than that, and have no regular expressions. */
export function sqliteTime(text: string): string {
  const digits = (count: number) => '[0-9]'.repeat(count);
  const basic = `v GLOB '${digits(8)}[Tt ]${digits(4)}*' AND v NOT GLOB '${digits(8)}?${digits(4)}:*'`;
  const extended = `substr(v, 1, 4) || '-' || substr(v, 5, 2) || '-' || substr(v, 7, 2) || substr(v, 9, 3) || ':' || substr(v, 12, 2) || CASE WHEN substr(v, 14, 2) GLOB '${digits(2)}' THEN ':' ELSE '' END || substr(v, 14)`;
  const zone = `CASE WHEN r GLOB '*[Zz]' THEN 1 WHEN r GLOB '*[+-]${digits(2)}:${digits(2)}' THEN 6 WHEN r GLOB '*[+-]${digits(4)}' THEN 5 WHEN r GLOB '*[+-]${digits(2)}' THEN 3 ELSE 0 END`;
  const clock = `[Tt ]${digits(2)}:${digits(2)}`;
  const isClock = `(c = '' AND n = 0) OR c GLOB '${clock}' OR c GLOB '${clock}:${digits(2)}' OR (c GLOB '${clock}:${digits(2)}[.,][0-9]*' AND substr(c, 11) NOT GLOB '*[^0-9]*')`;
  const number = (expression: string) => `CAST('0' || ${expression} AS INTEGER)`;
  const [hour, minute, second] = [2, 5, 8].map((from) => number(`substr(c, ${from}, 2)`)) as [string, string, string];
  const offset = `CASE WHEN n < 3 THEN 0 ELSE (${number('substr(z, 2, 2)')} * 60 + CASE WHEN n > 3 THEN ${number('substr(z, -2)')} ELSE 0 END) * CASE WHEN z LIKE '-%' THEN -60000 ELSE 60000 END END`;
  const isTime = `(${hour} < 24 OR (${hour} = 24 AND substr(c, 5, 5) = '00:00' AND substr(c, 11) NOT GLOB '*[1-9]*')) AND ${minute} < 60 AND ${second} < 60`;
  const isZone = `n < 3 OR (${number('substr(z, 2, 2)')} < 24 AND (n = 3 OR ${number('substr(z, -2)')} < 60))`;
  const value = `unixepoch(d) * 1000 + ((${hour} * 60 + ${minute}) * 60 + ${second}) * 1000 + ${number(`substr(substr(c, 11) || '000', 1, 3)`)} - (${offset})`;
  return `(SELECT CASE WHEN d GLOB '${digits(4)}-${digits(2)}-${digits(2)}' AND date(d) = d AND (${isClock}) AND ${isTime} AND (${isZone}) THEN ${value} END FROM (
    SELECT d, n, substr(r, length(r) - n + 1) AS z, CASE WHEN n > 0 AND substr(r, length(r) - n, 1) = ' ' THEN substr(r, 1, length(r) - n - 1) ELSE substr(r, 1, length(r) - n) END AS c FROM (
      SELECT substr(e, 1, 10) AS d, substr(e, 11) AS r, ${zone.replaceAll('r GLOB', 'substr(e, 11) GLOB')} AS n FROM (
        SELECT CASE WHEN ${basic} THEN ${extended} WHEN v GLOB '${digits(4)}-*' THEN v END AS e FROM (SELECT ${text} AS v)))))`;
}
