import { countLimit } from '../../foundation/statistics/count-limit';
import { upper95 } from '../../foundation/statistics/poisson';

/** A function of formulas: its arguments as its errors name them, and what it gives; null where an argument is none that it takes. */
export interface FormulaFunction {
  takes: string[];
  of: (...args: number[]) => number | null;
}

/** The functions of `derive` and `having`; all their arguments are numbers, and a null among them makes null. */
export const FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  count_limit: { takes: ['usual count', 'spread', 'chance'], of: countLimit },
  upper95: { takes: ['count'], of: (count) => (count >= 0 && Number.isInteger(count) ? upper95(count) : null) },
  max: { takes: ['number', 'number'], of: Math.max },
  min: { takes: ['number', 'number'], of: Math.min },
};
