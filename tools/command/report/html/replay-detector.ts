import { GONE_AT } from '../../../evidence/replay/picture';
import type { DetectorPicture, PicturedCampaign, ReplayPicture } from '../../../evidence/replay/replay-picture';
import type { CampaignOutcome } from '../../../evidence/replay/judge';
import type { DetectorResult } from '../../../evidence/replay/result';
import { changeText } from '../windows';
import { duration, FIGURES, figures, money, story } from '../words';
import { detectionChart, moneyChart, withAlerts, withoutAlerts, type MoneyCourse } from './charts/detection';
import { nearnessChart } from './charts/nearness';
import { timeLineChart, type Stretch } from './charts/time-line';
import { markup, type Piece, type Html } from './html';
import { details, facts, table } from './parts';
import { NO_ROOM, once, type Sized } from './room';
import type { Charts } from './svg';

const HOUR = 3_600_000;

/** What a rule or query did in a replay: its figures, its charts, and each campaign with the reason where it was missed. */
export function detectorPart(
  result: DetectorResult,
  place: number,
  picture: ReplayPicture | null,
  charts: Charts,
): Sized {
  const own = picture?.detectors.get(result.id) ?? [];
  const id = `d${place + 1}`;
  const part = (body: Piece): Html =>
    markup`<article class="detector" id="${id}" aria-labelledby="${id}-title">
      <div class="lead">
        <span class="chip ${result.verdict}">${VERDICTS[result.verdict]}</span>
        <h3 id="${id}-title">${result.name}</h3>
      </div>
      <p class="path">${result.path}</p>
      ${facts([
        ...FIGURES.map((name, at): [string, string] => [name, figures(result)[at]!]),
        ['level', result.level],
        ['reads', result.sources.join(', ')],
      ])}
      ${notes(result)} ${body}
    </article>`;
  const rank = FIRST.indexOf(result.verdict);
  const missed = missedLine(result);
  const table = result.verdict === 'not-tested' ? null : campaignTable(result, own);
  if (picture === null || table === null) return { rank, lengths: [part(missed), () => part(table)] };
  const pictures = once(() => markup`<div class="charts">${drawn(result, own, picture, charts)}</div>`);
  return {
    rank,
    lengths: [part([missed, NO_ROOM]), () => part([pictures(), missed]), () => part([pictures(), table])],
  };
}

/** The missed campaigns in a line, where there is no room for the table. */
function missedLine(result: DetectorResult): Html | null {
  const { missed } = story(result);
  return missed ? markup`<p class="note">Missed: ${missed}.</p>` : null;
}

/** Whose charts are to be seen, where there is no room for all. */
const FIRST: DetectorResult['verdict'][] = ['fail', 'not-proven', 'no-budget', 'pass', 'not-tested'];

/** What a verdict is called. */
export const VERDICTS: Record<DetectorResult['verdict'], string> = {
  pass: 'pass',
  'no-budget': 'no budget',
  'not-proven': 'not proven here',
  'not-tested': 'not tested',
  fail: 'fail',
};

function notes(result: DetectorResult): Html {
  const { raised } = story(result);
  const changed = changeText(result);
  const lines = [
    ...result.reasons,
    ...(raised ? [`raised by honest activity: ${raised}`] : []),
    ...(changed ? [`in ${result.window?.model ?? 'other'} windows: ${changed}`] : []),
  ];
  return markup`<ul>
    ${lines.map((line) => markup`<li>${line}</li>`)}
  </ul>`;
}

function drawn(result: DetectorResult, own: DetectorPicture[], picture: ReplayPicture, charts: Charts): Html[] {
  const figure = charts.figure.bind(charts);
  const near = nearnessChart({
    of: 'ordinary traffic',
    groups: own.flatMap(({ groups }) => groups ?? []),
    special: specialMarks(own, picture),
    caught: marksOf(result, own, 'caught'),
    missed: marksOf(result, own, 'missed'),
  });
  const courses = coursesOf(result, picture);
  const detection = detectionChart(courses, 'the campaigns that its sources show');
  const money = moneyChart(
    [
      { name: 'never stopped', stroke: 'var(--muted)', dash: '4 3', usd: withoutAlerts(courses, GONE_AT) },
      { name: 'at its first alert', stroke: 'var(--lost)', usd: withAlerts(courses, GONE_AT) },
    ],
    GONE_AT,
    'US dollars that the campaigns which its sources show had cost by then, by the rate card: never stopped, or stopped at its first alert.',
  );
  const without = [
    ...(near ? [] : ['No distribution of values: it has no threshold, or nothing came to any part of it.']),
    ...(near && own.every(({ groups }) => groups === null)
      ? ['The values of single groups are not known, since it counts over other correlations.']
      : []),
    ...(detection ? [] : ['No time to detect: it caught no campaign.']),
    ...(money ? [] : ['No money curve: no campaign that its sources show cost anything.']),
  ];
  return [
    ...timeLines(result, own, picture).map((chart) => figure(chart)),
    ...[near, detection, money].flatMap((chart) => (chart ? [figure(chart)] : [])),
    ...(without.length > 0 ? [markup`<div>${without.map((line) => markup`<p class="note">${line}</p>`)}</div>`] : []),
  ];
}

