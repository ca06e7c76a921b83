import type { Hunt } from '../plan/types';
import { NotExportable } from '../target';
import { identifier, real, same, sorted, type LetSteps } from './kql';
import { columnOf, present, textOf } from './source';

type Measure = Hunt['measures'][0];

/** Whether a record of a selection lies in the window or in the baseline; `settle` is how much longer, in milliseconds. */
export function within({ baselineMs }: Hunt, over: Measure['over'], settle = 0): string {
  const later = settle === 0 ? '' : ` + ${settle}`;
  return over === 'window'
    ? `t >= from_ms and t < to_ms${later}`
    : `t >= from_ms - ${baselineMs} and t < from_ms${later}`;
}

/** The value of one measure for each group that has one, as a double in a column of the measure's name. */
export function measureQuery(steps: LetSteps, hunt: Hunt, g: string[], measure: Measure): string {
  const { how, of, also, over, field, percentile = 50 } = measure;
  const rows = `Of_${of}\n| where ${within(hunt, over)}`;
  const keys = g.join(', ');
  const name = identifier(measure.name);
  if (how === 'count') return `${rows}\n| summarize ${name} = todouble(count()) by ${keys}`;
  if (how === 'gap') {
    const gap = `iff(${same(g, 'prev')}, todouble(t - prev(t)) / 1000, real(null))`;
    return ranked(
      steps,
      g,
      name,
      `${rows}\n${sorted([...g, 't'])}\n| extend v = ${gap}\n| where isnotnull(v)`,
      percentile,
    );
  }
  const column = columnOf(hunt.contract, field!);
  const each = column.list ? `\n| mv-expand ${column.name} to typeof(string)` : '';
  const one = { ...column, list: false };
  if (how === 'distinct') {
    const values = (from: string) =>
      `${from}${each}\n| where ${present(one)}\n| summarize by ${keys}, v = ${textOf(one)}`;
    const told = values(rows);
    if (also === undefined) return `${told}\n| summarize ${name} = todouble(count()) by ${keys}`;
    const others = values(`Of_${also}\n| where ${within(hunt, over, hunt.settleMs)}`);
    return `${told}\n| join kind=inner (${others}) on ${keys}, v\n| summarize ${name} = todouble(count()) by ${keys}`;
  }
  if (column.list || column.type === 'text' || column.type === 'boolean')
    throw new NotExportable(`It measures ${field}, which is not a number.`);
  const numbers = `${rows} and ${present(column)}`;
  if (how === 'percentile')
    return ranked(steps, g, name, `${numbers}\n| extend v = todouble(${column.name})`, percentile);
  return `${numbers}\n| summarize ${name} = todouble(${how}(${column.name})) by ${keys}`;
}

/** A percentile of `v` by linear interpolation between the ranks on both sides: Kusto's own is an estimate. */
function ranked(steps: LetSteps, g: string[], name: string, rows: string, percent: number): string {
  const keys = g.join(', ');
  const restart = `not(${same(g, 'prev')})`;
  const ranks = steps.add('Ranks', `${rows}\n${sorted([...g, 'v'])}\n| extend place = row_number(0, ${restart})`);
  const at = `${real(percent / 100)} * (size - 1)`;
  return [
    ranks,
    `| lookup kind=inner (${ranks} | summarize size = count() by ${keys}) on ${keys}`,
    `| summarize low = maxif(v, place <= ${at}), high = minif(v, place >= ${at}), part = max(${at}) by ${keys}`,
    `| project ${keys}, ${name} = low + (high - low) * (part - floor(part, 1))`,
  ].join('\n');
}
