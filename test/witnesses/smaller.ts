import type { Json } from './oracle';

/** Values that are a little smaller: a part left out, or a part made smaller itself. */
export function* smaller(value: Json): Generator<Json> {
  if (typeof value === 'string') {
    const points = [...value];
    const half = Math.ceil(points.length / 2);
    if (points.length > 1) yield* [points.slice(0, half).join(''), points.slice(half).join('')];
    if (points.length > 1 && points.length < 12) yield* points.map((_, i) => points.toSpliced(i, 1).join(''));
  } else if (Array.isArray(value)) {
    if (value.length === 1) yield value[0]!;
    for (const [i] of value.entries()) if (value.length > 1) yield value.filter((_, j) => j !== i);
    for (const [i, each] of value.entries()) for (const less of smaller(each)) yield value.with(i, less);
  } else if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value);
    for (const [i] of entries.entries()) yield Object.fromEntries(entries.filter((_, j) => j !== i));
    for (const [key, each] of entries) for (const less of smaller(each)) yield { ...value, [key]: less };
  }
}

/** The smallest value that one can get to while `fails` holds, in so many tries. Greedy. */
export async function smallest<T extends Json>(
  value: T,
  fails: (value: T) => Promise<boolean>,
  tries: number,
): Promise<T> {
  let least = value;
  let left = tries;
  for (let found = true; found;) {
    found = false;
    for (const less of smaller(least)) {
      if (left-- <= 0) return least;
      if (!(await fails(less as T))) continue;
      least = less as T;
      found = true;
      break;
    }
  }
  return least;
}