/** One for each world in which it can run. */
function timeLines(result: DetectorResult, own: DetectorPicture[], { worlds }: ReplayPicture) {
  return worlds.flatMap(({ world, start, hourly, campaigns }) => {
    const outcomes = result.outcomes.filter((one) => one.world === world && one.outcome !== 'blind');
    const ordinary = own.filter((one) => one.world === world).flatMap((one) => one.ordinary);
    const specials = result.specials.filter((one) => one.world === world);
    const isIdle = outcomes.length === 0 && ordinary.length === 0 && specials.every(({ spans }) => spans.length === 0);
    if (isIdle) return [];
    const course = new Map(campaigns.map((one) => [one.occurrence, one]));
    const alerts = outcomes.flatMap(({ spans }) => spans);
    const honest = [...ordinary, ...specials.flatMap(({ spans }) => spans)];
    const missed = outcomes
      .filter(({ outcome }) => outcome === 'missed')
      .flatMap(({ occurrence }): Stretch[] => {
        const one = course.get(occurrence);
        return one ? [{ from: one.origin, to: one.end }] : [];
      });
    const lanes = [
      { name: 'on campaigns', fill: 'var(--good)', stretches: alerts },
      { name: 'on honest activity', fill: 'var(--honest)', stretches: honest },
      { name: 'missed campaigns', fill: 'var(--bad)', isThin: true, stretches: missed },
    ];
    const traffic = { start, step: HOUR, counts: hourly };
    return [timeLineChart(`Alerts in ${world}`, traffic, lanes, 'ordinary messages an hour')];
  });
}

function marksOf(result: DetectorResult, own: DetectorPicture[], outcome: CampaignOutcome['outcome']): number[] {
  return result.outcomes.filter((one) => one.outcome === outcome).flatMap((one) => nearOf(own, one) ?? []);
}

/** The honest special days. */
function specialMarks(own: DetectorPicture[], { worlds }: ReplayPicture): number[] {
  return own.flatMap(({ world, near }) => {
    const special = new Set(worlds.find((one) => one.world === world)!.specials.map(({ number }) => number));
    return near.flatMap(([number, value]) => (special.has(number) ? (value ?? []) : []));
  });
}

function nearOf(own: DetectorPicture[], { world, occurrence }: CampaignOutcome): number | null {
  const picture = own.find((one) => one.world === world);
  return picture?.near.find(([number]) => number === occurrence)?.[1] ?? null;
}

/** The campaigns that its sources show. */
function coursesOf(result: DetectorResult, { worlds }: ReplayPicture): MoneyCourse[] {
  return result.outcomes.flatMap(({ world, occurrence, outcome, seconds, usd }): MoneyCourse[] => {
    const campaign = worlds
      .find((one) => one.world === world)
      ?.campaigns.find((one) => one.occurrence === occurrence) as PicturedCampaign | undefined;
    return outcome === 'blind' || !campaign ? [] : [{ seconds, gone: campaign.gone, lost: usd }];
  });
}

const ORDER: CampaignOutcome['outcome'][] = ['missed', 'caught', 'blind'];

function campaignTable(result: DetectorResult, own: DetectorPicture[]): Html {
  const several = new Set(result.outcomes.map(({ world }) => world)).size > 1;
  const rows = ORDER.flatMap((outcome) => result.outcomes.filter((one) => one.outcome === outcome)).map(
    (one): Piece[] => [
      several ? `${one.scenario}, ${one.world}` : one.scenario,
      markup`<span class="${one.outcome}">${one.outcome}</span>`,
      one.outcome === 'caught' ? duration(one.seconds) : '–',
      money(one.usd),
      why(one, nearOf(own, one)),
    ],
  );
  const { present, caught, blind } = result.campaigns;
  const summary = `Campaigns: ${caught} caught, ${present - blind - caught} missed, ${blind} blind`;
  const caption =
    'Missed ones first. Where nothing is said, none of it matched, or what did was part of an alert that ordinary traffic raised.';
  return details(
    summary,
    table(caption, ['campaign', 'outcome', 'first alert after', 'lost by then', 'why'], rows, [3]),
  );
}

/** How near a campaign came, and of a missed one that as the reason. */
function why({ outcome }: CampaignOutcome, near: number | null): string {
  if (outcome === 'blind') return 'none of its sources shows it';
  const reached = near === null ? '' : `${Math.round(near * 100)} % of the threshold`;
  if (outcome === 'caught') return reached;
  if (near === null) return '';
  if (near < 1) return `came to ${reached}`;
  return `${reached}, but as ordinary traffic did at the time, or by honest events alone`;
}
