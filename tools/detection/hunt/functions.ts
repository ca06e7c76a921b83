import { countLimit } from '../../foundation/statistics/count-limit';
import { upper95 } from '../../foundation/statistics/poisson';

/** A function of formulas: its arguments as its errors name them, and what it gives; null where an argument is none that it takes. */
export interface FormulaFunction {
  takes: string[];
  of: (...args: number[]) => number | null;
}

/** Answers that are kept, at most. */
const REMEMBERED = 2 ** 17;

/** The same function, which is not computed again for what it was asked lately: run after run a query asks it much the same. */
function remembering<Args extends number[]>(of: (...args: Args) => number | null): (...args: Args) => number | null {
  const answers = new Map<string, number | null>();
  return (...args) => {
    const key = args.join(' ');
    let answer = answers.get(key);
    if (answer === undefined) {
      if (answers.size === REMEMBERED) answers.clear();
      answers.set(key, (answer = of(...args)));
    }
    return answer;
  };
}

/** The functions of `derive` and `having`; all their arguments are numbers, and a null among them makes null. */
export const FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  count_limit: { takes: ['usual count', 'spread', 'chance'], of: remembering(countLimit) },
  upper95: {
    takes: ['count'],
    of: remembering((count) => (count >= 0 && Number.isInteger(count) ? upper95(count) : null)),
  },
  max: { takes: ['number', 'number'], of: Math.max },
  min: { takes: ['number', 'number'], of: Math.min },
};
