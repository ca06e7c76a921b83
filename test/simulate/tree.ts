/** How well the best tree of depth two on one feature tells two classes apart, as the area under its ROC curve. */

type Value = string | number | boolean | null;
type Sample = { value: Value; positive: boolean };
type Question = (value: Value) => boolean;

/** Grows the tree on every second sample and measures it on the others, so that chance alone gives 0.5. */
export function treeAuc(negatives: Value[], positives: Value[]): number {
  const samples = (parity: number): Sample[] => [
    ...negatives.filter((_, i) => i % 2 === parity).map((value) => ({ value, positive: false })),
    ...positives.filter((_, i) => i % 2 === parity).map((value) => ({ value, positive: true })),
  ];
  const train = samples(0);
  const questions = questionsFor(train.map(({ value }) => value));
  const first = best(train, questions);
  const [yes, no] = split(train, first);
  const second = best(yes, questions);
  const third = best(no, questions);
  const leaf = (value: Value): number => (first(value) ? (second(value) ? 0 : 1) : third(value) ? 2 : 3);
  const score = [0, 1, 2, 3].map((one) =>
    purity(
      train.filter(({ value }) => leaf(value) === one),
      train,
    ),
  );
  return auc(samples(1).map(({ value, positive }) => ({ score: score[leaf(value)]!, positive })));
}

/** Order, equality with a frequent value, and length: what a tree may ask of a raw field. */
function questionsFor(values: Value[]): Question[] {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const frequent = [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 24)
    .map(([value]) => value);
  const present = values.filter((value) => value !== null);
  const sorted = present.sort((a, b) => (below(a, b) ? -1 : below(b, a) ? 1 : 0));
  const cuts = Array.from({ length: 47 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / 48)]).filter(
    (cut) => cut !== undefined,
  );
  const lengths = [...new Set(present.map((value) => String(value).length))].sort((a, b) => a - b).slice(0, 40);
  return [
    ...frequent.map(
      (value): Question =>
        (other) =>
          other === value,
    ),
    ...[...new Set(cuts)].map(
      (cut): Question =>
        (other) =>
          other !== null && !below(cut, other),
    ),
    ...lengths.map(
      (length): Question =>
        (other) =>
          other !== null && String(other).length <= length,
    ),
  ];
}

function below(a: Value, b: Value): boolean {
  return typeof a === 'number' && typeof b === 'number' ? a < b : String(a) < String(b);
}

/** The question whose answer separates the classes best: by the difference of their shares. */
function best(samples: Sample[], questions: Question[]): Question {
  const positives = samples.filter(({ positive }) => positive).length;
  const negatives = samples.length - positives;
  let widest = -1;
  let chosen: Question = () => false;
  for (const question of questions) {
    let p = 0;
    let n = 0;
    for (const { value, positive } of samples) {
      if (!question(value)) continue;
      if (positive) p++;
      else n++;
    }
    const difference = Math.abs(p / Math.max(1, positives) - n / Math.max(1, negatives));
    if (difference > widest) {
      widest = difference;
      chosen = question;
    }
  }
  return chosen;
}

function split(samples: Sample[], question: Question): [Sample[], Sample[]] {
  return [samples.filter(({ value }) => question(value)), samples.filter(({ value }) => !question(value))];
}

/** Share of the positives in a leaf against that of the negatives; with equal weight for the classes. */
function purity(leaf: Sample[], all: Sample[]): number {
  const count = (samples: Sample[], positive: boolean): number =>
    samples.filter((one) => one.positive === positive).length;
  const p = (count(leaf, true) + 0.5) / (count(all, true) + 1);
  const n = (count(leaf, false) + 0.5) / (count(all, false) + 1);
  return p / (p + n);
}

/** Probability that a positive scores above a negative, ties counting half. */
function auc(scored: { score: number; positive: boolean }[]): number {
  const groups = new Map<number, { p: number; n: number }>();
  for (const { score, positive } of scored) {
    const group = groups.get(score) ?? { p: 0, n: 0 };
    groups.set(score, positive ? { ...group, p: group.p + 1 } : { ...group, n: group.n + 1 });
  }
  let below = 0;
  let wins = 0;
  let positives = 0;
  for (const [, { p, n }] of [...groups].sort((a, b) => a[0] - b[0])) {
    wins += p * (below + n / 2);
    below += n;
    positives += p;
  }
  return wins / (positives * below);
}
