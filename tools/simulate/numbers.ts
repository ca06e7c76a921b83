import { PLANS, type NumberingPlan } from './plans';
import { below, type Key } from './random';

/** ISO 3166-1 alpha-2 codes of the countries for which there are numbers that are safe to use. */
export const COUNTRIES: readonly string[] = Object.keys(PLANS).sort();

/** How many numbers a block has. A block is a number less its last four digits. */
export const BLOCK_SIZE = 10_000;

/** How many exchange codes of an area begin with 0 or 1. */
const UNASSIGNED_EXCHANGES = 200;

/** A plan's blocks: how many there are, and what makes of the place of one all that comes before the last four digits. */
interface Blocks {
  count: number;
  beginning: (place: number) => string;
}

const BLOCKS = new Map(Object.entries(PLANS).map(([country, plan]) => [country, blocksOf(plan)]));

/** How many blocks a country has. */
export function blockCount(country: string): number {
  return blocksIn(country).count;
}

const FOUR_DIGITS = Array.from({ length: BLOCK_SIZE }, (_, n) => String(n).padStart(4, '0'));

/** The E.164 number at a place in a block of a country. Both wrap around. */
export function numberAt(country: string, block: number, place: number): string {
  const { count, beginning } = blocksIn(country);
  return beginning(block % count) + FOUR_DIGITS[place % BLOCK_SIZE]!;
}

/** Any number of a country, all equally likely. */
export function anyNumber(country: string, key: Key): string {
  return numberAt(country, below(key, 'block', blockCount(country)), below(key, 'place', BLOCK_SIZE));
}

/** Whether a number is one of those that `numberAt` can make, or a sender's, which are for fiction: what a test asks of every number in a dataset. */
export function isSafe(number: string): boolean {
  if (/^\+1[2-9]\d{2}55501\d{2}$/.test(number)) return true;
  return Object.values(PLANS).some((plan) => {
    if (plan.how === 'exchange') {
      const [, area, rest] = /^\+1(\d{3})([01]\d{6})$/.exec(number) ?? [];
      return rest !== undefined && plan.areas.includes(area!);
    }
    const before = `+${plan.code}${'0'.repeat(plan.zeros)}`;
    const fits = number.length === 1 + plan.code.length + plan.digits && /^\+\d+$/.test(number);
    return fits && number.startsWith(before) && !plan.except.some((part) => number.startsWith(before + part));
  });
}

function blocksOf(plan: NumberingPlan): Blocks {
  if (plan.how === 'exchange') {
    const { areas } = plan;
    return {
      count: areas.length * UNASSIGNED_EXCHANGES,
      beginning: (place) => {
        const code = String(Math.floor(place / areas.length)).padStart(3, '0');
        return `+1${areas[place % areas.length]!}${code}`;
      },
    };
  }
  const { code, digits, zeros, except } = plan;
  const width = digits - zeros - 4;
  // Where a part of the plan is left out, all that comes after it moves up.
  const gaps = except
    .map((part) => ({ first: Number(part) * 10 ** (width - part.length), size: 10 ** (width - part.length) }))
    .sort((a, b) => a.first - b.first);
  const before = `+${code}${'0'.repeat(zeros)}`;
  return {
    count: 10 ** width - gaps.reduce((sum, { size }) => sum + size, 0),
    beginning: (place) => {
      let index = place;
      for (const { first, size } of gaps) if (index >= first) index += size;
      return before + String(index).padStart(width, '0');
    },
  };
}

function blocksIn(country: string): Blocks {
  const blocks = BLOCKS.get(country);
  if (!blocks) throw new Error(`no safe numbers are known for country ${country}`);
  return blocks;
}
