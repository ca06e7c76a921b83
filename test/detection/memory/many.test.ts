import { expect } from 'chai';
import fc from 'fast-check';
import type { Event } from '@tollgate/sigma/values/event';
import { ManyPlans } from '@tollgate/sigma/memory/many';
import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import type { Plan, Test } from '@tollgate/sigma/rules/plan';
import { event, plainEvent, plan, wildEvent } from '../elasticsearch/arbitrary';

const SEED = Number(process.env['TOLLGATE_SEED'] ?? 1);

const on = (test: Test): Plan => ({ expr: { op: 'test', test }, fields: [] });
const text = (field: string | null, value: string, cased = false): Plan =>
  on({ kind: 'pattern', field, parts: [{ wild: 'any' }, value, { wild: 'any' }], cased });
const matching = (plans: Plan[], each: Event) => new ManyPlans(plans).matching(each);

describe('many plans at once', () => {
  it('hold of the events of which each of them holds', () => {
    const plans = fc.sample(plan, { numRuns: 400, seed: SEED });
    const events = [event, wildEvent, plainEvent].flatMap((each) => fc.sample(each, { numRuns: 150, seed: SEED }));
    const many = new ManyPlans(plans);
    const predicates = plans.map(compilePredicate);
    let held = 0;
    for (const each of events) {
      const expected = [...predicates.keys()].filter((i) => predicates[i]!(each));
      expect(many.matching(each), `seed ${SEED}: ${JSON.stringify(each)}`).to.deep.equal(expected);
      held += expected.length;
    }
    expect(held).to.be.above(10_000);
  });

  it('find a field wherever the dots of its name separate objects', () => {
    const plans = [text('a.b.c', 'here')];
    for (const each of [
      { a: { b: { c: 'here' } } },
      { 'a.b.c': 'here' },
      { 'a.b': [{ c: 'here' }] },
      { a: { 'b.c': ['here'] } },
    ])
      expect(matching(plans, each), JSON.stringify(each)).to.deep.equal([0]);
    expect(matching(plans, { a: { b: 'here' } })).to.deep.equal([]);
  });

  it('find a field of more segments than are indexed, and one that is named like a prototype', () => {
    const long = 'a.b.c.d.e.f.g.h.i';
    expect(matching([text(long, 'here')], { [long]: 'here' })).to.deep.equal([0]);
    expect(matching([text('__proto__', 'here')], JSON.parse('{"__proto__":"here"}') as Event)).to.deep.equal([0]);
    expect(matching([text('constructor', 'native')], {})).to.deep.equal([]);
  });

  it('see a field that is there without a value', () => {
    const there = on({ kind: 'exists', field: 'a', present: true });
    for (const value of [null, [], [[]], {}, ''])
      expect(matching([there], { a: value }), JSON.stringify(value)).to.deep.equal([0]);
  });

  it('take apart lists of any depth', () => {
    let deep: unknown = 'here';
    for (let i = 0; i < 50_000; i++) deep = [deep];
    expect(matching([text('a', 'here'), text(null, 'here')], { a: deep })).to.deep.equal([0, 1]);
  });

  it('still know the answer when they have forgotten what they remembered', () => {
    const many = new ManyPlans([text('a', 'number 7')]);
    let held = 0;
    for (let n = 0; n < 250_000; n++) held += many.matching({ a: `number ${n}` }).length;
    // 7, 70–79, 700–799 …
    expect(held).to.equal(1 + 10 + 100 + 1000 + 10_000);
    expect(many.matching({ a: 'NUMBER 7' })).to.deep.equal([0]);
  });
});
