import { deepEqual } from 'node:assert/strict';
import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { scalarAt, type Event } from '@tollgate/sigma/values/event';
import { schemaDiagnostics } from '../../tools/foundation/content/schema';
import { decodeSource } from '@tollgate/sigma/yaml/decode';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { correlateAll, fieldsOfDetections } from '@tollgate/sigma/correlate/chain';
import { ManyPlans } from '@tollgate/sigma/memory/many';
import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import { parseSigma } from '@tollgate/sigma/rules/parse';

/** Records with lists, numbers, nulls, dotted keys, depth and long text where the generated rules look. */
const EVENTS: Event[] = [
  {},
  { name: 'a', tags: ['a', 5, null, ['b']], count: 5, at: '2024-02-29T12:00:00Z', address: '192.0.2.7' },
  { name: 'ABC', 'deep.er': [{ name: 'École' }, 7], deep: { er: { name: ['x', false] } }, count: '5', address: '::1' },
  { name: 'a'.repeat(3000), names: { part: '-a /b' }, tags: [], count: null, at: 'never', ['__proto__']: { a: 1 } },
  { deep: JSON.parse(`${'[{"er":'.repeat(2000)}1${'}]'.repeat(2000)}`) as unknown, name: { a: '\ud83d' } },
];

const PLACEHOLDERS = { x: ['a', 'b*'], y: Array.from({ length: 30 }, (_, index) => `-${index}`) };

/** Everything that is done with a file, as data: parsed, checked, compiled, run on events and correlated. */
function everything(bytes: Buffer): { text: string | null; diagnostics: Diagnostic[]; results: unknown } {
  const source = decodeSource('file.yml', bytes);
  if (source.text === null) return { text: null, diagnostics: source.diagnostics, results: null };
  const { documents, diagnostics } = parseYaml(source.file, source.text);
  const sigma = parseSigma(documents, { placeholders: PLACEHOLDERS });
  const schema = documents.flatMap((document) => schemaDiagnostics('rule', document));
  const needed = fieldsOfDetections(sigma.rules);
  const detections = sigma.rules.filter((rule) => rule.kind === 'detection');
  const predicates = detections.map(({ plan }) => compilePredicate(plan));
  const held = EVENTS.map((event) => predicates.flatMap((holds, index) => (holds(event) ? [index] : [])));
  const many = new ManyPlans(detections.map(({ plan }) => plan));
  deepEqual(
    EVENTS.map((event) => many.matching(event)),
    held,
    'rules match other events together than alone',
  );
  const inputs = detections.map(({ id }, index) => {
    const fields = needed.get(id) ?? [];
    const matches = EVENTS.flatMap((event, n) => {
      const values = fields.map((field) => scalarAt(event, field));
      return held[n]!.includes(index) ? [{ event: n, time: 1000 * n, ingested: 0, values }] : [];
    });
    return { rule: id, fields, matches };
  });
  return {
    text: source.text,
    diagnostics: [...diagnostics, ...sigma.diagnostics, ...schema],
    results: { inputs, alerts: [...correlateAll(sigma.rules, inputs)], filters: sigma.filters },
  };
}

/**
 * What must hold of any file: nothing is thrown, every diagnostic stands inside the file and says something,
 * and the same file has the same results.
 */
export function judge(bytes: Buffer): void {
  const first = everything(bytes);
  deepEqual(everything(bytes), first, 'the second run differs from the first');
  const lines = (first.text ?? '').split(/\r\n|\n|\r/);
  for (const each of first.diagnostics) {
    const { line, column, message, code } = each;
    if (!/^[a-z][a-z0-9-]+$/.test(code) || message === '')
      throw new Error(`a diagnostic says nothing: ${JSON.stringify(each)}`);
    if (first.text === null) continue;
    const length = lines[line - 1]?.length;
    if (length === undefined || column < 1 || column > length + 1)
      throw new Error(`a diagnostic stands outside of the file: ${JSON.stringify(each)}`);
  }
}
