import type { TunedParameter, TunePoint, TuneReport } from '../../evidence/tune/result';
import { UNIT_WORDS } from '../../evidence/replay/exposure';
import { money } from './words';

/** What every format tells of a value, under these headings. */
export const TUNE_HEADS = [
  '',
  'value',
  'caught',
  'lost',
  'incidents a day',
  'false episodes a day [95 %]',
  'of specials',
  'by the budget',
];

/** The cells of a value; the first marks the present one, and the one to take or that comes nearest. */
export function tuneCells(
  point: TunePoint,
  { worlds }: TuneReport,
  { present, choice, nearest }: TunedParameter,
): string[] {
  const { value, campaigns, usdLost, incidentsPerDay, perDay, interval, specials, worst, isWithin } = point;
  const marks = [
    ...(value === present ? ['present'] : []),
    ...(value === choice ? ['take'] : []),
    ...(value === nearest ? ['nearest'] : []),
  ];
  const rate = worst ? `${worst.rate.toFixed(2)}${worlds.length > 1 ? ` in ${worst.world}` : ''}` : '–';
  return [
    marks.join(', '),
    String(value),
    `${campaigns.caught} of ${campaigns.present}`,
    money(usdLost),
    incidentsPerDay.toFixed(2),
    `${perDay.toFixed(2)} [${interval.map((end) => end.toFixed(2)).join('–')}]`,
    String(specials),
    isWithin === false ? `${rate}, beyond` : rate,
  ];
}

/** What a sweep was. */
export function sweepText({ worlds, days, seeds, budget }: TuneReport): string {
  const length = `${days} ${days === 1 ? 'day' : 'days'}`;
  const limit = budget ? `budget ${budget.max} ${UNIT_WORDS[budget.per]}` : 'no budget';
  return `${worlds.join(', ')} · ${length} each of seeds ${seeds.join(', ')} · ${limit}`;
}

/** What is to be done, in a sentence. */
export function choiceText({ present, choice, nearest, unit, points }: TunedParameter, { budget }: TuneReport): string {
  if (!budget) return 'there is no budget, so none is chosen';
  if (choice === null) {
    const near = points.find(({ value }) => value === nearest);
    if (!near?.worst) return 'nothing in these worlds can be held against the budget, so none is chosen';
    const rate = `${near.worst.rate.toFixed(2)} ${UNIT_WORDS[budget.per]} in ${near.worst.world}`;
    return `no value is within the budget of ${budget.max}; nearest is ${nearest} ${unit}, with ${rate}`;
  }
  const [now, then] = [present, choice].map((one) => points.find(({ value }) => value === one)!);
  const proof =
    then!.worst!.high <= budget.max
      ? 'proven to be within the budget'
      : `within the budget so far, not proven: at most ${then!.worst!.high.toFixed(2)}`;
  if (choice === present) return `keep ${present}: ${proof}`;
  return `take ${choice} ${unit} instead of ${present}: ${money(now!.usdLost)} lost becomes ${money(then!.usdLost)}; ${proof}`;
}

/** On which seeds the figures below the sweep are. */
export function reportedText({ reportSeeds }: TuneReport): string {
  return `on seeds ${reportSeeds.join(', ')}, which chose nothing`;
}
