import type { Member, Source, SlidingWindow } from '../plan/types';
import { NotExportable } from '../target';
import { columnOf, numeric, OWN, tableName, textOf, type Column } from './columns';
import type { Dialect, SqlType } from './dialect';
import { predicate } from './predicate';
import { list, union, type NamedSteps } from './query';
import { groupColumns } from './group';

/** From when on, and up to which delivery, records are looked at: expressions of epoch milliseconds. */
export interface Lookback {
  from: string;
  delivered: string;
}

/**
 * Where a window's matches are: rows of the group, `rule`, `t`, `event` and, where values are measured, `v1`, `v2` … one row for each value. Each name may be
 * read once: engines that write a step out wherever it is named would repeat the windows below.
 */
export interface Members {
  rows: string;
  /** Where values are measured: the sources' matches, which may have none. */
  matches: string | null;
  /** The type of a value. */
  type: SqlType;
}

type WriteWindow = (dialect: Dialect, steps: NamedSteps, window: SlidingWindow, reach: Lookback) => string;

export function writeMembers(
  dialect: Dialect,
  steps: NamedSteps,
  window: SlidingWindow,
  reach: Lookback,
  inner: WriteWindow,
): Members {
  const type = measuredType(window);
  const parts = window.members.map((member) => {
    const { of } = member;
    return of.op === 'source'
      ? fromSource(dialect, window, member, of, reach, type)
      : fromWindow(window, member, of, inner(dialect, steps, of, reach), dialect);
  });
  const rows = steps.add('matched', union(parts.map(({ rows }) => rows)));
  const others = parts.flatMap(({ matches }) => matches ?? []);
  const matches = others.length === 0 ? null : steps.add('matches', union(others));
  return { rows: firstOfEvent(steps, window, rows), matches, type };
}

type Part = Pick<Members, 'rows' | 'matches'>;

function fromSource(
  dialect: Dialect,
  window: SlidingWindow,
  member: Member,
  { contract, predicate: expr }: Source,
  reach: Lookback,
  type: SqlType,
): Part {
  const own = (name: string) => `e.${dialect.identifier(name)}`;
  const joins: string[] = [];
  const present: string[] = [];
  const value = (field: string, distinct: boolean): { expression: string; column: Column } => {
    const column = columnOf(contract, field);
    if (!column.list) {
      present.push(`${own(column.name)} IS NOT NULL`);
      return { expression: own(column.name), column };
    }
    const alias = `u${joins.length + 1}`;
    const { join, element } = dialect.each(own(column.name), alias, distinct);
    joins.push(join);
    present.push(`${element} IS NOT NULL`);
    return { expression: element, column };
  };
  const groups =
    window.by.length === 0
      ? [`${dialect.text('')} AS g1`]
      : member.by.map((field, index) => {
          const { expression, column } = value(field, true);
          return `${textOf(dialect, expression, column.type)} AS g${index + 1}`;
        });
  const id = `${dialect.text(`${tableName(contract)}:`)} || ${own(OWN.id)}`;
  const shared = `${list(groups)}, ${member.rule} AS rule, ${own(OWN.time)} AS t, ${id} AS event`;
  const where = [
    `${own(OWN.time)} >= ${reach.from}`,
    `${own(OWN.ingested)} <= ${reach.delivered}`,
    predicate(dialect, contract, expr),
  ];
  const write = (columns: string): string =>
    `SELECT ${columns}\nFROM ${dialect.relation(tableName(contract))} AS e${joins.join('')}\nWHERE ${[...where, ...present].join('\n  AND ')}`;
  const matches = write(shared);
  if (member.values.length === 0) return { rows: matches, matches: null };
  const isDistinct = window.quantity.kind === 'distinct';
  const values = member.values.map((field, index) => {
    const { expression, column } = value(field, isDistinct);
    const written = isDistinct
      ? textOf(dialect, expression, column.type)
      : numeric(dialect, expression, column.type, type);
    return `${written} AS v${index + 1}`;
  });
  return { rows: write(list([shared, ...values])), matches };
}

/** Steps of another window, each of which is a match with values of its own. */
function fromWindow(
  window: SlidingWindow,
  { by, values, rule }: Member,
  inner: SlidingWindow,
  held: string,
  dialect: Dialect,
): Part {
  const columns = groupColumns(inner);
  const of = (field: string) => columns[inner.by.indexOf(field)]!;
  const groups =
    window.by.length === 0 ? [`${dialect.text('')} AS g1`] : by.map((field, index) => `${of(field)} AS g${index + 1}`);
  const event = `${dialect.text(`${held}:`)} || ${dialect.key(columns)}`;
  const shared = `${list(groups)}, ${rule} AS rule, t, ${event} AS event`;
  const counted = values.map((field, index) => {
    if (window.quantity.kind !== 'distinct')
      throw new NotExportable('A sum or an average over values of another correlation is not written.');
    return `${of(field)} AS v${index + 1}`;
  });
  return { rows: `SELECT ${list([shared, ...counted])} FROM ${held}`, matches: null };
}

/** What is measured of an event that satisfies several of the rules is measured once, as the first of these has it. */
function firstOfEvent(steps: NamedSteps, window: SlidingWindow, rows: string): string {
  const { kind } = window.quantity;
  if (kind === 'rules' || kind === 'ordered' || !sharesSource(window)) return rows;
  const g = list(groupColumns(window));
  const ranked = steps.add(
    'ranked',
    `SELECT *, min(rule) OVER (PARTITION BY ${g}, t, event) AS first_rule FROM ${rows}`,
  );
  return steps.add('once', `SELECT * FROM ${ranked} WHERE rule = first_rule`);
}

function sharesSource({ members }: SlidingWindow): boolean {
  const contracts = members.flatMap(({ of }) => (of.op === 'source' ? [of.contract] : []));
  return new Set(contracts).size < contracts.length;
}

/** Whole numbers are added up exactly, others to twelve digits after the point. */
function measuredType({ members, quantity: { kind } }: SlidingWindow): SqlType {
  if (kind === 'percentile') return 'double';
  const types = members.flatMap(({ of, values }) =>
    of.op === 'source' ? values.map((field) => columnOf(of.contract, field).type) : [],
  );
  return types.every((type) => type === 'long') ? 'whole' : 'decimal';
}
