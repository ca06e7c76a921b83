import { colour as pc } from '../content/colour';
import type { DetectorResult, ReplayReport, Verdict } from '../replay/result';
import { changesText, changeText } from './windows';
import { FIGURES, figures, leftOutText, money, story, thousands } from './words';

const MARKS: Record<Verdict, string> = { pass: '✔', 'not-proven': '○', 'not-tested': '–', fail: '✘' };
const GAP = '  ';
const NARROWEST_NAME = 24;
const HEADS = ['', '', ...FIGURES];

/** The report for a terminal of this many columns; names are cut where they do not fit. */
export function prettyReport(report: ReplayReport, columns = 120): string {
  const lines: string[] = ['', ...head(report), ''];
  const all = [...report.rules, ...report.queries];
  const rows = all.map(cells);
  const widths = HEADS.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const others = widths.reduce((sum, width, column) => (column === 1 ? sum : sum + width + GAP.length), 0);
  widths[1] = Math.min(widths[1]!, Math.max(NARROWEST_NAME, columns - others));
  for (const [title, results] of [
    ['Rules', report.rules],
    ['Hunting queries', report.queries],
  ] as const) {
    if (results.length === 0) continue;
    lines.push(pc.bold(row(['', title, ...FIGURES], widths)));
    for (const result of results) lines.push(...entry(result, widths, columns));
    lines.push('');
  }
  lines.push(...foot(report, columns), '');
  return lines.join('\n');
}

function head(report: ReplayReport): string[] {
  const { engine, seed, days, worlds, events, window, decided } = report;
  const leftOut = leftOutText(report);
  return [
    `${pc.bold('Tollgate replay')} · ${engine.name} ${engine.version} · ${worlds.join(', ')} · ${days} days · seed ${seed} · ${window} windows`,
    `${thousands(events.indexed)} of ${thousands(events.expected)} events indexed · ${decided.alone} of ${decided.requests} detections decided by the engine alone`,
    ...(leftOut ? [pc.dim(leftOut)] : []),
  ];
}

function cells(result: DetectorResult): string[] {
  return [MARKS[result.verdict], result.name, ...figures(result)];
}

/** The first two columns to the left, figures to the right. */
function row(values: string[], widths: number[]): string {
  return values
    .map((value, column) => (column < 2 ? cut(value, widths[column]!) : value.padStart(widths[column]!)))
    .join(GAP);
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}

/** Text behind a heading, broken between words, each further line as far in as the first. */
function note(heading: string, text: string, columns: number): string[] {
  const indent = ' '.repeat(heading.length);
  const lines: string[] = [heading];
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!;
    if (last.length + word.length > columns && last.length > indent.length) lines.push(`${indent}${word} `);
    else lines[lines.length - 1] = `${last}${word} `;
  }
  return lines.map((one) => one.trimEnd());
}

function entry(result: DetectorResult, widths: number[], columns: number): string[] {
  const line = row(cells(result), widths);
  const paint = { pass: pc.green, 'not-proven': pc.cyan, 'not-tested': pc.yellow, fail: pc.red }[result.verdict];
  const mark = MARKS[result.verdict];
  const { missed, raised } = story(result);
  const changed = changeText(result);
  const lines = [paint(mark) + line.slice(mark.length)];
  if (missed) lines.push(...note('    missed  ', missed, columns).map(pc.dim));
  if (raised) lines.push(...note('    raised  ', raised, columns).map(pc.yellow));
  if (changed) lines.push(...note('    window  ', changed, columns).map(pc.dim));
  if (result.verdict === 'pass' || result.verdict === 'not-tested')
    for (const reason of result.reasons) lines.push(...note('    ', reason, columns).map(pc.dim));
  if (result.verdict === 'fail')
    for (const reason of result.reasons) lines.push(...note('    fails   ', reason, columns).map(pc.red));
  return lines;
}

function foot(report: ReplayReport, columns: number): string[] {
  const { totals, rules, queries, differences, engine } = report;
  const changes = changesText(report);
  const { present, caught, blind } = totals.campaigns;
  const count = (verdict: Verdict) => [...rules, ...queries].filter((result) => result.verdict === verdict).length;
  const untested = count('not-tested');
  const lines = [
    `Campaigns  ${caught} of ${present} caught by at least one${blind > 0 ? `, ${blind} seen by none of the sources` : ''}`,
    ...(totals.missed.length > 0 ? note('Missed     ', totals.missed.join(', '), columns) : []),
    `Money      ${money(totals.usdLost)} lost before the first alert, ${money(totals.usdSaved)} after it, by the rate card`,
    `Analyst    ${totals.benignEpisodesPerDay.toFixed(2)} benign episodes on an ordinary day in the worst world`,
    `Verdicts   ${pc.green(`${count('pass')} pass`)}, ${pc.cyan(`${count('not-proven')} within budget so far, not proven here`)}, ${untested > 0 ? `${pc.yellow(`${untested} not tested`)}, ` : ''}${pc.red(`${count('fail')} fail`)}`,
  ];
  if (changes) lines.push(...note('Windows    ', changes, columns));
  if (engine.name.includes('+'))
    lines.push(
      differences.length === 0
        ? `Engines    agree on every match`
        : pc.red(`Engines    differ:\n  ${differences.join('\n  ')}`),
    );
  return lines;
}
