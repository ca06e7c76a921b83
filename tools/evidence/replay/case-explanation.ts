import { jsonOf } from '@tollgate/sigma/values/json';
import { MAX_TUPLES } from '@tollgate/sigma/correlate/limits';
import type { CorrelationRule } from '@tollgate/sigma/rules/model';
import { CASE_START, type PlacedCase } from './case-events';
import type { CaseOutcome } from './case-outcomes';

/** How many events are told one by one. */
const TOLD = 8;

/** Why a case failed, a sentence a line: the alerts there were, what matched with which values, and what did not match. */
export function explain(placed: PlacedCase, { family, inputs, result }: CaseOutcome): string[] {
  const { alerts, excluded, crowded, peak } = result;
  const lines = [`expected ${count(placed.one.alerts, 'alert')}, got ${alerts.length}`];
  for (const alert of alerts.slice(0, TOLD)) {
    lines.push(
      `alert at ${offset(alert.start)}: ${show(alert.group)}, value ${alert.value}, ${count(alert.events.length, 'event')}`,
    );
  }
  const [rule] = family;
  if (rule?.kind === 'correlation') {
    const reached = peak === null ? '' : `; the highest value of a group was ${peak}`;
    lines.push(`condition: ${condition(rule)}${reached}`);
  }
  if (!rule && peak !== null) lines.push(`the nearest row reached ${(peak * 100).toFixed(0)} % of having`);
  if (excluded > 0) lines.push(`${count(excluded, 'match')} had no value of a group-by field`);
  for (const event of crowded.slice(0, TOLD))
    lines.push(`${nameOf(placed, event)} is left out: it has more than ${MAX_TUPLES} combinations of values`);
  const matched = new Set<number>();
  for (const input of inputs) {
    const title = family.find(({ id }) => id === input.rule)?.title ?? input.rule;
    lines.push(`'${title}' matched ${input.matches.length} of ${count(placed.records.length, 'event')}`);
    for (const [told, match] of input.matches.entries()) {
      matched.add(match.event);
      if (told > TOLD) continue;
      const values = Object.fromEntries(input.fields.map((field, index) => [field, match.values[index]]));
      lines.push(told === TOLD ? '  …' : `  ${nameOf(placed, match.event)}: ${show(values)}`);
    }
  }
  const others = placed.records.map((_, index) => placed.first + index).filter((event) => !matched.has(event));
  if (others.length > 0) {
    const named = others.slice(0, TOLD).map((event) => nameOf(placed, event));
    lines.push(`not matched: ${named.join(', ')}${others.length > TOLD ? ', …' : ''}`);
  }
  return lines;
}

/** An event as the case tells it: the base record and when. */
export function nameOf({ records, first, one }: PlacedCase, event: number): string {
  const record = records[event - first]!;
  return `${one.events[record.entry]!.use} at ${offset(record.time)}`;
}

function offset(time: number): string {
  const ms = time - CASE_START;
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}

function condition(rule: CorrelationRule): string {
  const bounds = Object.entries(rule.condition).map(
    ([key, value]) => `${key}: ${Array.isArray(value) ? value.join(', ') : value}`,
  );
  return `${rule.type} within ${rule.timespanMs / 1000}s${bounds.length > 0 ? `, ${bounds.join(', ')}` : ', all of the rules'}`;
}

function show(values: Record<string, unknown>): string {
  return Object.entries(values)
    .map(([field, value]) => `${field} ${jsonOf(value)}`)
    .join(', ');
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : word.endsWith('h') ? 'es' : 's'}`;
}
