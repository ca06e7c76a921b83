import type { ReplayPicture } from '../../../evidence/replay/replay-picture';
import type { DetectorResult, ReplayReport, Verdict } from '../../../evidence/replay/result';
import { parametersText } from '../parameters';
import { changesText } from '../windows';
import { figures, leftOutText, money, thousands } from '../words';
import { counted, coverageTable, type CoverageData } from './coverage';
import { markup, type Piece, type Html } from './html';
import { pageOf, type Section } from './page';
import { table, tiles } from './parts';
import { campaignsPart } from './replay-campaigns';
import { detectorPart, VERDICTS } from './replay-detector';
import { fitted } from './room';
import { Charts } from './svg';

/** The report of a replay as a page of its own; without a picture (`pictureOfUnits`) it has no charts, and says so. */
export function replayPage(report: ReplayReport, picture: ReplayPicture | null): string {
  const charts = new Charts();
  const all = [...report.rules, ...report.queries];
  const sections: (Section | null)[] = [
    { id: 'summary', title: 'Summary', body: summary(report, picture) },
    picture && { id: 'campaigns', title: 'Campaigns', body: campaignsPart(report, picture, charts) },
    {
      id: 'coverage',
      title: 'Coverage',
      body: coverageTable(coverageOf(all), 'Scenarios by log source: the best of the rules and queries that read it'),
    },
    report.differences.length > 0
      ? {
          id: 'differences',
          title: 'Differences between the engines',
          body: markup`<ul>
            ${report.differences.map((one) => markup`<li>${one}</li>`)}
          </ul>`,
        }
      : null,
  ];
  const parts = all.map((result, place) => detectorPart(result, place, picture, charts));
  const page = (detectors: Html[]): string => {
    const of = (title: string, id: string, from: number, count: number): Section | null =>
      count === 0 ? null : { id, title, body: detectors.slice(from, from + count) };
    return pageOf({
      title: 'Tollgate replay',
      meta: head(report),
      sections: [
        ...sections,
        of('Rules', 'rules', 0, report.rules.length),
        of('Hunting queries', 'queries', report.rules.length, report.queries.length),
      ],
    });
  };
  return page(fitted(parts, Buffer.byteLength(page([]))));
}

function head({ engine, worlds, days, seed, window, events }: ReplayReport): string {
  return (
    `${engine.name} ${engine.version} · ${worlds.join(', ')} · ${days} ${days === 1 ? 'day' : 'days'} · seed ${seed} · ${window} windows · ` +
    `${thousands(events.indexed)} of ${thousands(events.expected)} events`
  );
}

function summary(report: ReplayReport, picture: ReplayPicture | null): Html {
  const { totals, rules, queries, engine, differences } = report;
  const { present, caught, atHigh, blind } = totals.campaigns;
  const all = [...rules, ...queries];
  const usd = totals.usdLost + totals.usdSaved;
  const count = (verdict: Verdict): number => all.filter((one) => one.verdict === verdict).length;
  const part = (value: number): string => (usd > 0 ? `${Math.round((100 * value) / usd)} % of ${money(usd)}` : '');
  const notes = [
    ...[parametersText(report.parameters), leftOutText(report), changesText(report)].filter((note) => note !== ''),
    ...(engine.name.includes('+') && differences.length === 0 ? ['Both engines agree on every match.'] : []),
    ...(picture ? [] : ['Charts are left out: what they show was not kept.']),
  ];
  return markup`${tiles([
    {
      name: 'campaigns caught',
      value: `${caught} of ${present}`,
      more: blind > 0 ? `${blind} seen by none of the sources` : 'by at least one, of level medium or above',
    },
    {
      name: 'as a high incident',
      value: `${atHigh} of ${present}`,
      more: 'two kinds of sign, or one at level high',
    },
    { name: 'lost before the first alert', value: money(totals.usdLost), more: part(totals.usdLost) },
    {
      name: 'lost before an incident was high',
      value: money(totals.usdLostBeforeHigh),
      more: part(totals.usdLostBeforeHigh),
    },
    {
      name: 'gone before anybody could have known',
      value: money(totals.usdLostAtBound),
      more: part(totals.usdLostAtBound),
    },
    { name: 'incidents an ordinary day', value: totals.benignIncidentsPerDay.toFixed(2), more: 'in the worst world' },
  ])}
    <p>
      ${count('pass')} pass, ${count('not-proven')} within budget so far and not proven here, ${count('not-tested')} not
      tested, ${count('fail')} fail.
    </p>
    ${notes.map((note) => markup`<p class="note">${note}</p>`)} ${overview(all)}`;
}

function overview(all: DetectorResult[]): Html {
  const rows = all.map((result, place): Piece[] => [
    markup`<a href="#d${place + 1}">${result.name}</a>`,
    markup`<span class="${result.verdict}">${VERDICTS[result.verdict]}</span>`,
    ...figures(result),
  ]);
  const heads = [
    'rule or query',
    'verdict',
    'caught',
    'blind',
    'benign a day [95 %]',
    'nearest',
    'first alert',
    'lost by then',
  ];
  return table(
    'Caught: of the campaigns that its sources show. Nearest: how near anything benign came to the threshold. First alert and what was lost by then: medians of the caught.',
    heads,
    rows,
    [2, 3, 4, 5, 6, 7],
  );
}

function coverageOf(all: DetectorResult[]): CoverageData {
  const known = new Map<string, { world: string; scenario: string; best: 'caught' | 'missed' | 'blind' }>();
  for (const { outcomes } of all)
    for (const { world, scenario, occurrence, outcome } of outcomes) {
      const key = `${world} ${occurrence}`;
      const best = known.get(key)?.best ?? 'blind';
      known.set(key, {
        world,
        scenario,
        best: best === 'caught' || outcome === 'caught' ? 'caught' : outcome === 'missed' ? 'missed' : best,
      });
    }
  return {
    detectors: all.map(({ sources, outcomes }) => ({
      sources,
      campaigns: outcomes.map(({ world, scenario, outcome }) => ({ world, scenario, ...counted(outcome) })),
    })),
    campaigns: [...known.values()].map(({ best, ...one }) => ({ ...one, ...counted(best) })),
  };
}
