import { countLimit } from '../../foundation/statistics/count-limit';
import { upper95 } from '../../foundation/statistics/poisson';

/** A function of formulas: its arguments as its errors name them, and what it gives; null where an argument is none that it takes. */
export interface FormulaFunction {
  takes: string[];
  of: (...args: number[]) => number | null;
}

/** Answers that are kept, at most, for each of so many combinations of other arguments. */
const REMEMBERED = 2 ** 15;
const REMEMBERED_OTHERS = 2 ** 6;

/** The same function, which is not computed again for what it was asked lately: run after run a query asks it much the same. */
function remembering(of: (first: number, ...others: number[]) => number | null): typeof of {
  /** By the other arguments, which hardly ever differ, and then by the first. */
  const known = new Map<string, Map<number, number | null>>();
  let last: { others: number[]; answers: Map<number, number | null> } | undefined;
  return (first, ...others) => {
    if (last === undefined || others.some((other, place) => !Object.is(other, last!.others[place]))) {
      const key = others.join(' ');
      const answers = known.get(key) ?? new Map<number, number | null>();
      if (known.size === REMEMBERED_OTHERS) known.clear();
      known.set(key, answers);
      last = { others, answers };
    }
    const { answers } = last;
    let answer = answers.get(first);
    if (answer === undefined) {
      if (answers.size === REMEMBERED) answers.clear();
      answers.set(first, (answer = of(first, ...others)));
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
