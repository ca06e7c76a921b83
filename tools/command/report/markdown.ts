import { plain } from '../../foundation/content/markdown';
import type { DetectorResult, ReplayReport } from '../../evidence/replay/result';
import { parametersText } from './parameters';
import { changesText, changeText } from './windows';
import { FIGURES, figures, leftOutText, money, story, thousands } from './words';

/** The report as GitHub-flavoured Markdown, as a comment on a pull request or a page. */
export function markdownReport(report: ReplayReport): string {
  const { totals, events, engine } = report;
  const changes = changesText(report);
  const leftOut = leftOutText(report);
  const changed = parametersText(report.parameters);
  const lines = [
    `# Replay`,
    '',
    `${engine.name} ${engine.version}, worlds ${plain(report.worlds.join(', '))}, ${report.days} days, seed ${report.seed}, ${report.window} windows; ` +
      `${thousands(events.indexed)} of ${thousands(events.expected)} events indexed.`,
    '',
    `${totals.campaigns.caught} of ${totals.campaigns.present} campaigns caught, ${totals.campaigns.atHigh} as a high incident; ` +
      `${money(totals.usdLost)} lost before the first alert, ${money(totals.usdLostBeforeHigh)} before an incident was high, ${money(totals.usdLostAtBound)} before anybody could have known, of ${money(totals.usdLost + totals.usdSaved)}; ` +
      `${totals.benignIncidentsPerDay.toFixed(2)} incidents on an ordinary day in the worst world.`,
    '',
    ...(changed ? [`${plain(changed)}.`, ''] : []),
    ...(leftOut ? [`${plain(leftOut)}.`, ''] : []),
    ...(changes ? [`${changes}.`, ''] : []),
  ];
  for (const [title, results] of [
    ['Rules', report.rules],
    ['Hunting queries', report.queries],
  ] as const)
    if (results.length > 0) lines.push(`## ${title}`, '', ...detectorTable(results), '');
  if (report.differences.length > 0)
    lines.push('## Differences between the engines', '', ...report.differences.map((one) => `- ${plain(one)}`), '');
  return lines.join('\n');
}

function detectorTable(results: DetectorResult[]): string[] {
  const isChanged = results.some(({ change }) => change);
  const heads = ['', 'name', ...FIGURES, 'missed', 'raised falsely', 'reasons', ...(isChanged ? ['window'] : [])];
  const rules = heads.map((head) => (FIGURES.includes(head) ? '--:' : '---'));
  const rows = results.map((result) => {
    const { missed, raised } = story(result);
    const changed = isChanged ? [changeText(result)] : [];
    return [result.verdict, result.name, ...figures(result), missed, raised, result.reasons.join('; '), ...changed].map(
      plain,
    );
  });
  return [heads, rules, ...rows].map((columns) => `| ${columns.join(' | ')} |`);
}
