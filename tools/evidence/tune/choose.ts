import type { TunePoint } from './result';

/**
 * The value to take of those that were tried: within the budget, the one with the fewest dollars lost before the alert; of several
 * with as few the one with the fewest false episodes, then that which is nearest to the present value, since a change needs a
 * reason. Null where none is within the budget, or there is none.
 */
export function choiceOf(points: readonly TunePoint[], present: number): TunePoint | null {
  const within = points.filter(({ isWithin }) => isWithin === true);
  return first(within, (point) => [cents(point), falseEpisodes(point), Math.abs(point.value - present)]);
}

/** Where no value is within the budget, the one with the fewest false episodes in its worst world; null where there is no budget. */
export function nearestOf(points: readonly TunePoint[], present: number): TunePoint | null {
  const judged = points.filter(({ worst }) => worst !== null);
  return first(judged, (point) => [point.worst!.rate, cents(point), Math.abs(point.value - present)]);
}

/** Sums of money that differ by less than a cent are as good as each other. */
function cents({ usdLost }: TunePoint): number {
  return Math.round(usdLost * 100);
}

function falseEpisodes({ episodes, specials }: TunePoint): number {
  return episodes + specials;
}

function first(points: readonly TunePoint[], keysOf: (point: TunePoint) => number[]): TunePoint | null {
  const ranked = points.map((point) => ({ point, keys: keysOf(point) }));
  ranked.sort((a, b) => a.keys.map((key, place) => key - b.keys[place]!).find((order) => order !== 0) ?? 0);
  return ranked[0]?.point ?? null;
}
