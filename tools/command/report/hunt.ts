import { colour as pc } from '../../foundation/content/colour';
import type { Scalar } from '@tollgate/sigma/values/event';
import { harmless } from '../../foundation/content/harmless';
import { jsonOf } from '@tollgate/sigma/values/json';
import { plain } from '../../foundation/content/markdown';
import { columnsOf } from '../../foundation/content/terminal';
import { fillPivot } from '../../detection/hunt/pivot';
import type { HuntAnswer } from '../../detection/hunt/evaluate';
import type { HuntQuery, HuntRow, HuntScope } from '../../detection/hunt/types';
import { table } from './table';
import { fold } from './width';
import { thousands } from './words';

/** A hunt and what it found. */
export interface HuntReport {
  query: HuntQuery;
  answer: HuntAnswer;
  scope: HuntScope;
  parameters: Record<string, number>;
  /** What was searched: an index pattern or a file. */
  searched: string;
  /** Who counted: `memory`, or the cluster by `aggregations` or through its `documents`. */
  by: 'memory' | 'aggregations' | 'documents';
  /** What did not answer, in words; more might be found there. */
  missing: string[];
}

/** Rows that a terminal shows, and for how many of them what to look at next. JSON has them all. */
const SHOWN_ROWS = 50;
const SHOWN_PIVOTS = 5;

export const HUNT_FORMATS = { pretty: prettyHunt, json: jsonHunt, markdown: markdownHunt };

function jsonHunt(report: HuntReport): string {
  const { query, answer, scope, parameters, searched, by, missing } = report;
  const { from, to, at } = answer.run;
  const rows = answer.rows.map((row) => ({ ...row, pivot: fillPivot(query, row, answer.run, scope) }));
  const whole = {
    query: { id: query.id, title: query.title, path: query.file, level: query.level, source: query.source },
    searched,
    by,
    window: { from: iso(from), to: iso(to), at: iso(at), baselineFrom: iso(from - query.baselineMs) },
    scope,
    parameters,
    groups: answer.groups,
    excluded: answer.excluded,
    missing,
    rows,
  };
  return `${jsonOf(whole, 2)}\n`;
}

function prettyHunt(report: HuntReport): string {
  const { query, answer, scope } = report;
  const columns = columnsOf(process.stdout, Infinity);
  const lines = ['', pc.bold(harmless(query.title)), ...head(report).map((line) => pc.dim(harmless(line)))].flatMap(
    (line) => fold('', line, columns),
  );
  lines.push('');
  if (answer.rows.length > 0) {
    const names = namesOf(query);
    const rows = [names.map(harmless), ...answer.rows.slice(0, SHOWN_ROWS).map((row) => cells(query, row))];
    const keys = query.groupBy.length;
    lines.push(...table(rows, { columns, keys, right: names.map((_, i) => i >= keys), paintHead: pc.bold }));
    if (answer.rows.length > SHOWN_ROWS)
      lines.push(`… and ${answer.rows.length - SHOWN_ROWS} more: --format json has all`);
    for (const row of answer.rows.slice(0, SHOWN_PIVOTS)) {
      const { before, after } = fillPivot(query, row, answer.run, scope);
      lines.push('', pc.bold(query.groupBy.map((field) => show(row.group[field])).join(' · ')));
      lines.push(...fold('  before: ', harmless(before), columns), ...fold('  after:  ', harmless(after), columns));
    }
    lines.push('');
  }
  lines.push(harmless(verdict(report)), '');
  return lines.join('\n');
}

function markdownHunt(report: HuntReport): string {
  const { query, answer } = report;
  const names = namesOf(query);
  const lines = [`# ${plain(query.title)}`, '', ...head(report).map(plain), '', plain(verdict(report)), ''];
  if (answer.rows.length > 0) {
    lines.push(`| ${names.map(plain).join(' | ')} |`);
    lines.push(`|${names.map((_, i) => (i < query.groupBy.length ? '---|' : '--:|')).join('')}`);
    for (const row of answer.rows) lines.push(`| ${cells(query, row).map(plain).join(' | ')} |`);
    lines.push('');
  }
  return lines.join('\n');
}

function head({ query, answer, scope, parameters, searched, by }: HuntReport): string[] {
  const { from, to } = answer.run;
  const limits = Object.entries(scope).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  const changed = Object.entries(query.parameters).flatMap(([name, { default: was }]) =>
    parameters[name] === was ? [] : `${name} ${parameters[name]} instead of ${was}`,
  );
  const compared = query.baselineMs > 0 ? `, compared with the time from ${iso(from - query.baselineMs)} on` : '';
  return [
    `${query.source} in ${searched}, by ${by}${limits.length > 0 ? `; only ${limits.join(', ')}` : ''}`,
    `${iso(from)} to ${iso(to)}${compared}`,
    ...(changed.length > 0 ? [`changed: ${changed.join('; ')}`] : []),
  ];
}

function verdict({ answer, missing }: HuntReport): string {
  const { rows, groups, excluded } = answer;
  const left = excluded > 0 ? `; ${thousands(excluded)} events have no value to group by, or too many` : '';
  const none = groups === 0 && excluded === 0 ? ': nothing that it counts is in this window' : '';
  const partial = missing.length > 0 ? `; not whole, as of the cluster ${missing.join('; ')}` : '';
  return `${thousands(rows.length)} of ${thousands(groups)} groups found${none}${left}${partial}`;
}

function namesOf(query: HuntQuery): string[] {
  return [...query.groupBy, ...Object.keys(query.measures), ...Object.keys(query.derive)];
}

function cells(query: HuntQuery, row: HuntRow): string[] {
  const values = [...Object.keys(query.measures), ...Object.keys(query.derive)].map((name) => row.values[name] ?? null);
  return [...query.groupBy.map((field) => show(row.group[field])), ...values.map(figure)];
}

function show(value: Scalar | undefined): string {
  return harmless(String(value));
}

function figure(value: number | null): string {
  if (value === null) return '–';
  return Number.isInteger(value) ? thousands(value) : String(Number(value.toPrecision(3)));
}

function iso(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}
