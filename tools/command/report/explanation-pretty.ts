import { colour as pc } from '../../foundation/content/colour';
import { harmless } from '../../foundation/content/harmless';
import { columnsOf } from '../../foundation/content/terminal';
import type { AlikeEvents, ExplainedAlert, Explanation, PartExplanation } from '../../evidence/explain/result';
import { correlationLines, groupText, huntLines } from './explanation-counts';
import { mark, treeLines } from './explanation-tree';
import { timeLine } from './time-line';
import { fold } from './width';

/** How many are told one by one of those that are alike, and of alerts. JSON has all. */
const TOLD_ALIKE = 5;
const TOLD_ALERTS = 3;

/** The width of a time line that goes to a file or a pipe. */
const FILE_COLUMNS = 100;

/** For people: what is asked, a tree of each kind of event, what was counted, and the alerts on time lines. */
export function prettyExplanation(explanation: Explanation, { whole = false } = {}): string {
  const columns = columnsOf(process.stdout, Infinity);
  const lines = [
    ...headLines(explanation, columns),
    ...explanation.parts.flatMap((part) => ['', ...partLines(explanation, part, { columns, whole })]),
    ...explanation.correlations.flatMap((one) => ['', ...correlationLines(one, columns)]),
    ...(explanation.hunt ? ['', ...huntLines(explanation.hunt, columns)] : []),
    ...alertLines(explanation, columnsOf(process.stdout, FILE_COLUMNS)),
  ];
  return `${lines.join('\n')}\n`;
}

function headLines({ title, file, line, case: one, alerts, events }: Explanation, columns: number): string[] {
  const head = [`${pc.bold(harmless(title))} ${pc.dim(`${harmless(file)}:${line}`)}`];
  if (one === null) head.push(`${counted(events.length, 'event')}, ${counted(alerts.length, 'alert')}`);
  else {
    head.push(
      `case '${harmless(one.name)}' [${one.kind}] ${pc.dim(`${harmless(one.file)}:${one.line}:${one.column}`)}`,
    );
    const isMet = one.expected === alerts.length;
    const expected = isMet ? 'as expected' : `${one.expected} expected`;
    head.push(`${mark(isMet)} ${counted(events.length, 'event')}, ${counted(alerts.length, 'alert')}, ${expected}`);
  }
  return head.flatMap((text) => fold('', text, columns));
}

function partLines(
  explanation: Explanation,
  part: PartExplanation,
  { columns, whole }: { columns: number; whole: boolean },
): string[] {
  const { title, source, file, line, of, matched, alike } = part;
  const what =
    of === 0 ? `has no event of ${source}` : `matches ${matched.length} of ${counted(of, 'event')} of ${source}`;
  const place = pc.dim(`${harmless(file)}:${line}`);
  const lines = fold('', `${mark(matched.length > 0)} ${pc.bold(harmless(title))} ${what} ${place}`, columns, 2);
  for (const one of alike.slice(0, TOLD_ALIKE)) {
    lines.push('', ...fold('  ', alikeText(explanation, one), columns));
    lines.push(...treeLines(one.tree, { columns: columns - 2, whole }).map((each) => `  ${each}`));
  }
  const left = alike.slice(TOLD_ALIKE).reduce((sum, { events }) => sum + events.length, 0);
  if (left > 0)
    lines.push('', ...fold('  ', `${counted(left, 'event')} differ otherwise: --format json has all`, columns));
  return lines;
}

function alikeText({ events }: Explanation, { holds, events: alike }: AlikeEvents): string {
  const first = harmless(events[alike[0]!]!.name);
  if (alike.length === 1) return `${first} ${holds ? 'matches' : 'does not match'}`;
  return `${alike.length} events ${holds ? 'match' : 'do not match'}, on which the same parts hold; the first is ${first}`;
}

function alertLines(explanation: Explanation, columns: number): string[] {
  const { alerts } = explanation;
  const left = alerts.length - TOLD_ALERTS;
  return [
    ...alerts.slice(0, TOLD_ALERTS).flatMap((alert) => ['', ...alertLine(explanation, alert, columns)]),
    ...(left > 0 ? ['', `and ${counted(left, 'more alert')}: --format json has all`] : []),
  ];
}

function alertLine({ parts, events }: Explanation, alert: ExplainedAlert, columns: number): string[] {
  const rows = parts.flatMap(({ title }, place) => {
    const times = alert.events.filter((one) => one.parts.includes(place)).map(({ event }) => events[event]!.time);
    return times.length > 0 ? [{ label: title, times }] : [];
  });
  const what = `alert for ${groupText(alert.group)}: value ${alert.value}, ${counted(alert.events.length, 'event')}`;
  return [...fold('', pc.bold(what), columns), ...timeLine(rows, alert.start, columns)];
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
