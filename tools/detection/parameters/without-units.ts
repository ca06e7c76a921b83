import { isMap } from '@tollgate/sigma/values/map';

/** A query's parameters as digests take them: a unit changes nothing that is found, and digests are older than units. */
export function withoutUnits(parameters: unknown): unknown {
  if (!isMap(parameters)) return parameters;
  return Object.fromEntries(
    Object.entries(parameters).map(([name, one]) => [
      name,
      isMap(one) ? Object.fromEntries(Object.entries(one).filter(([key]) => key !== 'unit')) : one,
    ]),
  );
}
