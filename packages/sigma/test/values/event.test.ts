import { expect } from 'chai';
import { presenceTest, scalarAt, textsOf, valuesAt } from '../../src/values/event';

describe('fields of an event', () => {
  it('are read through objects, dotted keys and lists, nulls included', () => {
    const event = { a: [{ b: 1 }, { b: [null, [2]] }, 'x'], 'a.b': 'dotted', c: { d: { e: 3 } } };
    expect(valuesAt(event, 'a.b')).to.have.members([1, null, 2, 'dotted']);
    expect(valuesAt(event, 'c.d')).to.deep.equal([{ e: 3 }]);
    expect(valuesAt(event, 'c.x.e')).to.deep.equal([]);
  });

  it('are own properties only', () => {
    expect(valuesAt({}, 'constructor')).to.deep.equal([]);
    expect(valuesAt({ a: {} }, 'a.__proto__')).to.deep.equal([]);
    expect(presenceTest('a.toString')({ a: {} })).to.equal(false);
    expect(valuesAt(JSON.parse('{"__proto__": {"a": 1}}') as Record<string, unknown>, '__proto__.a')).to.deep.equal([
      1,
    ]);
  });

  it('are a scalar, a list of scalars, or null to groups', () => {
    expect(scalarAt({ a: 'x' }, 'a')).to.equal('x');
    expect(scalarAt({ a: ['x'] }, 'a')).to.equal('x');
    expect(scalarAt({ a: ['x', null, 1] }, 'a')).to.deep.equal(['x', 1]);
    expect(scalarAt({ a: 0 }, 'a')).to.equal(0);
    for (const event of [{}, { a: null }, { a: [] }, { a: { b: 1 } }]) expect(scalarAt(event, 'a')).to.equal(null);
  });

  it('may be deeper and longer than a stack', () => {
    let deep: unknown = 'end';
    for (let i = 0; i < 100_000; i++) deep = [deep];
    const long = Array.from({ length: 300_000 }, (_, index) => index);
    expect(valuesAt({ a: deep }, 'a')).to.deep.equal(['end']);
    expect(valuesAt({ a: { b: deep } }, 'a.b')).to.deep.equal(['end']);
    expect([...textsOf({ a: deep })]).to.deep.equal(['end']);
    expect(valuesAt({ a: { b: long } }, 'a.b')).to.have.length(300_000);
  });
});
