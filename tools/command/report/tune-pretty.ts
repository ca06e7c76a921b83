import { colour as pc } from '../../foundation/content/colour';
import { harmless } from '../../foundation/content/harmless';
import { columnsOf } from '../../foundation/content/terminal';
import type { TunedParameter, TunePoint, TuneReport } from '../../evidence/tune/result';
import { sparkline } from './sparkline';
import { table } from './table';
import { choiceText, reportedText, sweepText, TUNE_HEADS, tuneCells } from './tune-words';
import { fold } from './width';
import { money } from './words';

/** The sweep for a terminal: of each parameter its curves, its values, and what to do. */
export function tunePretty(report: TuneReport): string {
  const columns = columnsOf(process.stdout, Infinity);
  const lines = [
    '',
    ...fold('', `${pc.bold('Tollgate tune')} · ${harmless(report.name)} · ${report.path}`, columns),
    ...fold('', sweepText(report), columns),
    ...report.parameters.flatMap((parameter) => ['', ...ofParameter(parameter, report, columns)]),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

function ofParameter(parameter: TunedParameter, report: TuneReport, columns: number): string[] {
  const { description, unit, range, points, reported } = parameter;
  const rows = (of: TunePoint[]): string[] =>
    table([TUNE_HEADS, ...of.map((point) => tuneCells(point, report, parameter))], {
      columns,
      keys: 2,
      right: TUNE_HEADS.map((head) => head !== '' && head !== 'by the budget'),
      paintHead: pc.dim,
    });
  const painted = parameter.choice === null && parameter.nearest !== null ? pc.yellow : pc.green;
  return [
    pc.bold(parameter.parameter),
    ...fold('', harmless(`${description} ${range.join(' to ')} ${unit}.`), columns).map(pc.dim),
    '',
    ...curves(points),
    '',
    ...rows(points),
    '',
    ...fold('', harmless(choiceText(parameter, report)), columns).map(painted),
    ...(reported.length > 0 ? ['', pc.dim(reportedText(report)), ...rows(reported)] : []),
  ];
}

/** One line a figure, with its lowest and highest value. */
function curves(points: TunePoint[]): string[] {
  const curve = (name: string, figureOf: (point: TunePoint) => number, text: (figure: number) => string): string => {
    const figures = points.map(figureOf);
    return `${name.padEnd(22)}${sparkline(figures)}  ${text(Math.min(...figures))} to ${text(Math.max(...figures))}`;
  };
  return [
    curve('caught', ({ campaigns }) => campaigns.caught, String),
    curve('lost before the alert', ({ usdLost }) => usdLost, money),
    curve(
      'false episodes a day',
      ({ perDay }) => perDay,
      (rate) => rate.toFixed(2),
    ),
  ];
}
