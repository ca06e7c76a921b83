import { countedMembers } from '../plan/members';
import type { Member, SlidingWindow, Source } from '../plan/types';
import { fieldsTested } from '../plan/fields';
import { groupColumns } from '../sql/group';
import type { Column } from '../sql/columns';
import { NotExportable } from '../target';
import { predicate } from './predicate';
import { recordSteps, type Shapes } from './records';
import { partsOfOne } from './quantity';
import { RUN_AT } from './schedule';
import { columnOf, eachOf, present } from './source';
import { text } from './spl';

/** Which records a search counts: by the time of their event, and by what the run before saw of them; in milliseconds before the run. */
export interface Sight {
  fromMs: number;
  /** A record counts for the run if it was indexed before this, and for the run before if before that. */
  nowMs: number;
  beforeMs: number;
}

/** The longest that a search may take whose rows are appended, in seconds. */
const APPEND = 'append maxtime=600 timeout=600 maxout=50000';

/** Writes the steps of a window that another counts; `window.ts` has it. */
export type Held = (inner: SlidingWindow, shapes: Shapes, sight: Sight) => string[];

/**
 * The matches of a window's rules, as rows of `run`, the group, `rule`, `t` and the values: each for the run, and again for the run before
 * where that saw it.
 */
export function memberSteps(window: SlidingWindow, shapes: Shapes, sight: Sight, held: Held): string[] {
  const members = countedMembers(window);
  const sources = members.flatMap((member) =>
    member.of.op === 'source' ? [sourceSteps(window, member, member.of, shapes, sight)] : [],
  );
  const windows = members.flatMap((member) =>
    member.of.op === 'source'
      ? []
      : [
          innerSteps(
            window,
            member,
            member.of,
            held(member.of, shapes, { ...sight, fromMs: sight.fromMs + member.of.timespanMs }),
          ),
        ],
  );
  const events = [...union(sources), ...(sources.length > 0 ? ['| mvexpand run'] : [])];
  const [first = events, ...others] = windows;
  const appended = [...others, ...(windows.length > 0 && events.length > 0 ? [events] : [])];
  return [...first, ...appended.flatMap((steps) => [`| ${APPEND}`, ...subsearch(steps)])];
}

/** Several searches of records at once, without the limits of appended ones: each has steps only that need no other row. */
function union(sources: readonly string[][]): string[] {
  const [first = [], ...others] = sources;
  return others.length === 0 ? first : ['| multisearch', ...sources.flatMap(subsearch)];
}

function subsearch(steps: readonly string[]): string[] {
  const [first, ...others] = steps;
  const opens = first!.startsWith('|') ? first! : `search ${first!}`;
  return [`  [ ${opens}`, ...others.map((step) => `  ${step}`), '  ]'];
}

function sourceSteps(window: SlidingWindow, member: Member, source: Source, shapes: Shapes, sight: Sight): string[] {
  const { contract } = source;
  const groups = member.by.map((field) => columnOf(contract, field));
  const values = member.values.map((field) => columnOf(contract, field));
  const used = [...groups, ...values];
  const g = groupColumns(window);
  const made = [
    ...(window.by.length === 0 ? [`${g[0]!}="all"`] : groups.map(({ name }, index) => `${g[index]!}=${name}`)),
    `rule=${member.rule}`,
    't=ts',
    ...values.map((column, index) => `v${index + 1}=${valueOf(window, column)}`),
  ];
  const names = ['run', ...g, 'rule', 't', ...values.map((_, index) => `v${index + 1}`)];
  return [
    ...recordSteps(contract, shapes, [...member.by, ...member.values, ...fieldsTested(source.predicate)]),
    `| where ts >= ${RUN_AT} - ${sight.fromMs} AND ingested <= ${RUN_AT} - ${sight.nowMs}`,
    `| where ${predicate(contract, source.predicate)}`,
    ...eachOf(used),
    ...(used.length > 0 ? [`| where ${used.map(present).join(' AND ')}`] : []),
    `| eval ${made.join(', ')}`,
    ...(values.length > 0 && window.quantity.kind !== 'distinct' ? ['| where isnotnull(v1)'] : []),
    `| eval run=if(ingested <= ${RUN_AT} - ${sight.beforeMs}, mvappend("before", "now"), "now")`,
    `| fields ${names.join(', ')}`,
    '| fields - _raw, _time',
  ];
}

function valueOf(window: SlidingWindow, column: Column): string {
  if (window.quantity.kind === 'distinct') return column.name;
  if (column.list || column.type === 'boolean')
    throw new NotExportable(`It adds up ${column.field}, which is not a number.`);
  const parts = partsOfOne(window);
  return parts === 1 ? column.name : `round(tonumber(${column.name}) * ${parts})`;
}

/** Steps of another window, each of which is an entry of its own. */
function innerSteps(
  window: SlidingWindow,
  { by, values, rule }: Member,
  inner: SlidingWindow,
  held: readonly string[],
): string[] {
  if (values.length > 0 && window.quantity.kind !== 'distinct')
    throw new NotExportable('A sum over values of another correlation is not written.');
  const columns = groupColumns(inner);
  const of = (field: string) => columns[inner.by.indexOf(field)]!;
  const g = groupColumns(window);
  const kept = [
    ...(window.by.length === 0 ? [`new_1=${text('all')}`] : by.map((field, index) => `new_${index + 1}=${of(field)}`)),
    ...values.map((field, index) => `v${index + 1}=${of(field)}`),
    `rule=${rule}`,
  ];
  const names = ['run', ...g, 'rule', 't', ...values.map((_, index) => `v${index + 1}`)];
  return [
    ...held,
    '| where met=1',
    `| eval ${kept.join(', ')}`,
    `| eval ${g.map((name, index) => `${name}=new_${index + 1}`).join(', ')}`,
    `| fields ${names.join(', ')}`,
  ];
}
