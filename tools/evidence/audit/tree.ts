/** How well the best tree of depth two on one feature tells two classes apart, as the area under its ROC curve. */

export type Value = string | number | boolean | null;

/** A value's place in the order of all values, and its length as text; both −1 where there is none. */
interface Sample {
  rank: number;
  length: number;
  positive: boolean;
}

/** What a tree may ask of a raw field: order, equality and length. A missing value is neither small nor short. */
interface Question {
  of: 'rank' | 'length';
  is: 'equal' | 'most';
  limit: number;
}

const LONGEST = 255;

/**
 * The tree is grown on every second value and measured on the others, then the other way round; the mean of both areas is returned, so
 * that chance alone gives 0.5. Both lists must hold at least four values.
 */
export function treeAuc(negatives: Value[], positives: Value[]): number {
  const distinct = [...new Set([...negatives, ...positives])].filter((value) => value !== null).sort(inOrder);
  const ranks = new Map<Value, number>(distinct.map((value, index) => [value, index]));
  if (distinct.length === 0 || (distinct.length === 1 && !negatives.includes(null) && !positives.includes(null)))
    return 0.5;
  const half = (parity: number): Sample[] =>
    [negatives, positives].flatMap((values, label) =>
      values
        .filter((_, index) => index % 2 === parity)
        .map((value) => ({
          rank: value === null ? -1 : ranks.get(value)!,
          length: value === null ? -1 : Math.min(String(value).length, LONGEST),
          positive: label === 1,
        })),
    );
  const halves = [half(0), half(1)] as const;
  return (measured(...halves) + measured(halves[1], halves[0])) / 2;
}

function inOrder(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [x, y] = [String(a), String(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function measured(train: Sample[], test: Sample[]): number {
  const first = best(train);
  const second = best(train.filter((sample) => says(first, sample)));
  const third = best(train.filter((sample) => !says(first, sample)));
  const leafOf = (sample: Sample): number =>
    says(first, sample) ? (says(second, sample) ? 0 : 1) : says(third, sample) ? 2 : 3;
  return auc(inLeaves(train, leafOf).map(purity), inLeaves(test, leafOf));
}

function says({ of, is, limit }: Question, sample: Sample): boolean {
  const value = sample[of];
  return is === 'equal' ? value === limit : value >= 0 && value <= limit;
}

/** The question whose answer separates the classes best: by the difference of their shares. */
function best(samples: Sample[]): Question {
  const total = { p: 0, n: 0 };
  for (const { positive } of samples) total[positive ? 'p' : 'n']++;
  let widest = -1;
  let chosen: Question = { of: 'rank', is: 'equal', limit: -2 };
  const consider = (question: Question, p: number, n: number): void => {
    const difference = Math.abs(p / Math.max(1, total.p) - n / Math.max(1, total.n));
    if (difference <= widest) return;
    widest = difference;
    chosen = question;
  };
  for (const of of ['rank', 'length'] as const) {
    const counts = new Map<number, { p: number; n: number }>();
    for (const sample of samples) {
      let count = counts.get(sample[of]);
      if (!count) counts.set(sample[of], (count = { p: 0, n: 0 }));
      count[sample.positive ? 'p' : 'n']++;
    }
    let p = 0;
    let n = 0;
    for (const [limit, count] of [...counts].sort((a, b) => a[0] - b[0])) {
      if (of === 'rank') consider({ of, is: 'equal', limit }, count.p, count.n);
      if (limit < 0) continue;
      p += count.p;
      n += count.n;
      consider({ of, is: 'most', limit }, p, n);
    }
  }
  return chosen;
}

interface Leaf {
  p: number;
  n: number;
}

function inLeaves(samples: Sample[], leafOf: (sample: Sample) => number): Leaf[] {
  const leaves = Array.from({ length: 4 }, () => ({ p: 0, n: 0 }));
  for (const sample of samples) leaves[leafOf(sample)]![sample.positive ? 'p' : 'n']++;
  return leaves;
}

/** Share of the positives in a leaf against that of the negatives, with equal weight for the classes. */
function purity(leaf: Leaf, _: number, all: Leaf[]): number {
  const p = (leaf.p + 0.5) / (all.reduce((sum, one) => sum + one.p, 0) + 1);
  const n = (leaf.n + 0.5) / (all.reduce((sum, one) => sum + one.n, 0) + 1);
  return p / (p + n);
}

/** Probability that a positive scores above a negative, ties counting half. */
function auc(scores: number[], leaves: Leaf[]): number {
  const order = [0, 1, 2, 3].sort((a, b) => scores[a]! - scores[b]!);
  let below = 0;
  let wins = 0;
  let positives = 0;
  for (const [at, index] of order.entries()) {
    // Leaves of one score are one step of the curve.
    const tied = order.filter((other) => scores[other] === scores[index]);
    if (tied[0] !== order[at]) continue;
    const p = tied.reduce((sum, other) => sum + leaves[other]!.p, 0);
    const n = tied.reduce((sum, other) => sum + leaves[other]!.n, 0);
    wins += p * (below + n / 2);
    below += n;
    positives += p;
  }
  return wins / (positives * below);
}
