import type { BooleanTree } from '@tollgate/sigma/rules/plan';
import type { CorrelationCondition } from '@tollgate/sigma/rules/model';
import { countedMembers } from '../plan/members';
import type { Member, SlidingWindow, Source } from '../plan/types';
import { groupColumns } from '../sql/group';
import { NotExportable } from '../target';
import { chainRows } from './chain';
import { same, sorted, text, type LetSteps } from './kql';
import { predicate } from './predicate';
import { columnOf, eachOf, functionName, present, seenBy, since, textOf } from './source';

/** Later than any time, in milliseconds. */
const NEVER = 'long(9000000000000000)';

/**
 * Writes the steps at which a window's condition holds, as rows of the group, `t`, `value` and `until`: the last millisecond up to which it holds,
 * unless there is another step before. `from` is the time from which on events are read, `asof` that of the last delivery.
 */
export function heldRows(steps: LetSteps, window: SlidingWindow, from: string): string {
  if (window.silent)
    throw new NotExportable('It alerts when something is missing, and a search finds only what is there.');
  const g = groupColumns(window);
  const members = memberRows(steps, window, from);
  if (window.op === 'chain') return chainRows(steps, window, g, members);
  const measured = sweepRows(steps, window, g, members);
  const bounded = [
    `${measured}`,
    `| extend met = coalesce(${holds(window.condition)}, false)`,
    '| where step == 1 or not(met)',
    sorted([...g, 't']),
    `| extend until = iff(${same(g, 'next')}, next(t) - 1, ${NEVER})`,
    '| where step == 1 and met',
    `| project ${[...g, 't', 'value', 'until'].join(', ')}`,
  ];
  return steps.add('Held', bounded.join('\n'));
}

/** The episodes: rows of the group, `started`, `until` and the `value` at the start. A group is armed again after more than one timespan without. */
export function episodeRows(window: SlidingWindow, held: string, since: string): string {
  const g = groupColumns(window);
  return [
    held,
    `| where t >= ${since}`,
    sorted([...g, 't']),
    `| extend starts = not(${same(g, 'prev')}) or t - prev(until) > ${window.timespanMs}`,
    `| extend episode = row_cumsum(toint(starts), not(${same(g, 'prev')}))`,
    `| summarize arg_min(t, value), until = max(until) by ${[...g, 'episode'].join(', ')}`,
    `| project ${[...g, 'started = t', 'until', 'value'].join(', ')}`,
  ].join('\n');
}

function memberRows(steps: LetSteps, window: SlidingWindow, from: string): string {
  const members = countedMembers(window);
  const parts = members.map((member) =>
    member.of.op === 'source'
      ? sourceRows(window, member, member.of, from)
      : innerRows(window, member, member.of, heldRows(steps, member.of, `${from} - ${member.of.timespanMs}`)),
  );
  return steps.add(
    'Matched',
    parts.length === 1 ? parts[0]! : `union\n${parts.map((part) => `(${part})`).join(',\n')}`,
  );
}

function sourceRows(
  window: SlidingWindow,
  member: Member,
  { contract, predicate: expr }: Source,
  from: string,
): string {
  const distinct = window.quantity.kind === 'distinct';
  const groups = member.by.map((field) => columnOf(contract, field));
  const values = member.values.map((field) => columnOf(contract, field));
  const used = [...groups, ...values];
  const lists = [...new Set(used.filter(({ list }) => list).map(({ name }) => name))];
  const value = (column: (typeof used)[0]) => {
    if (distinct) return textOf(column);
    if (column.list || column.type === 'boolean')
      throw new NotExportable(`It adds up ${column.field}, which is not a number.`);
    return column.type === 'long' ? column.name : `todecimal(${column.name})`;
  };
  return [
    functionName(contract),
    `| where ${since(from)} and ${seenBy('asof')}`,
    `| where ${predicate(contract, expr)}`,
    ...lists.map(eachOf),
    ...(used.length > 0 ? [`| where ${used.map((column) => present({ ...column, list: false })).join(' and ')}`] : []),
    `| project ${[
      ...(window.by.length === 0
        ? [`g1 = ${text('all')}`]
        : groups.map((column, index) => `g${index + 1} = ${textOf({ ...column, list: false })}`)),
      `rule = ${member.rule}`,
      't = ts',
      ...values.map((column, index) => `v${index + 1} = ${value(column)}`),
    ].join(', ')}`,
  ].join('\n');
}

/** Steps of another window, each of which is an entry of its own. */
function innerRows(window: SlidingWindow, { by, values, rule }: Member, inner: SlidingWindow, held: string): string {
  if (values.length > 0 && window.quantity.kind !== 'distinct')
    throw new NotExportable('A sum over values of another correlation is not written.');
  const columns = groupColumns(inner);
  const of = (field: string) => columns[inner.by.indexOf(field)]!;
  const groups =
    window.by.length === 0 ? [`g1 = ${text('all')}`] : by.map((field, index) => `g${index + 1} = ${of(field)}`);
  return `${held}\n| project ${[...groups, `rule = ${rule}`, 't', ...values.map((field, index) => `v${index + 1} = ${of(field)}`)].join(', ')}`;
}

