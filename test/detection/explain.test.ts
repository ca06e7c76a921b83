import { expect } from 'chai';
import fc from 'fast-check';
import { explainer, type Explained } from '@tollgate/sigma/explain/explain';
import { selectionNamer } from '@tollgate/sigma/explain/names';
import type { Reason } from '@tollgate/sigma/explain/reason';
import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import type { DetectionRule } from '@tollgate/sigma/rules/model';
import { parseSigma } from '@tollgate/sigma/rules/parse';
import { presenceTest, type Event } from '@tollgate/sigma/values/event';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { ruleOf } from '../../packages/sigma/test/rules/documents';
import { detection, PLACEHOLDERS, single } from '../witnesses/detections';
import { oddEvent, plainEvent, shapelessEvent } from '../witnesses/events';

/** Fixed, so that a run says the same each time; `TOLLGATE_SEED` gives another. */
const SEED = Number(process.env['TOLLGATE_SEED'] ?? 20_261_130);
const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number): T[] => fc.sample(arbitrary, { numRuns, seed: SEED });

function planOf(section: unknown): DetectionRule['plan'] | null {
  const [rule] = parseSigma([ruleOf(section)], { placeholders: PLACEHOLDERS }).rules;
  return rule?.kind === 'detection' ? rule.plan : null;
}

/** The one test of a selection on an event. */
function explain(selection: unknown, event: Event): Extract<Explained, { op: 'test' }> {
  const tree = explainer(planOf({ selection, condition: 'selection' })!)(event);
  if (tree.op !== 'test') throw new Error(`not one test but '${tree.op}'`);
  return tree;
}

function* nodesOf(tree: Explained): Generator<Explained> {
  yield tree;
  const parts = tree.op === 'test' ? [] : tree.op === 'not' ? [tree.part] : tree.parts;
  for (const part of parts) yield* nodesOf(part);
}

