import { parse } from 'node:path';

/**
 * A short name for what each file holds, none of them twice: the file's name without its ending, with its folder where a file elsewhere
 * has the same, and with a number where the file holds several.
 */
export function shortNames(paths: readonly string[]): string[] {
  const stems = paths.map((path) => parse(path).name);
  const places = paths.map((path) => path.replace(/\.[^./\\]*$/, ''));
  const isShared = (names: string[], index: number): boolean =>
    names.some((name, other) => name === names[index] && paths[other] !== paths[index]);
  const seen = new Map<string, number>();
  return paths.map((path, index) => {
    const number = (seen.get(path) ?? 0) + 1;
    seen.set(path, number);
    const name = isShared(places, index) ? path : isShared(stems, index) ? places[index]! : stems[index]!;
    return paths.filter((other) => other === path).length > 1 ? `${name}#${number}` : name;
  });
}
