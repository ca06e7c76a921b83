import { deepEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import { isScalar, presenceTest, valuesAt } from '@tollgate/sigma/values/event';
import { readEvent } from '../../../tools/foundation/ndjson/read-event';
import { readerOf } from '../../../tools/foundation/ndjson/scanner';
import { parseSigma } from '@tollgate/sigma/rules/parse';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { event } from '../../detection/elasticsearch/arbitrary';
import { mutated } from '../mutate';
import type { Target } from '../target';

const SELECTIONS = [
  ...['{name: A*c}', '{name|re: ^a+$}', '{names.part|contains: "-"}', '{deep.er.name|cased: École}', '[needle, b?c]'],
  ...['{tags: null}', '{tags|exists: false}', '{count|gte: 5}', '{address|cidr: 192.0.2.0/24}', '{at|month: 2}'],
  ...['{name|fieldref|contains: tags}', '{price: 5.5}', '{ok: true}', '{deep: 1}'],
];
const PREDICATES = SELECTIONS.map((selection) => {
  const text = `{title: t, logsource: {product: p}, detection: {a: ${selection}, condition: a}}`;
  const [rule] = parseSigma(parseYaml('line.yml', text).documents).rules;
  if (rule?.kind !== 'detection') throw new Error(`${selection} is no selection`);
  return compilePredicate(rule.plan);
});

const json = fc.oneof(
  { weight: 6, arbitrary: event.map((each) => JSON.stringify(each)) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 50_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)) },
);

const FIELDS = ['name', 'deep.er.name', 'tags', 'count', 'a'];
const scan = readerOf(FIELDS);

/** The scanner reads of a line what is there, and refuses what `JSON.parse` refuses. */
function checkScanner(line: Buffer): void {
  const bytes = Buffer.concat([line, Buffer.from('\n')]);
  const said = [readEvent, scan].map((read) => {
    const { value, error } = outcome(() => read(bytes, 0, line.length));
    if (value == null) return String(error);
    return FIELDS.map((field) => [presenceTest(field)(value), valuesAt(value, field).filter(isScalar)]);
  });
  deepEqual(said[1], said[0]);
}

/** One line of NDJSON: an event or a `SyntaxError`, as `JSON.parse` has it, and rules that stand the event. */
export const line: Target = {
  name: 'line',
  input: mutated(json, [
    '"name":',
    '"deep.er":',
    '"__proto__":{"a":1},',
    '\\ud83d',
    '1e400',
    '-0',
    '[[[[',
    '{"a":',
    '"a"',
  ]),
  check: (input) => {
    const parsed = outcome(() => JSON.parse(input.toString()) as unknown);
    if (!input.includes(0x0a)) checkScanner(input);
    const read = outcome(() => readEvent(input, 0, input.length));
    if (read.error !== undefined && !(read.error instanceof SyntaxError)) throw read.error;
    if (read.value == null) {
      const usable = typeof parsed.value === 'object' && parsed.value !== null && !Array.isArray(parsed.value);
      if (usable) throw new Error('an event is refused');
      return;
    }
    deepEqual(read.value, parsed.value);
    const record = read.value;
    const once = PREDICATES.map((holds) => holds(record));
    deepEqual(
      PREDICATES.map((holds) => holds(record)),
      once,
    );
  },
};

function outcome<T>(run: () => T): { value?: T; error?: unknown } {
  try {
    return { value: run() };
  } catch (error) {
    return { error };
  }
}
