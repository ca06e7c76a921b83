import fc from 'fast-check';
import { KNOWN_MODIFIERS } from '@tollgate/sigma/rules/modifiers';
import { judge } from '../judge';
import { mutated } from '../mutate';
import { key, value } from '../sigma-text';
import type { Target } from '../target';

/** A line with the key, and one with the value as JSON; the value is text where an edit made it something else. */
const item = fc.tuple(key, value).map(([written, json]) => `${written}\n${JSON.stringify(json)}`);

/** One `field|modifier…: value` of a rule that is sound apart from it. */
export const modifier: Target = {
  name: 'modifier',
  input: mutated(item, [
    ...KNOWN_MODIFIERS.map((name) => `|${name}`),
    '%y%',
    '"a-b-c-d-e"',
    '[[:^alpha:]]',
    '\\pL{999}',
  ]),
  check: (input) => {
    const [written = '', ...rest] = input.toString().split('\n');
    const detection = { a: { [written]: read(rest.join('\n')) }, condition: 'a' };
    judge(Buffer.from(JSON.stringify({ title: 't', logsource: { product: 'p' }, detection })));
  },
};

function read(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
