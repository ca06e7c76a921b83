import fc from 'fast-check';
import { dump } from 'js-yaml';
import { judge } from '../judge';
import { mutated } from '../mutate';
import { correlation, filter, rule } from '../sigma-text';
import type { Target } from '../target';

const styles = fc.record({
  flowLevel: fc.constantFrom(-1, 0, 2),
  lineWidth: fc.constantFrom(20, 80, -1),
  forceQuotes: fc.boolean(),
});
const file = fc
  .tuple(fc.array(fc.oneof(rule, correlation, filter), { minLength: 1, maxLength: 3 }), styles)
  .map(([documents, style]) => documents.map((each) => dump(JSON.parse(JSON.stringify(each)), style)).join('---\n'));

/** Whole files in every style of YAML. */
export const yaml: Target = { name: 'yaml', input: mutated(file), check: judge };
