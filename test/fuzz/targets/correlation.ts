import fc from 'fast-check';
import { judge } from '../judge';
import { mutated } from '../mutate';
import { correlation as one, documents, filter } from '../sigma-text';
import type { Target } from '../target';

/** Rules that most events satisfy, so that there is something to correlate. */
const BASES = ['r0', 'r1', 'r2']
  .map((id) => ({
    title: id,
    id,
    logsource: { product: 'p' },
    detection: { a: { 'nothing|exists': false }, condition: 'a' },
  }))
  .map((rule) => `${JSON.stringify(rule)}\n---\n`)
  .join('');

/** Correlations on sound rules and on one another, and filters. */
export const correlation: Target = {
  name: 'correlation',
  input: mutated(documents(fc.oneof({ weight: 5, arbitrary: one }, { weight: 1, arbitrary: filter }), 5), [
    '"c0"',
    '"c1"',
    '"c2"',
    '"r0"',
    '"rules":',
    '"aliases":',
    '"group-by":',
    '"timespan":',
    '"10m"',
    '"condition":',
  ]),
  check: (input) => judge(Buffer.concat([Buffer.from(BASES), input])),
};
