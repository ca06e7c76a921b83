import type { MeasuredDetector, Pace } from '../../../evidence/measure/results';
import { upper95 } from '../../../foundation/statistics/poisson';
import { rate, sumOf } from '../measured-figures';
import { duration, money } from '../words';
import { worldNearnessChart } from './charts/world-nearness';
import { markup, type Piece, type Html } from './html';
import { details, facts } from './parts';
import { NO_ROOM, type Sized } from './room';
import type { Charts } from './svg';

/** A rule or query as it was measured: with the scenarios written alongside the rules and, where there are any, with the independent ones. */
export interface MeasuredPair {
  own: MeasuredDetector;
  apart: MeasuredDetector | undefined;
}

/** What was measured of a rule or query. */
export function measuredPart({ own, apart }: MeasuredPair, place: number, charts: Charts): Sized {
  const id = `d${place + 1}`;
  const part = (body: Piece): Html =>
    markup`<article class="detector" id="${id}" aria-labelledby="${id}-title">
      <h3 id="${id}-title">${own.title}</h3>
      <p class="path">${own.path}</p>
      ${facts([
        ...(apart ? [['independent campaigns caught', caughtOf(apart)] as [string, Piece]] : []),
        [apart ? 'other campaigns caught' : 'campaigns caught', caughtOf(own)],
        ['benign a day, at most', worstText(own)],
        ...timing(own, 'loud'),
        ...timing(own, 'slow'),
        ['level', own.level],
        ['reads', own.sources.join(', ')],
      ])}
      ${body}
    </article>`;
  const near = own.worlds.flatMap(({ world, nearness, nearest }) =>
    nearness === null || nearness <= 0 ? [] : [{ world, near: nearness, by: nearest }],
  );
  const picture = (): Piece =>
    near.length > 0
      ? charts.figure(worldNearnessChart(near))
      : markup`<p class="note">No chart: it has no threshold, or nothing benign came anywhere near it.</p>`;
  const body = (): Html =>
    markup`<div class="charts">${picture()}<div class="wide">${campaignsOf(own, apart)}</div></div>`;
  return { rank: place, lengths: [part(NO_ROOM), () => part(body())] };
}

/** Of the campaigns that its sources show. */
export function caughtOf({ campaigns }: MeasuredDetector): string {
  const caught = sumOf(campaigns, 'caught');
  return `${caught} of ${caught + sumOf(campaigns, 'missed')}`;
}

/** The highest bound of a world's ordinary traffic. */
export function worstText({ worlds }: MeasuredDetector): string {
  const bounds = worlds.map(({ world, episodes, days }) => ({ world, most: upper95(episodes) / days }));
  const [worst] = bounds.sort((a, b) => b.most - a.most);
  return worst ? `${rate(worst.most)} in ${worst.world}` : '–';
}

function timing({ until }: MeasuredDetector, pace: Pace): [string, Piece][] {
  const one = until[pace];
  if (!one) return [];
  const { median, p95 } = one.seconds;
  return [
    [`first alert, ${pace}`, `${duration(median)} (95 % ${duration(p95)})`],
    [`lost by then, ${pace}`, money(one.usd)],
  ];
}

/** What was caught and missed of each set; why a campaign was missed is not kept by a measurement. */
function campaignsOf(own: MeasuredDetector, apart: MeasuredDetector | undefined): Html {
  if (!apart) return markup`<h4>Campaigns</h4>${outcomes(own)}`;
  return markup`<h4>Independent campaigns</h4>
    ${outcomes(apart)} ${details('Campaigns written alongside the rules', outcomes(own))}`;
}

function outcomes({ campaigns }: MeasuredDetector): Html {
  const of = (key: 'caught' | 'missed' | 'blind'): string => {
    const names = new Map<string, number>();
    for (const campaign of campaigns)
      if (campaign[key] > 0) names.set(campaign.scenario, (names.get(campaign.scenario) ?? 0) + campaign[key]);
    return [...names].map(([name, count]) => (count > 1 ? `${name} ×${count}` : name)).join(', ') || 'none';
  };
  return markup`<p class="note">Caught: ${of('caught')}.</p>
    <p class="note">Missed: ${of('missed')}.</p>
    <p class="note">Not shown by its sources: ${of('blind')}.</p>`;
}
