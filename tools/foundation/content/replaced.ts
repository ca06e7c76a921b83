import { getOwn, isMap } from '@tollgate/sigma/values/map';
import type { Path } from '@tollgate/sigma/rules/reporter';

/** A value with another one, or nothing, at a path; the value itself stays as it is. */
export function replaced(value: unknown, path: Path, make: (old: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return make(value);
  if (Array.isArray(value)) {
    const list = value as unknown[];
    const next = replaced(list[step as number], rest, make);
    return next === undefined ? list.toSpliced(step as number, 1) : list.with(step as number, next);
  }
  if (!isMap(value)) return value;
  const next = replaced(getOwn(value, String(step)), rest, make);
  const entries = Object.entries(value).map(([key, old]) => [key, key === String(step) ? next : old] as const);
  return Object.fromEntries(entries.filter(([, one]) => one !== undefined));
}
