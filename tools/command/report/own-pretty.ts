import { colour as pc } from '../../foundation/content/colour';
import { harmless } from '../../foundation/content/harmless';
import type { FoundIncident, OwnReport, OwnResult } from '../../evidence/own-logs/result';
import {
  alertText,
  eventText,
  evidenceText,
  foundText,
  headText,
  incidentText,
  lossText,
  minute,
  OWN_FIGURES,
  ownFigures,
  ownNotes,
  sourceText,
} from './own-words';
import { shortNames } from './short-names';
import { table } from './table';
import { cut, fold } from './width';

const INDENT = '    ';
/** Alerts of a rule that are shown; all that are kept are in JSON. */
const SHOWN = 5;
/** What the figures take, and the least that a name has. */
const FIGURES_WIDTH = 74;
const FEWEST_OF_NAME = 24;

/** The report for a terminal of this many columns. */
export function ownPretty(report: OwnReport, columns: number): string {
  const lines = [
    '',
    ...fold('', `${pc.bold('Tollgate on your own logs')} · ${harmless(headText(report))}`, columns),
    '',
  ];
  const section = (title: string, body: string[]): void => {
    if (body.length > 0) lines.push(pc.bold(title), ...body, '');
  };
  section(
    'Sources',
    report.sources.flatMap((source) => fold(`${INDENT}${source.id}  `, sourceText(source), columns, INDENT.length + 4)),
  );
  section(
    'Not looked at',
    report.losses.flatMap((loss) => fold(INDENT, harmless(lossText(loss)), columns)).map(pc.red),
  );
  section('Known incidents', incidents(report, columns));
  section(
    'Incidents found',
    report.found.flatMap((one) => found(one, columns)),
  );
  for (const [title, results] of [
    ['Rules', report.rules],
    ['Hunting queries', report.queries],
  ] as const)
    section(title, results.length === 0 ? [] : rows(results, columns));
  section(
    'Alerts',
    [...report.rules, ...report.queries].flatMap((result) => alerts(result, columns)),
  );
  section('Not run', notRun(report, columns));
  lines.push(...legend(columns), '');
  return lines.join('\n');
}

function incidents({ incidents: all }: OwnReport, columns: number): string[] {
  return all.flatMap((incident, index) => {
    const mark = incident.caught ? pc.green('✔') : pc.red('✘');
    const when = `${minute(incident.start)} to ${minute(incident.end)}`;
    return fold(`${mark}  ${index + 1}  `, harmless(`${when}: ${incidentText(incident)}`), columns);
  });
}

function found(incident: FoundIncident, columns: number): string[] {
  const [first, ...others] = foundText(incident).map(harmless);
  const paint = incident.level === 'high' ? pc.red : pc.yellow;
  return [
    ...fold('', first!, columns).map(paint),
    ...others.flatMap((line) => fold(INDENT, line, columns)),
    ...incident.evidence.flatMap((line) => fold(INDENT + INDENT, harmless(evidenceText(line)), columns)).map(pc.dim),
  ];
}

function rows(results: OwnResult[], columns: number): string[] {
  const names = shortNames(results.map(({ path }) => path)).map(harmless);
  const body = results.map((result, index) => [
    markOf(result),
    cut(`${names[index]!}  ${harmless(result.name)}`, Math.max(FEWEST_OF_NAME, columns - FIGURES_WIDTH)),
    ...ownFigures(result),
  ]);
  return table([['', '', ...OWN_FIGURES], ...body], {
    columns,
    keys: 2,
    right: [false, false, ...OWN_FIGURES.map(() => true)],
    paintHead: pc.bold,
  });
}

function markOf({ budget, episodes }: OwnResult): string {
  if (budget === 'over') return pc.red('✘');
  return episodes > 0 ? pc.yellow('●') : pc.green('✔');
}

function alerts(result: OwnResult, columns: number): string[] {
  const notes = ownNotes(result);
  if (result.alerts.length === 0 && notes.length === 0) return [];
  const shown = result.alerts.slice(0, SHOWN);
  const more = result.alerts.length + result.more - shown.length;
  return [
    ...fold('', harmless(result.name), columns),
    ...notes.flatMap((note) => fold(INDENT, harmless(note), columns)).map(pc.cyan),
    ...shown.flatMap((alert) => [
      ...fold(INDENT, harmless(alertText(alert)), columns).map(pc.yellow),
      ...alert.first.flatMap((event) => fold(INDENT + INDENT, harmless(eventText(event)), columns)).map(pc.dim),
    ]),
    ...(more > 0 ? [`${INDENT}${more} more; --format json lists up to ${result.alerts.length}`] : []),
  ];
}

function notRun({ notRun: all }: OwnReport, columns: number): string[] {
  return all.flatMap(({ name, reason, isError }) => {
    const lines = fold(INDENT, harmless(`${name}: ${reason}`), columns);
    return isError ? lines.map(pc.red) : lines.map(pc.dim);
  });
}

function legend(columns: number): string[] {
  const marks = ['✔\u00a0quiet', '●\u00a0raised something outside the incidents', '✘\u00a0clearly over its budget'];
  const heads = [
    'looked at: records of its sources',
    'matched: those that one of its detections matched',
    'days: what it watched, without the incidents',
    'a day: episodes outside the incidents, with the exact 95 % interval',
    'nearest: how near anything came to its threshold',
  ];
  return [...fold('Marks    ', marks.join(', '), columns), ...fold('Columns  ', heads.join('; '), columns)];
}