/**
 * The quantity wherever it changes, as rows of the group, `t`, `step` (1 where matches came, 0 where they only left) and `value`: each match, or each
 * unbroken run of matches of one value, enters with its time and leaves one millisecond after its last time and the timespan, so that a
 * running sum is exact at every time.
 */
function sweepRows(steps: LetSteps, window: SlidingWindow, g: string[], members: string): string {
  const { quantity, timespanMs } = window;
  switch (quantity.kind) {
    case 'events':
      return running(steps, g, moves(members, g, timespanMs, 'd = 1', 'd = -1'), ['d'], 'd');
    case 'distinct': {
      const values = window.members[0]!.values.map((_, index) => `v${index + 1}`);
      return running(steps, g, runs(steps, window, g, members, values), ['d'], 'd');
    }
    case 'rules': {
      if (quantity.expression === undefined)
        return running(steps, g, runs(steps, window, g, members, ['rule']), ['d'], 'd');
      const all = Array.from({ length: quantity.rules }, (_, rule) => `d${rule}`);
      const changes = `${runs(steps, window, g, members, ['rule'])}\n| extend ${all.map((name, rule) => `${name} = iff(rule == ${rule}, d, 0)`).join(', ')}`;
      const sum = all.join(' + ');
      return running(
        steps,
        g,
        changes,
        all,
        `iff(${sum} > 0 and ${overRules(quantity.expression)}, ${sum}, long(null))`,
      );
    }
    case 'sum':
      return running(
        steps,
        g,
        moves(members, g, timespanMs, 'd = v1, n = 1', 'd = -v1, n = -1'),
        ['d', 'n'],
        'iff(n > 0, todouble(d), real(null))',
      );
    case 'mean':
      return running(
        steps,
        g,
        moves(members, g, timespanMs, 'd = v1, n = 1', 'd = -v1, n = -1'),
        ['d', 'n'],
        'iff(n > 0, todouble(d) / n, real(null))',
      );
    case 'percentile':
      throw new NotExportable('A percentile has no difference that could be added up, and KQL has no windows of rows.');
    case 'ordered':
      throw new TypeError('an ordered correlation is a chain');
  }
}

function moves(rows: string, g: readonly string[], timespanMs: number, comes: string, goes: string): string {
  const columns = g.join(', ');
  return `union (${rows} | project ${columns}, t, step = 1, ${comes}), (${rows} | project ${columns}, t = t + ${timespanMs + 1}, step = 0, ${goes})`;
}

/** Each run of equal values comes and goes once. */
function runs(
  steps: LetSteps,
  { timespanMs, everyStep }: SlidingWindow,
  g: string[],
  rows: string,
  by: string[],
): string {
  const keys = [...g, ...by];
  const neighbours = steps.add(
    'Runs',
    [
      `${rows}\n| project ${[...keys, 't'].join(', ')}`,
      sorted([...keys, 't']),
      `| extend enters = not(${same(keys, 'prev')}) or t - prev(t) > ${timespanMs}, leaves = not(${same(keys, 'next')}) or next(t) - t > ${timespanMs}`,
    ].join('\n'),
  );
  const rule = by[0] === 'rule' ? ', rule' : '';
  const columns = g.join(', ');
  const every = everyStep ? `, (${neighbours} | project ${columns}, t, step = 1, d = 0${rule})` : '';
  return `union (${neighbours} | where enters | project ${columns}, t, step = 1, d = 1${rule}), (${neighbours} | where leaves | project ${columns}, t = t + ${timespanMs + 1}, step = 0, d = -1${rule})${every}`;
}

function running(steps: LetSteps, g: string[], changes: string, sums: readonly string[], value: string): string {
  const restart = `not(${same(g, 'prev')})`;
  return steps.add(
    'Measured',
    [
      changes,
      `| summarize step = max(step), ${sums.map((name) => `${name} = sum(${name})`).join(', ')} by ${[...g, 't'].join(', ')}`,
      sorted([...g, 't']),
      `| extend ${sums.map((name) => `${name} = row_cumsum(${name}, ${restart})`).join(', ')}`,
      `| project ${[...g, 't', 'step', `value = ${value}`].join(', ')}`,
    ].join('\n'),
  );
}

/** What a condition asks of `value`; an expression over rules has been asked already, and has no value where it does not hold. */
function holds({ gt, gte, lt, lte, eq, neq, expression }: CorrelationCondition): string {
  if (expression !== undefined) return 'isnotnull(value)';
  const bounds = { '>': gt, '>=': gte, '<': lt, '<=': lte, '==': eq, '!=': neq };
  const written = Object.entries(bounds).flatMap(([op, bound]) =>
    bound === undefined ? [] : [`value ${op} ${bound}`],
  );
  return written.length === 0 ? 'isnotnull(value)' : written.join(' and ');
}

function overRules(expression: BooleanTree<number>): string {
  switch (expression.op) {
    case 'and':
      return `(${expression.all.map(overRules).join(' and ')})`;
    case 'or':
      return `(${expression.any.map(overRules).join(' or ')})`;
    case 'not':
      return `not(${overRules(expression.expr)})`;
    case 'test':
      return `d${expression.test} > 0`;
  }
}
