import { plain } from '../../foundation/content/markdown';
import type { MeasuredDetector, MeasuredPack, MeasuredSet, Pace } from '../../evidence/measure/results';
import { isHigh } from '../../evidence/replay/totals';
import { upper95 } from '../../foundation/statistics/poisson';
import { money } from './words';

/** What the content as a whole is meant to reach in every world. Episodes are of benign activity. */
const GOALS = {
  /** Part of the campaigns that some source of the world sees. */
  caught: { loud: 0.95, slow: 0.8 },
  /** Of ordinary traffic, upper 95 % bound, in a day: of all detectors, and of those at level high or critical in a week. */
  episodes: { all: 1, highInAWeek: 1 },
  /** Median of what a loud campaign costs before the first alert, US dollars. */
  usd: 25,
};

/** The content held against its goals, a row a world: what is reached, and what is not. */
export function goalRows({ pack, detectors }: Pick<MeasuredSet, 'pack' | 'detectors'>): {
  heads: string[];
  rows: string[][];
} {
  const heads = [
    'world',
    `visible loud caught (≥ ${100 * GOALS.caught.loud} %)`,
    `visible slow caught (≥ ${100 * GOALS.caught.slow} %)`,
    `benign episodes a day, at most (≤ ${GOALS.episodes.all})`,
    'of special scenarios beside, a day',
    `at level high a week, at most (≤ ${GOALS.episodes.highInAWeek})`,
    `median lost, loud (< $${GOALS.usd})`,
  ];
  return { heads, rows: pack.map((one) => rowOf(one, detectors)) };
}

function rowOf(pack: MeasuredPack, detectors: MeasuredDetector[]): string[] {
  const all = boundOf(pack, () => true);
  const high = 7 * boundOf(pack, isHigh);
  const lost = pack.until.loud?.usd ?? null;
  return [
    plain(pack.world),
    caughtCell(pack, 'loud'),
    caughtCell(pack, 'slow'),
    marked(all.toPrecision(2), all <= GOALS.episodes.all),
    specialsOf(pack.world, detectors).toPrecision(2),
    marked(high.toPrecision(2), high <= GOALS.episodes.highInAWeek),
    lost === null ? '–' : marked(money(lost), lost < GOALS.usd),
  ];
}

function caughtCell({ campaigns }: MeasuredPack, pace: Pace): string {
  const chosen = campaigns.filter((one) => one.pace === pace);
  const caught = chosen.reduce((sum, one) => sum + one.caught, 0);
  const visible = chosen.reduce((sum, one) => sum + one.caught + one.missed, 0);
  return visible === 0 ? '–' : marked(`${caught} of ${visible}`, caught >= GOALS.caught[pace] * visible);
}

/** The upper bound of episodes a day. Detectors that were watched for as many days are one count; the bounds of others add up. */
function boundOf({ episodes }: MeasuredPack, isMeant: (level: string) => boolean): number {
  const byDays = new Map<number, number>();
  for (const { level, days, episodes: count } of episodes)
    if (days > 0) byDays.set(days, (byDays.get(days) ?? 0) + (isMeant(level) ? count : 0));
  return [...byDays].reduce((sum, [days, count]) => sum + upper95(count) / days, 0);
}

/** Episodes a day that special scenarios cause on average, each as often as a business meets it. */
function specialsOf(world: string, detectors: MeasuredDetector[]): number {
  const here = detectors.flatMap(({ specials }) => specials.filter((one) => one.world === world));
  return here.reduce((sum, { episodes, occurrences, perYear }) => sum + (episodes / occurrences) * (perYear / 365), 0);
}

function marked(text: string, reached: boolean): string {
  return reached ? `${text} ✔` : `**${text} ✘**`;
}
