import { judge } from '../judge';
import { mutated } from '../mutate';
import { condition as valid, NAMES } from '../sigma-text';
import type { Target } from '../target';

const SELECTIONS = Object.fromEntries(NAMES.map((name) => [name, { name: ['a', 'b*'], count: 5 }]));

/** The condition of a rule whose selections are sound. */
export const condition: Target = {
  name: 'condition',
  input: mutated(valid, [...NAMES, ' ( ', ' ) ', ' of them ', 'not ', '1 of *', 'all of sel*', 'sel_']),
  check: (input) => {
    const detection = { ...SELECTIONS, condition: input.toString() };
    judge(Buffer.from(JSON.stringify({ title: 't', logsource: { product: 'p' }, detection })));
  },
};
