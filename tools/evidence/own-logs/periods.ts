/** Stretches of time, [from, to) each in epoch ms, apart from each other and in the order of time. */
export type Periods = readonly (readonly [from: number, to: number])[];

/** Stretches in any order, which may overlap, as periods. */
export function periodsOf(stretches: Periods): Periods {
  const sorted = stretches.filter(([from, to]) => from < to).sort((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** The time that is in both. */
export function intersection(a: Periods, b: Periods): Periods {
  const found: [number, number][] = [];
  let at = 0;
  for (const [from, to] of a) {
    while (at < b.length && b[at]![1] <= from) at++;
    for (let other = at; other < b.length && b[other]![0] < to; other++)
      found.push([Math.max(from, b[other]![0]), Math.min(to, b[other]![1])]);
  }
  return found;
}

/** The time of `a` that is not in `b`. */
export function difference(a: Periods, b: Periods): Periods {
  const rest: [number, number][] = [];
  for (const [from, to] of a) {
    let at = from;
    for (const [start, end] of b) {
      if (end <= at || start >= to) continue;
      if (start > at) rest.push([at, start]);
      at = Math.max(at, end);
    }
    if (at < to) rest.push([at, to]);
  }
  return rest;
}

/** How long they are together, in ms. */
export function lengthOf(spans: Periods): number {
  return spans.reduce((sum, [from, to]) => sum + to - from, 0);
}
