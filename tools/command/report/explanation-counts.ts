import type { CorrelationType } from '@tollgate/sigma/rules/model';
import type { Scalar } from '@tollgate/sigma/values/event';
import { colour as pc } from '../../foundation/content/colour';
import { harmless } from '../../foundation/content/harmless';
import type { ExplainedFormula } from '../../evidence/explain/having';
import type { CorrelationExplanation, HuntExplanation } from '../../evidence/explain/result';
import { mark } from './explanation-tree';
import { shown } from './test-words';
import { table } from './table';
import { fold } from './width';
import { duration } from './words';

/** Groups that a terminal shows. */
const SHOWN_GROUPS = 5;

/** What a correlation counted, against what it asks: the groups that reached most first. */
export function correlationLines(one: CorrelationExplanation, columns: number): string[] {
  const { title, rules, alerts, excluded, groups } = one;
  const lines = [
    `${mark(alerts > 0)} ${pc.bold(harmless(title))} ${countText(one)}`,
    `  asks for ${conditionText(one)}`,
    ...rules.map(({ title: part, matches, alerts: inner }) =>
      matches === null
        ? `  '${harmless(part)}' alerted ${inner === 1 ? 'once' : `${inner} times`}`
        : `  '${harmless(part)}' matched ${matches}`,
    ),
    `  ${reachedText(one)}`,
    ...excludedLines(excluded),
  ].flatMap((line) => fold('', line, columns, 4));
  if (groups === null || groups.length === 0) return lines;
  const window = `in ${span(one.timespanMs)}`;
  const head = [...one.groupBy, 'matches', window, 'in all'];
  const rows = groups
    .slice(0, SHOWN_GROUPS)
    .map(({ group, matches, reached, together }) => [
      ...one.groupBy.map((field) => harmless(String(group[field]))),
      matches.join(' + '),
      figure(reached),
      figure(together),
    ]);
  const keys = one.groupBy.length;
  const right = head.map((_, i) => i >= keys);
  const tables = table([head.map(harmless), ...rows], { columns: columns - 2, keys, right, paintHead: pc.bold });
  const left = groups.length - SHOWN_GROUPS;
  return [
    ...lines,
    '',
    ...tables.map((line) => `  ${line}`),
    ...(left > 0 ? [`  and ${left} more groups: --format json has all`] : []),
  ];
}

function countText({ type, groupBy, timespanMs, condition }: CorrelationExplanation): string {
  const by = groupBy.length === 0 ? '' : ` by ${groupBy.join(', ')}`;
  return harmless(
    `${COUNTED[type]((condition.field ?? []).join(', '), condition.percentile)}${by} within ${span(timespanMs)}`,
  );
}

const COUNTED: Record<CorrelationType, (field: string, percentile?: number) => string> = {
  event_count: () => 'counts matches',
  value_count: (field) => `counts the different values of ${field}`,
  temporal: () => 'counts which of its rules matched',
  temporal_ordered: () => 'counts how many of its rules matched in their order',
  value_sum: (field) => `adds up ${field}`,
  value_avg: (field) => `takes the mean of ${field}`,
  value_median: (field) => `takes the median of ${field}`,
  value_percentile: (field, percentile) => `takes the ${percentile}th percentile of ${field}`,
};

function conditionText({ condition, rules }: CorrelationExplanation): string {
  const { gte, gt, lt, lte, eq, neq, expression } = condition;
  const told = [
    gte === undefined ? [] : `${gte} or more`,
    gt === undefined ? [] : `more than ${gt}`,
    lte === undefined ? [] : `${lte} or fewer`,
    lt === undefined ? [] : `fewer than ${lt}`,
    eq === undefined ? [] : `exactly ${eq}`,
    neq === undefined ? [] : `any number but ${neq}`,
    expression === undefined ? [] : `a combination of its ${rules.length} rules`,
  ].flat();
  return told.join(' and ');
}

function reachedText({ reached, short, rules }: CorrelationExplanation): string {
  if (reached === null)
    return rules.every(({ matches, alerts }) => matches === 0 || (matches === null && alerts === 0))
      ? 'nothing was there to count'
      : 'no highest value says how near a group came';
  if (short === null) return `a group reached ${reached}`;
  const by = short === 0 ? 'which must be passed' : `${figure(short)} short`;
  return `the most that a group reached is ${figure(reached)}, ${by}`;
}

function excludedLines({ count, lacking }: CorrelationExplanation['excluded']): string[] {
  if (count === 0) return [];
  const fields = Object.entries(lacking).map(([field, number]) => `${harmless(field)} in ${number}`);
  return [`  ${count} matches are in no group, as a field has no value: ${fields.join(', ')}`];
}

/** What a query's runs came to, and the row that came nearest. */
export function huntLines({ rows, excluded, nearest }: HuntExplanation, columns: number): string[] {
  const without = excludedLines(excluded);
  if (nearest === null) return [`${mark(false)} no run had a row: nothing was there to count`, ...without];
  const { nearness, at, group, values, having } = nearest;
  const isFound = having.holds === true;
  const near = isFound
    ? 'in which having holds'
    : `the nearest has ${Math.floor(nearness * 100)} % of what having asks`;
  const figures = Object.entries(values).map(([name, value]) => `${name} ${figure(value)}`);
  return [
    ...fold('', `${mark(isFound)} ${pc.bold('having')} over ${rows} rows; ${near}`, columns, 2),
    ...fold('  ', `${groupText(group)} at ${new Date(at).toISOString()}`, columns),
    ...formulaLines(having, '  ', columns),
    ...fold('  ', figures.join(', '), columns),
    ...without,
  ];
}

function formulaLines(formula: ExplainedFormula, indent: string, columns: number): string[] {
  const { op, text, holds, parts, left, right } = formula;
  const word = { and: 'all of', or: 'any of', not: 'not' }[op];
  const sides = parts.length > 0 ? '' : ` · ${figure(left ?? null)} ${op} ${figure(right ?? null)}`;
  const near = holds !== true && parts.length === 0 ? ` · ${Math.floor(formula.nearness * 100)} %` : '';
  return [
    ...fold(indent, `${mark(holds)} ${word ?? text}${sides}${near}`, columns),
    ...parts.flatMap((part) => formulaLines(part, `${indent}  `, columns)),
  ];
}

/** A group with the names of its fields. */
export function groupText(group: Record<string, Scalar>): string {
  const fields = Object.entries(group).map(([field, value]) => `${harmless(field)} ${shown(value)}`);
  return fields.length > 0 ? fields.join(', ') : 'all events';
}

function figure(value: number | bigint | null): string {
  if (value === null) return '–';
  return typeof value === 'bigint' || Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)));
}

function span(ms: number): string {
  return duration(ms / 1000).replace(/ 0[smh]$/, '');
}
