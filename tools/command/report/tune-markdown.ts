import { code, plain } from '../../foundation/content/markdown';
import type { TunedParameter, TunePoint, TuneReport } from '../../evidence/tune/result';
import { markdownTable } from './markdown-table';
import { choiceText, reportedText, sweepText, TUNE_HEADS, tuneCells } from './tune-words';

/** The sweep as GitHub-flavoured Markdown. */
export function tuneMarkdown(report: TuneReport): string {
  const lines = [
    `# ${plain(report.name)}`,
    '',
    `${plain(sweepText(report))}.`,
    ...report.parameters.flatMap((parameter) => ofParameter(parameter, report)),
  ];
  return `${lines.join('\n')}\n`;
}

function ofParameter(parameter: TunedParameter, report: TuneReport): string[] {
  const { description, unit, range, points, reported } = parameter;
  const rows = (of: TunePoint[]): string[] =>
    markdownTable(
      TUNE_HEADS,
      of.map((point) => tuneCells(point, report, parameter).map(plain)),
      1,
    );
  return [
    '',
    `## ${code(parameter.parameter)}`,
    '',
    plain(`${description} ${range.join(' to ')} ${unit}.`),
    '',
    ...rows(points),
    '',
    `**${plain(choiceText(parameter, report))}**`,
    ...(reported.length > 0 ? ['', `${plain(reportedText(report))}:`, '', ...rows(reported)] : []),
  ];
}
