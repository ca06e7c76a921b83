import { plain } from '../../foundation/content/markdown';
import type { OwnReport, OwnResult } from '../../evidence/own-logs/result';
import { markdownTable } from './markdown-table';
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

/** Alerts of a rule that are shown. */
const SHOWN = 20;

/** The report as GitHub-flavoured Markdown. */
export function ownMarkdown(report: OwnReport): string {
  const lines = ['# Replay on your own logs', '', `${plain(headText(report))}.`, ''];
  const section = (title: string, body: string[]): void => {
    if (body.length > 0) lines.push(`## ${title}`, '', ...body, '');
  };
  const list = (items: string[]): string[] => items.map((item) => `- ${plain(item)}`);
  section('Sources', list(report.sources.map((source) => `${source.id}: ${sourceText(source)}`)));
  section('Not looked at', list(report.losses.map(lossText)));
  section(
    'Known incidents',
    list(
      report.incidents.map(
        (incident, index) =>
          `${index + 1}, ${minute(incident.start)} to ${minute(incident.end)}: ${incidentText(incident)}`,
      ),
    ),
  );
  section(
    'Incidents found',
    report.found.flatMap((incident) => {
      const [first, ...others] = foundText(incident);
      const below = [...others, ...incident.evidence.map(evidenceText)];
      return [`- ${plain(first!)}`, ...below.map((line) => `  - ${plain(line)}`)];
    }),
  );
  section('Rules', detectorTable(report.rules));
  section('Hunting queries', detectorTable(report.queries));
  section('Alerts', [...report.rules, ...report.queries].flatMap(alerts));
  section('Not run', list(report.notRun.map(({ name, reason }) => `${name}: ${reason}`)));
  return lines.join('\n');
}

function detectorTable(results: OwnResult[]): string[] {
  if (results.length === 0) return [];
  const rows = results.map((result) => [result.name, ...ownFigures(result), ownNotes(result).join('; ')].map(plain));
  return markdownTable(['name', ...OWN_FIGURES, 'notes'], rows);
}

function alerts(result: OwnResult): string[] {
  if (result.alerts.length === 0) return [];
  const more = result.alerts.length + result.more - SHOWN;
  return [
    `### ${plain(result.name)}`,
    '',
    ...result.alerts
      .slice(0, SHOWN)
      .flatMap((alert) => [
        `- ${plain(alertText(alert))}`,
        ...alert.first.map((event) => `  - ${plain(eventText(event))}`),
      ]),
    ...(more > 0 ? [`- and ${more} more`] : []),
    '',
  ];
}
