import { Failure } from '../../foundation/content/failure';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';

/** Those of the named things that were asked for; all where none were. A name that is not there is wrong use (2). */
export function choose<T extends { name: string }>(what: string, all: T[], names: string[] | undefined): T[] {
  if (!names) return all;
  for (const name of names)
    if (!all.some((one) => one.name === name))
      throw new Failure(
        2,
        `there is no ${what} '${name}'`,
        didYouMean(
          name,
          all.map((one) => one.name),
        ) ?? `there are: ${all.map((one) => one.name).join(', ')}`,
      );
  return all.filter((one) => names.includes(one.name));
}
