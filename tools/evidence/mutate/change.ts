import { integerOf, type Numeric } from '@tollgate/sigma/values/scalar';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import type { HuntQuery } from '../../detection/hunt/types';
import type { CorrelationRule } from '@tollgate/sigma/rules/model';
import { type Path } from '@tollgate/sigma/rules/reporter';

/** One change of a rule or query: what a slip of its author would make of it. */
export interface Mutation {
  /** The document in which it is. */
  document: YamlDocument;
  /** Path of what is changed, for its position and its name. */
  path: Path;
  /** What is changed there, such as `without destination.country`. */
  what: string;
  /**
   * What comes of it: a document's value, which is read like any other, or the parsed correlation or query, for what no text
   * of a document can say (a millisecond) or its reader would refuse (a parameter that is no longer read).
   */
  to: { value: unknown } | { correlation: CorrelationRule } | { query: HuntQuery };
}

/** A number one higher and one lower; a fraction a hundredth, since what is near one matters for a share. */
export function nearby(number: number): number[];
export function nearby(number: Numeric): Numeric[];
export function nearby(number: Numeric): Numeric[] {
  if (typeof number === 'bigint') return [number - 1n, number + 1n].map((near) => integerOf(String(near)));
  if (Number.isInteger(number)) return [number - 1, number + 1];
  return [number - 0.01, number + 0.01].map((near) => Number(near.toFixed(6)));
}
