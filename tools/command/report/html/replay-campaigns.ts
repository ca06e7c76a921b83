import { GONE_AT } from '../../../evidence/replay/picture';
import type { PicturedCampaign, ReplayPicture } from '../../../evidence/replay/replay-picture';
import type { DetectorResult, ReplayReport } from '../../../evidence/replay/result';
import { duration, money } from '../words';
import { courseChart } from './charts/course';
import { detectionChart, moneyChart, withAlerts, withoutAlerts } from './charts/detection';
import { markup, type Piece, type Html } from './html';
import { details, table } from './parts';
import type { Charts } from './svg';

/** What all rules and queries together did on the campaigns. */
export function campaignsPart({ rules, queries }: ReplayReport, picture: ReplayPicture, charts: Charts): Html {
  const all = picture.worlds.flatMap(({ world, campaigns }) => campaigns.map((one) => ({ ...one, world })));
  if (all.length === 0) return markup`<p>No campaign ran in these worlds.</p>`;
  const told = (of: (one: PicturedCampaign) => number) =>
    withAlerts(
      all.map((one) => ({ seconds: null, gone: one.gone, lost: of(one) })),
      GONE_AT,
    );
  const curves = [
    detectionChart(all, 'all campaigns'),
    moneyChart(
      [
        { name: 'never stopped', stroke: 'var(--muted)', dash: '4 3', usd: withoutAlerts(all, GONE_AT) },
        { name: 'high incident', stroke: 'var(--link)', dash: '1 3', usd: told((one) => one.usdAtHigh ?? one.usd) },
        { name: 'at the first alert', stroke: 'var(--lost)', usd: told((one) => one.lost.usd) },
      ],
      GONE_AT,
      'US dollars that all campaigns had cost by then, by the rate card: never stopped, or stopped at the moment named.',
    ),
  ];
  const missed = all.filter(({ outcome }) => outcome !== 'caught');
  return markup`<div class="charts whole">
      ${picture.worlds.flatMap(({ world, campaigns }) =>
        campaigns.length === 0 ? [] : [charts.figure(courseChart(`Campaigns in ${world}`, campaigns.map(rowOf)), 3)],
      )}${curves.flatMap((chart) => (chart ? [charts.figure(chart, 3)] : []))}
    </div>
    <h3>Missed</h3>
    ${
      missed.length === 0
        ? markup`<p>None.</p>`
        : table(
            'Campaigns that nothing of level medium or above caught, and what came nearest.',
            ['campaign', 'world', 'cost', 'why'],
            missed.map((one): Piece[] => [
              one.scenario,
              one.world,
              money(one.usd),
              why(one, [...rules, ...queries], picture),
            ]),
            [2],
          )
    }
    ${details('Caught, one by one', caughtTable(all.filter(({ outcome }) => outcome === 'caught')))}`;
}

type Met = PicturedCampaign & { world: string };

function rowOf({ scenario, origin, end, seconds, highAt }: PicturedCampaign) {
  return {
    name: scenario,
    from: origin,
    to: end,
    told: seconds === null ? null : origin + seconds * 1000,
    high: highAt,
  };
}

/** Of a missed campaign the detector that came nearest to its threshold, which is the one to look at. */
function why({ world, occurrence, outcome }: Met, all: DetectorResult[], picture: ReplayPicture): string {
  if (outcome === 'blind') return 'none of the sources shows it';
  const isIt = (one: { world: string; occurrence: number }) => one.world === world && one.occurrence === occurrence;
  const low = all.find(({ outcomes }) => outcomes.some((one) => isIt(one) && one.outcome === 'caught'));
  if (low) return `only evidence of level ${low.level}: ${low.name}`;
  let nearest: { name: string; near: number } | null = null;
  for (const { id, name } of all)
    for (const one of picture.detectors.get(id) ?? []) {
      const near = one.world === world ? one.near.find(([number]) => number === occurrence)?.[1] : null;
      if (near && near < 1 && near > (nearest?.near ?? 0)) nearest = { name, near };
    }
  if (nearest === null) return 'nothing came to any part of a threshold';
  return `nearest: ${nearest.name}, ${Math.round(nearest.near * 100)} % of its threshold`;
}

function caughtTable(caught: Met[]): Html {
  const rows = caught.map((one): Piece[] => [
    one.scenario,
    one.world,
    duration(one.seconds),
    money(one.lost.usd),
    one.highAt === null ? '–' : duration((one.highAt - one.origin) / 1000),
    one.usdAtHigh === null ? '–' : money(one.usdAtHigh),
    money(one.usd),
    String(one.incidents),
    String(one.sources),
  ]);
  return table(
    'Times are from the first message on; money by the rate card.',
    ['campaign', 'world', 'first alert', 'lost by then', 'high', 'lost by then', 'cost', 'incidents', 'sources'],
    rows,
    [2, 3, 4, 5, 6, 7, 8],
  );
}
