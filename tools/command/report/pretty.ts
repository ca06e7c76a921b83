import { colour as pc } from '../../foundation/content/colour';
import { harmless } from '../../foundation/content/harmless';
import type { DetectorResult, ReplayReport, Verdict } from '../../evidence/replay/result';
import { legend } from './legend';
import { parametersText } from './parameters';
import { INDENT, Rows } from './rows';
import { fold } from './width';
import { changesText, changeText } from './windows';
import { leftOutText, money, story, thousands } from './words';

/** The width of a report that goes to a file or a pipe. */
export const FILE_COLUMNS = 120;

/** The report for a terminal of this many columns. */
export function prettyReport(report: ReplayReport, columns = FILE_COLUMNS): string {
  const lines: string[] = ['', ...head(report, columns), ''];
  const rows = new Rows([...report.rules, ...report.queries], columns);
  for (const [title, results] of [
    ['Rules', report.rules],
    ['Hunting queries', report.queries],
  ] as const) {
    if (results.length === 0) continue;
    lines.push(...rows.head(title));
    for (const result of results) lines.push(...rows.row(result), ...notes(result, columns));
    lines.push('');
  }
  lines.push(...legend(columns), '', ...foot(report, columns), '');
  return lines.join('\n');
}

function head(report: ReplayReport, columns: number): string[] {
  const { engine, seed, days, worlds, events, window, decided } = report;
  const length = `${days} ${days === 1 ? 'day' : 'days'}`;
  const leftOut = leftOutText(report);
  const changed = parametersText(report.parameters);
  return [
    `${pc.bold('Tollgate replay')} · ${engine.name} ${engine.version} · ${worlds.join(', ')} · ${length} · seed ${seed} · ${window} windows`,
    `${thousands(events.indexed)} of ${thousands(events.expected)} events indexed · ${decided.alone} of ${decided.requests} detections decided by the engine alone`,
    ...(changed ? [pc.yellow(harmless(changed))] : []),
    ...(leftOut ? [pc.dim(leftOut)] : []),
  ].flatMap((line) => fold('', line, columns));
}

/** What there is to say of a rule or query below its row. */
function notes(result: DetectorResult, columns: number): string[] {
  const { verdict, reasons } = result;
  const { missed, raised } = story(result);
  const note = (heading: string, text: string): string[] =>
    text ? fold(INDENT + (heading && heading.padEnd(8)), harmless(text), columns) : [];
  const isToldPlainly = verdict !== 'fail' && verdict !== 'not-proven';
  return [
    ...note('missed', missed).map(pc.dim),
    ...note('raised', raised).map(pc.yellow),
    ...note('window', changeText(result)).map(pc.dim),
    // That a replay is too short to prove a budget is so of most, and the legend says it.
    ...(verdict === 'not-proven'
      ? reasons
          .slice(1)
          .flatMap((reason) => note('', reason))
          .map(pc.dim)
      : []),
    ...(isToldPlainly ? reasons.flatMap((reason) => note('', reason)).map(pc.dim) : []),
    ...(verdict === 'fail' ? reasons.flatMap((reason) => note('fails', reason)).map(pc.red) : []),
  ];
}

function foot(report: ReplayReport, columns: number): string[] {
  const { totals, rules, queries, differences, engine } = report;
  const changes = changesText(report);
  const { present, caught, atHigh, blind } = totals.campaigns;
  const count = (verdict: Verdict) => [...rules, ...queries].filter((result) => result.verdict === verdict).length;
  const unseen = blind > 0 ? `, ${blind} seen by none of the sources` : '';
  const [unbudgeted, untested] = [count('no-budget'), count('not-tested')];
  const verdicts = [
    pc.green(`${count('pass')} pass`),
    pc.cyan(`${count('not-proven')} within budget so far, not proven here`),
    ...(unbudgeted > 0 ? [pc.yellow(`${unbudgeted} without a budget: nothing to pass`)] : []),
    ...(untested > 0 ? [pc.yellow(`${untested} not tested`)] : []),
    pc.red(`${count('fail')} fail`),
  ];
  const lines: [string, string][] = [
    ['Campaigns', `${caught} of ${present} caught by at least one, ${atHigh} as a high incident${unseen}`],
    ...(totals.missed.length > 0 ? [['Missed', harmless(totals.missed.join(', '))] as [string, string]] : []),
    [
      'Money',
      `${money(totals.usdLost)} lost before the first alert, ${money(totals.usdLostBeforeHigh)} before an incident was high, ${money(totals.usdLostAtBound)} before anybody could have known, of ${money(totals.usdLost + totals.usdSaved)}, by the rate card`,
    ],
    ['Analyst', `${totals.benignIncidentsPerDay.toFixed(2)} incidents on an ordinary day in the worst world`],
    ['Verdicts', verdicts.join(', ')],
    ...(changes ? [['Windows', changes] as [string, string]] : []),
  ];
  if (engine.name.includes('+'))
    lines.push(['Engines', differences.length === 0 ? 'agree on every match' : pc.red('differ:')]);
  return [
    ...lines.flatMap(([heading, text]) => fold(heading.padEnd(11), text, columns)),
    ...differences.flatMap((one) => fold('  ', harmless(one), columns)).map(pc.red),
  ];
}
