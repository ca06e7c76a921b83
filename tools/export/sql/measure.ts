import type { Hunt } from '../plan/types';
import { columnOf, textOf } from './columns';
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
    return grouped(`${dialect.percentile('v', percentile!)} / 1000`, `(${gaps}) WHERE v IS NOT NULL`);
  }
  const column = columnOf(hunt.contract, field!);
  const values = (selection: string, where: string, distinct: boolean, write: (value: string) => string): string => {
    const name = `e.${dialect.identifier(column.name)}`;
    const value = column.list ? 'u.x' : name;
    const from = `of_${selection} AS e${column.list ? dialect.each(name, 'u', distinct) : ''}`;
    return `SELECT ${g}, ${write(value)} AS v FROM ${from} WHERE ${where} AND ${value} IS NOT NULL`;
  };
  const text = (value: string) => textOf(dialect, value, column.type);
  const told = values(of, `in_${over}`, true, text);
  if (how === 'distinct') {
    if (also === undefined) return grouped(whole('count(DISTINCT v)'), `(${told})`);
    const others = values(also, `also_${over}`, true, text);
    return grouped(whole('count(*)'), `(${told}\nINTERSECT\n${others})`);
  }
  const numbers = `(${values(of, `in_${over}`, false, (value) => dialect.cast(value, how === 'sum' || how === 'avg' ? (column.type === 'long' ? 'whole' : 'decimal') : 'double'))})`;
  switch (how) {
    case 'sum':
      return grouped(whole('sum(v)'), numbers);
    case 'avg':
      return grouped(`${whole('sum(v)')} / count(*)`, numbers);
    case 'min':
    case 'max':
      return grouped(`${how}(v)`, numbers);
    case 'percentile':
      return grouped(dialect.percentile('v', percentile ?? 50), numbers);
    default:
      return how satisfies never;
  }
}
