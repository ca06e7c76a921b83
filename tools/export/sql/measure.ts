import type { Hunt } from '../plan/types';
import { columnOf, numeric, textOf } from './columns';
import type { Dialect } from './dialect';
import { list } from './query';

/** The value of one measure for each group that has one, as a double. */
export function measureQuery(
  dialect: Dialect,
  hunt: Hunt,
  { how, of, also, over, field, percentile }: Hunt['measures'][0],
): string {
  const g = list(hunt.by.map((_, index) => `g${index + 1}`));
  const grouped = (value: string, from: string) => `SELECT ${g}, ${value} AS value FROM ${from} GROUP BY ${g}`;
  const whole = (value: string) => dialect.cast(value, 'double');
  if (how === 'count') return grouped(whole('count(*)'), `of_${of} WHERE in_${over}`);
  if (how === 'gap') {
    const gaps = `SELECT ${g}, t - lag(t) OVER (PARTITION BY ${g} ORDER BY t) AS v FROM of_${of} WHERE in_${over}`;
    return ranked(
      g,
      `(${gaps}) AS gaps WHERE v IS NOT NULL`,
      percentile!,
      (value) => `${value} / ${dialect.double(1000)}`,
      dialect,
    );
  }
  const column = columnOf(hunt.contract, field!);
  const values = (selection: string, where: string, distinct: boolean, write: (value: string) => string): string => {
    const name = `e.${dialect.identifier(column.name)}`;
    const each = column.list ? dialect.each(name, 'u', distinct) : null;
    const value = each?.element ?? name;
    const from = `of_${selection} AS e${each?.join ?? ''}`;
    return `SELECT ${g}, ${write(value)} AS v FROM ${from} WHERE ${where} AND ${value} IS NOT NULL`;
  };
  const text = (value: string) => textOf(dialect, value, column.type);
  const told = values(of, `in_${over}`, true, text);
  if (how === 'distinct') {
    if (also === undefined) return grouped(whole('count(DISTINCT v)'), `(${told}) AS told`);
    const others = values(also, `also_${over}`, true, text);
    const both = `SELECT ${g}, v FROM (SELECT ${g}, v, 1 AS told, 0 AS other FROM (${told}) AS a\nUNION ALL\nSELECT ${g}, v, 0, 1 FROM (${others}) AS b) AS c GROUP BY ${g}, v HAVING max(told) = 1 AND max(other) = 1`;
    return grouped(whole('count(*)'), `(${both}) AS d`);
  }
  const type = how !== 'sum' && how !== 'avg' ? 'double' : column.type === 'long' ? 'whole' : 'decimal';
  const added = type === 'decimal' ? dialect.sum('sum(v)') : whole('sum(v)');
  const numbers = `(${values(of, `in_${over}`, false, (value) => numeric(dialect, value, column.type, type))}) AS numbers`;
  switch (how) {
    case 'sum':
      return grouped(added, numbers);
    case 'avg':
      return grouped(`${added} / ${whole('count(*)')}`, numbers);
    case 'min':
    case 'max':
      return grouped(`${how}(v)`, numbers);
    case 'percentile':
      return ranked(g, numbers, percentile ?? 50, (value) => value, dialect);
    default:
      return how satisfies never;
  }
}

/** A percentile of `v` by linear interpolation between the ranks on both sides: windows can count in every engine, and not all of them have the function. */
function ranked(g: string, from: string, percent: number, write: (value: string) => string, dialect: Dialect): string {
  const place = `${dialect.double(percent / 100)} * (size - 1)`;
  const over = `OVER (PARTITION BY ${g}`;
  const ranks = `SELECT ${g}, v, row_number() ${over} ORDER BY v) - 1 AS place, count(*) ${over}) AS size FROM ${from}`;
  const low = `max(CASE WHEN place <= ${place} THEN v END)`;
  const high = `min(CASE WHEN place >= ${place} THEN v END)`;
  const part = `max(${place}) - floor(max(${place}))`;
  const value = write(`(${low} + (${high} - ${low}) * (${part}))`);
  return `SELECT ${g}, ${value} AS value FROM (${ranks}) AS ranks GROUP BY ${g}`;
}
