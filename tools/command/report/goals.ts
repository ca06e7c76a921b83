import { plain } from '../../foundation/content/markdown';
import type { HonestDay } from '../../evidence/measure/honest-days';
import type { MeasuredPack, Pace } from '../../evidence/measure/results';
import { upper95 } from '../../foundation/statistics/poisson';
import { part, sumOf } from './measured-figures';

/** What the content as a whole is meant to reach in every world. */
const GOALS = {
  /** Part of the campaigns that some source of the world sees. */
  caught: { loud: 0.95, slow: 0.85 },
  atHigh: 0.8,
  /** Part of the money that is gone before an incident is high. */
  lost: 0.15,
  /** Incidents of ordinary traffic in a day, upper 95 % bound. */
  perDay: 0.2,
  /** Incidents that an honest special day makes. */
  perOccurrence: 1,
};

export const GOAL_HEADS = [
  'world',
  `loud caught, of those visible (≥ ${percent(GOALS.caught.loud)})`,
  `slow caught, of those visible (≥ ${percent(GOALS.caught.slow)})`,
  `high incidents (≥ ${percent(GOALS.atHigh)})`,
  `lost before a high incident (≤ ${percent(GOALS.lost)})`,
  `incidents per ordinary day, at most (≤ ${GOALS.perDay})`,
  `incidents on the worst honest special day (≤ ${GOALS.perOccurrence})`,
  'honest special days that become high (only with a reason)',
];

/** The content held against its goals, a row a world: what is reached, and what is not. `days`: the honest days that have a reason to be at high. */
export function goalRows(pack: MeasuredPack[], days: ReadonlyMap<string, HonestDay>): string[][] {
  return pack.map((one) => {
    const { world, days: measured, campaigns, incidents, honest } = one;
    const visible = sumOf(campaigns, 'caught') + sumOf(campaigns, 'missed');
    const high = sumOf(campaigns, 'atHigh');
    const [lost, cost] = [sumOf(campaigns, 'lostBeforeHigh'), sumOf(campaigns, 'cost')];
    const perDay = measured === 0 ? Infinity : upper95(incidents.incidents) / measured;
    const [worst] = honest.map((day) => day.incidents / day.occurrences).sort((a, b) => b - a);
    const atHigh = honest.filter((day) => day.high > 0).map(({ scenario }) => scenario);
    return [
      plain(world),
      caughtCell(one, 'loud'),
      caughtCell(one, 'slow'),
      visible === 0 ? '–' : marked(`${high} of ${visible}`, high >= GOALS.atHigh * visible),
      cost === 0 ? '–' : marked(part(lost, cost), lost <= GOALS.lost * cost),
      marked(perDay.toPrecision(2), perDay <= GOALS.perDay),
      worst === undefined ? '–' : marked(worst.toFixed(1), worst <= GOALS.perOccurrence),
      daysCell(atHigh, days),
    ];
  });
}

/** Those without a reason first. */
function daysCell(atHigh: string[], days: ReadonlyMap<string, HonestDay>): string {
  const hasReason = (scenario: string): boolean => days.get(scenario)?.reason !== undefined;
  const open = atHigh.filter((scenario) => !hasReason(scenario));
  const told = atHigh.filter(hasReason);
  const cells = [
    ...(open.length > 0 ? [`${open.map((one) => plain(one)).join(', ')} **✘**`] : []),
    ...(told.length > 0 ? [`with a reason: ${told.map((one) => plain(one)).join(', ')} ✔`] : []),
  ];
  return cells.length === 0 ? 'none ✔' : cells.join('; ');
}

function caughtCell({ campaigns }: MeasuredPack, pace: Pace): string {
  const chosen = campaigns.filter((one) => one.pace === pace);
  const caught = sumOf(chosen, 'caught');
  const visible = caught + sumOf(chosen, 'missed');
  return visible === 0 ? '–' : marked(`${caught} of ${visible}`, caught >= GOALS.caught[pace] * visible);
}

function marked(text: string, reached: boolean): string {
  return reached ? `${text} ✔` : `**${text} ✘**`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