describe(`an explanation of a plan on an event (seed ${SEED})`, () => {
  it('says of every detection and event what the predicate says, and why in each of its parts', () => {
    const plans = [...sample(detection, 80), ...sample(single, 80)].flatMap((one) => planOf(one) ?? []);
    const events = [...sample(oddEvent, 40), ...sample(plainEvent, 20), ...sample(shapelessEvent, 20)];
    let [held, failed] = [0, 0];
    for (const plan of plans) {
      const [holds, explained] = [compilePredicate(plan), explainer(plan)];
      for (const event of events) {
        const tree = explained(event);
        expect(tree.holds).to.equal(holds(event));
        if (tree.holds) held++;
        else failed++;
        for (const node of nodesOf(tree)) checkNode(node, event);
      }
    }
    expect(plans.length).to.be.above(100);
    expect(Math.min(held, failed)).to.be.above(1000);
  });

  const cases: [what: string, selection: unknown, event: Event, reason: Reason | null][] = [
    ['a test that holds', { a: 'x' }, { a: 'X' }, null],
    ['another value', { a: 'x' }, { a: 'y' }, { kind: 'different' }],
    ['a field that is not there', { a: 'x' }, { b: 'x' }, { kind: 'missing', field: 'a', near: null }],
    [
      'a field in other letters',
      { status: 'x' },
      { Status: 'x' },
      { kind: 'missing', field: 'status', near: 'Status' },
    ],
    ['a field below another', { to: 'x' }, { data: { to: 'x' } }, { kind: 'missing', field: 'to', near: 'data.to' }],
    ['a slip', { 'a.status': 1 }, { a: { statuz: 1 } }, { kind: 'missing', field: 'a.status', near: 'a.statuz' }],
    ['no slip', { 'a.status': 1 }, { b: { statuz: 1 } }, { kind: 'missing', field: 'a.status', near: null }],
    ['null', { a: 'x' }, { a: null }, { kind: 'null', field: 'a' }],
    ['an empty list', { a: 'x' }, { a: [] }, { kind: 'empty', field: 'a' }],
    ['a map', { a: 'x' }, { a: { b: 'x' } }, { kind: 'map', field: 'a' }],
    ['the case of letters', { 'a|cased': 'Abc' }, { a: 'abc' }, { kind: 'case', value: 'abc' }],
    ['the case of letters in an expression', { 'a|re': '^A' }, { a: 'abc' }, { kind: 'case', value: 'abc' }],
    ['spaces', { a: 'x' }, { a: ' x' }, { kind: 'spaces', value: ' x' }],
    ['the place', { 'a|startswith': 'b' }, { a: 'abc' }, { kind: 'place', value: 'abc' }],
    ['no number', { 'a|gt': 5 }, { a: 'six' }, { kind: 'no-number' }],
    ['a lower number', { 'a|gt': 5 }, { a: 4 }, { kind: 'different' }],
    ['no address', { 'a|cidr': '192.0.2.0/24' }, { a: 'host' }, { kind: 'no-address' }],
    ['no date', { 'a|hour': 3 }, { a: 'noon' }, { kind: 'no-date' }],
    ['a field that must not be there', { 'a|exists': false }, { a: null }, { kind: 'present', field: 'a' }],
    ['a value that must not be there', { a: null }, { a: 0 }, { kind: 'present', field: 'a' }],
    ['the other field is missing', { 'a|fieldref': 'b' }, { a: 'x' }, { kind: 'missing', field: 'b', near: null }],
    ['a keyword', 'x', { a: 'y' }, { kind: 'different' }],
  ];
  for (const [what, selection, event, reason] of cases) {
    it(`gives the reason: ${what}`, () => expect(explain(selection, event).reason).to.deep.equal(reason));
  }

  it('tells of a list which of its values satisfies the test', () => {
    expect(explain({ 'a.b': 'x' }, { a: [{ b: 'w' }, { b: 'X' }] }).found).to.deep.equal([
      { value: 'w', holds: false },
      { value: 'X', holds: true },
    ]);
  });

  it('names the selections of the rule and of the filters on it, with their lines', () => {
    const text = [
      'title: A rule',
      'name: rule',
      'logsource: {product: test}',
      'detection:',
      '  sent: {a: x}',
      '  failed: {b: y}',
      '  condition: sent and not failed',
      '---',
      'title: A filter',
      'logsource: {product: test}',
      'filter:',
      '  rules: [rule]',
      '  tester: {c: z}',
      '  condition: not tester',
      '',
    ].join('\n');
    const { documents } = parseYaml('rule.yml', text);
    const [rule] = parseSigma(documents).rules as DetectionRule[];
    const nameOf = selectionNamer(
      documents.map((document, index) => ({ document, prefix: index > 0 ? 'filter: ' : '' })),
    );
    const tree = explainer(rule!.plan, nameOf)({ a: 'x', b: 'n', c: 'z' });
    const told = [...nodesOf(tree)].flatMap(({ named, holds }) => (named ? [[named.name, named.line, holds]] : []));
    expect(told).to.deep.equal([
      ['sent', 5, true],
      ['failed', 6, false],
      ['filter: tester', 13, true],
    ]);
    expect(tree.holds).to.equal(false);
  });
});

function checkNode(node: Explained, event: Event): void {
  switch (node.op) {
    case 'and':
      expect(node.holds).to.equal(node.parts.every(({ holds }) => holds));
      return;
    case 'or':
      expect(node.holds).to.equal(node.parts.some(({ holds }) => holds));
      return;
    case 'not':
      expect(node.holds).to.equal(!node.part.holds);
      return;
    case 'test': {
      const { test, holds, found, reason } = node;
      expect(reason === null).to.equal(holds);
      if (test.field === null) return;
      if (reason?.kind === 'missing') expect(presenceTest(reason.field)(event)).to.equal(false);
      if (test.kind !== 'exists' && test.kind !== 'null') expect(found.some((one) => one.holds)).to.equal(holds);
    }
  }
}
