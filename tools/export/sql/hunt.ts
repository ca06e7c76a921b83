import type { Hunt } from '../plan/types';
import { NotExportable } from '../target';
import { columnOf, OWN, tableName, textOf } from './columns';
import type { Dialect } from './dialect';
import { arithmetic } from './formula';
import { lookUp } from './look-up';
import { measureQuery } from './measure';
import { predicate } from './predicate';
import { list, union, type NamedSteps } from './query';
import { RUN } from './tables';

/** Writes a hunt; the query gives, sorted, the group's fields, the columns of the answer, and the run: `run_ms`, `from_ms` and `to_ms`. */
export function huntQuery(dialect: Dialect, steps: NamedSteps, hunt: Hunt): string {
  const { by, columns, derived } = hunt;
  const clash = [...columns, ...derived.map(({ name }) => name)].find((name) => /^(g\d+|t)$/.test(name));
  if (clash !== undefined) throw new NotExportable(`The name ${clash} is taken by a column of the query.`);
  const g = by.map((_, index) => `g${index + 1}`);
  steps.add('bounds', bounds(dialect, hunt));
  for (const { name, source } of hunt.selections) {
    const used = hunt.measures.filter(({ of, also }) => of === name || also === name);
    const fields = [...new Set(used.flatMap(({ field }) => field ?? []))];
    steps.add(`of_${name}`, selected(dialect, hunt, source, fields));
  }
  const groups = hunt.measures.map(({ of, over }) => `SELECT ${list(g)} FROM of_${of} WHERE in_${over}`);
  const all = steps.add('every_group', union([...new Set(groups)]));
  const base = steps.add('each_group', `SELECT DISTINCT ${list(g)} FROM ${all}`);
  const measures = hunt.measures.map((measure) => ({
    name: measure.name,
    step: steps.add(`measure_${measure.name}`, measureQuery(dialect, hunt, measure)),
    none: measure.how === 'count' || measure.how === 'distinct' || measure.how === 'sum' ? dialect.double(0) : 'NULL',
  }));
  const joins = measures.map(({ step }, index) => {
    const on = g.map((column) => `m${index}.${column} = b.${column}`).join(' AND ');
    return `LEFT JOIN ${step} AS m${index} ON ${on}`;
  });
  const values = measures.map(
    ({ name, none }, index) => `coalesce(m${index}.value, ${none}) AS ${dialect.identifier(name)}`,
  );
  let rows = steps.add(
    'measured',
    `SELECT ${list([...g.map((column) => `b.${column} AS ${column}`), ...values])}\nFROM ${base} AS b\n${joins.join('\n')}`,
  );
  const present = [...g, ...measures.map(({ name }) => dialect.identifier(name))];
  for (const step of derived) {
    const name = dialect.identifier(step.name);
    rows =
      step.op === 'derive'
        ? steps.add('derived', `SELECT *, ${arithmetic(dialect, step.formula)} AS ${name} FROM ${rows}`)
        : lookUp(dialect, steps, rows, step, present);
    present.push(name);
  }
  const fields = by.map(
    (field, index) => `g${index + 1} AS ${dialect.identifier(columnOf(hunt.contract, field).name)}`,
  );
  const order = [
    ...hunt.sort.map((sort) => `${dialect.identifier(sort.by)} ${sort.descending ? 'DESC' : 'ASC'} NULLS LAST`),
    ...g,
  ];
  const shown = [...fields, ...columns.map((name) => dialect.identifier(name)), 'run_ms', 'from_ms', 'to_ms'];
  return `SELECT ${list([`${dialect.key(g)} AS group_key`, ...shown])}\nFROM ${rows} CROSS JOIN bounds\nWHERE ${arithmetic(dialect, hunt.filter)}\nORDER BY ${list(order)}`;
}

/**
 * The run: with a schedule the last one that is due, else the one that `run` asks for. A window that is asked for ends `settle` before the run at the
 * latest.
 */
function bounds(dialect: Dialect, { schedule, windowMs, settleMs }: Hunt): string {
  const run = dialect.relation(RUN);
  const every = schedule?.everyMs ?? 1;
  const delay = schedule?.delayMs ?? 0;
  const tick = `(run_ms - ${delay} - ${dialect.remainder(`(run_ms - ${delay})`, every)})`;
  const settled = `run_ms - ${settleMs}`;
  const end = `CASE WHEN to_ms <= ${settled} THEN to_ms ELSE ${settled} END`;
  const asked = (value: string, otherwise: string) => `CASE WHEN from_ms IS NULL THEN ${otherwise} ELSE ${value} END`;
  return `SELECT ${list([
    `${asked('run_ms', `${tick} + ${delay}`)} AS run_ms`,
    `${asked('from_ms', `${tick} - ${settleMs + windowMs}`)} AS from_ms`,
    `${asked(`CASE WHEN ${end} < from_ms THEN from_ms ELSE ${end} END`, `${tick} - ${settleMs}`)} AS to_ms`,
  ])} FROM ${run}`;
}

/** The events of a selection that a run can look at, once a group, with the parts of time that they are in. */
function selected(
  dialect: Dialect,
  hunt: Hunt,
  { contract, predicate: expr }: Hunt['selections'][0]['source'],
  fields: string[],
): string {
  const own = (name: string) => `e.${dialect.identifier(name)}`;
  const joins: string[] = [];
  const present: string[] = [];
  const groups = hunt.by.map((field, index) => {
    const { name, type, list: isList } = columnOf(contract, field);
    const each = isList ? dialect.each(own(name), `u${index + 1}`, true) : null;
    const value = each?.element ?? own(name);
    if (each) joins.push(each.join);
    present.push(`${value} IS NOT NULL`);
    return `${textOf(dialect, value, type)} AS g${index + 1}`;
  });
  const t = own(OWN.time);
  const within = (from: string, to: string) => `${t} >= ${from} AND ${t} < ${to}`;
  const before = `b.from_ms - ${hunt.baselineMs}`;
  const parts = {
    in_window: within('b.from_ms', 'b.to_ms'),
    in_baseline: within(before, 'b.from_ms'),
    also_window: within('b.from_ms', `b.to_ms + ${hunt.settleMs}`),
    also_baseline: within(before, `b.from_ms + ${hunt.settleMs}`),
  };
  const flags = Object.entries(parts).map(([name, test]) => `(${test}) AS ${name}`);
  const columns = fields.map((field) => own(columnOf(contract, field).name));
  const where = [
    within(before, `b.to_ms + ${hunt.settleMs}`),
    `${own(OWN.ingested)} <= b.run_ms`,
    ...present,
    predicate(dialect, contract, expr),
  ];
  return `SELECT ${list([...groups, ...flags, `${t} AS t`, ...columns])}\nFROM bounds AS b CROSS JOIN ${dialect.relation(tableName(contract))} AS e${joins.join('')}\nWHERE ${where.join('\n  AND ')}`;
}
