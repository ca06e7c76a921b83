import { chanceOf, countLimit } from '../../foundation/statistics/count-limit';
import { upper95 } from '../../foundation/statistics/poisson';

/** Up to here `upper95` has a value of its own for each count; above, its ratio to its argument is drawn through points. */
const EXACT = 63;
/** The same of the limits of `count_limit`. */
const EXACT_LIMITS = 127;
const PER_DECADE = 60;
const LARGEST = 1e6;
/** Stands for the column in a table that is kept. */
const COLUMN = 'tabled_column';

/** A formula with the commands that must stand before it. */
export interface Tabled {
  before: string[];
  text: string;
}

/**
 * ES|QL for `upper95` of a whole number in a column of doubles: a table, and above 63 a line between points that are so near that it is within a hundred
 * thousandth.
 */
export function upper95Of(column: string): Tabled {
  return once('upper95', column, upper95Table);
}

function upper95Table(column: string): Tabled {
  const exact = Array.from({ length: EXACT + 1 }, (_, count) => upper95(count));
  const index = `TO_INTEGER(LEAST(${column}, ${EXACT}.0))`;
  const large = through(EXACT + 1, (count) => betweenCounts(count) / count, column);
  return {
    before: large.before,
    text: `CASE(${column} < 0, null, ${column} <= ${EXACT}, MV_SLICE(${list(exact)}, ${index}, ${index}), ${large.text})`,
  };
}

/**
 * ES|QL for `count_limit` of a mean in a column of doubles, with a spread and a chance that are known: the first of the greatest means for which a count
 * is still rare that is not below it.
 */
export function countLimitOf(column: string, spread: number, chance: number): Tabled {
  return once(`${spread} ${chance}`, column, (name) => countLimitTable(name, spread, chance));
}

function countLimitTable(column: string, spread: number, chance: number): Tabled {
  const steps = Array.from(
    { length: EXACT_LIMITS },
    (_, i) => `${column} <= ${digits(greatestMean(i + 1, spread, chance))}, ${i + 1}.0`,
  );
  const first = greatestMean(EXACT_LIMITS, spread, chance);
  const large = through(first, (mean) => between(mean, spread, chance) / mean, column);
  return {
    before: large.before,
    text: `CASE(${column} < 0, null, ${steps.join(', ')}, CEIL(${large.text}))`,
  };
}

/** Queries share their spread and chance, and a table takes a second. */
const made = new Map<string, Tabled>();

function once(key: string, column: string, make: (column: string) => Tabled): Tabled {
  const table = made.get(key) ?? make(COLUMN);
  made.set(key, table);
  const named = (text: string): string => text.replaceAll(COLUMN, column);
  return { before: table.before.map(named), text: named(table.text) };
}

/** The function at a count that is none, on the line between its neighbours. */
function betweenCounts(count: number): number {
  const whole = Math.floor(count);
  return upper95(whole) + (count - whole) * (upper95(whole + 1) - upper95(whole));
}

/** Where between two whole limits a mean lies: so that rounding up gives the limit. */
function between(mean: number, spread: number, chance: number): number {
  const limit = countLimit(mean, spread, chance)!;
  const [low, high] = [greatestMean(limit - 1, spread, chance), greatestMean(limit, spread, chance)];
  return limit - 1 + (mean - low) / (high - low);
}

/** The greatest mean with which so many come with at most this chance. */
function greatestMean(count: number, spread: number, chance: number): number {
  let [low, high] = [0, count];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (chanceOf(count, middle, spread) <= chance) low = middle;
    else high = middle;
  }
  return low;
}

/** A value that is a column times a ratio; the ratio changes slowly with the column's logarithm, so a line between points gives it. */
function through(first: number, ratio: (value: number) => number, column: string): Tabled {
  const begin = Number(Math.log10(first).toFixed(6));
  const points = Math.ceil((Math.log10(LARGEST) - begin) * PER_DECADE) + 1;
  const table = Array.from({ length: points }, (_, i) => ratio(10 ** (begin + i / PER_DECADE)));
  const place = `((LOG10(GREATEST(${column}, 1.0)) - ${begin}) * ${PER_DECADE})`;
  const index = `TO_INTEGER(FLOOR(GREATEST(0.0, LEAST(${place}, ${points - 2}.0))))`;
  const ratios = `${column}_ratios`;
  const [here, next] = [`MV_SLICE(${ratios}, ${index}, ${index})`, `MV_SLICE(${ratios}, ${index} + 1, ${index} + 1)`];
  return {
    before: [`EVAL ${ratios} = ${list(table)}`],
    text: `${column} * (${here} + (${next} - ${here}) * (${place} - ${index}))`,
  };
}

function list(values: number[]): string {
  return `[${values.map(digits).join(', ')}]`;
}

function digits(value: number): string {
  const text = value.toPrecision(8);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
