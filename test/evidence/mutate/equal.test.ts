import { expect } from 'chai';
import fc from 'fast-check';
import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import { canonical } from '../../../tools/evidence/mutate/equal';
import { allOf, planOf } from '@tollgate/sigma/rules/expr';
import type { Expr } from '@tollgate/sigma/rules/plan';
import { parsePattern } from '@tollgate/sigma/rules/pattern';

const pattern = (text: string, field = 'a', cased = false): Expr => ({
  op: 'test',
  test: { kind: 'pattern', field, parts: parsePattern(text), cased },
});
const any = (...texts: string[]): string => canonical({ op: 'or', any: texts.map((text) => pattern(text)) });

describe('expressions of which it is plain that they hold of the same events', () => {
  it('have their parts in any order, and twice', () => {
    expect(any('x', 'y', 'x')).to.equal(any('y', 'x'));
    expect(any('X', 'x')).to.equal(any('x'));
  });

  it('have a text beside a pattern that matches it', () => {
    expect(any('/code', '*/CODE')).to.equal(any('*/code'));
    expect(any('/code', '*/codes')).not.to.equal(any('*/codes'));
  });

  it('do not have a text of another field, or of one case, left out', () => {
    const two = (first: Expr, second: Expr): string => canonical({ op: 'or', any: [first, second] });
    expect(two(pattern('xy', 'b'), pattern('x*'))).not.to.equal(canonical(pattern('x*')));
    expect(two(pattern('Xy'), pattern('x*', 'a', true))).not.to.equal(canonical(pattern('x*', 'a', true)));
    expect(two(pattern('xy', 'a', true), pattern('x*'))).to.equal(canonical(pattern('x*')));
  });

  it('do not have a part of an and left out because a pattern beside it matches it', () => {
    const both: Expr = { op: 'and', all: [pattern('xy'), pattern('x*')] };
    expect(canonical(both)).not.to.equal(canonical(pattern('x*')));
  });

  it('are nested in the same kind, or negated twice', () => {
    const [x, y, z] = ['x', 'y', 'z'].map((text) => pattern(text));
    const nested: Expr = { op: 'and', all: [x!, { op: 'and', all: [y!, z!] }] };
    expect(canonical(nested)).to.equal(canonical({ op: 'and', all: [z!, y!, x!] }));
    expect(canonical({ op: 'not', expr: { op: 'not', expr: x! } })).to.equal(canonical(x!));
    expect(canonical({ op: 'not', expr: x! })).not.to.equal(canonical(x!));
  });

  it('hold of the same events indeed, whatever the patterns', () => {
    const leaf = fc.record({ text: fc.stringMatching(/^[aB1*?]{0,4}$/), cased: fc.boolean(), negated: fc.boolean() });
    const one = ({ text, cased, negated }: { text: string; cased: boolean; negated: boolean }): Expr =>
      negated ? { op: 'not', expr: pattern(text, 'a', cased) } : pattern(text, 'a', cased);
    let equal = 0;
    fc.assert(
      fc.property(
        fc.array(leaf, { minLength: 2, maxLength: 5 }),
        fc.constantFrom('and', 'or'),
        fc.oneof(fc.stringMatching(/^[aAbB1]{0,4}$/), fc.integer({ min: 0, max: 120 }), fc.constant(null)),
        (leaves, op, value) => {
          const parts = leaves.map(one);
          const [whole, less] = [allOf(op, parts), allOf(op, parts.slice(1))];
          if (canonical(whole) !== canonical(less)) return;
          equal++;
          const holds = (expr: Expr): boolean => compilePredicate(planOf(expr)!)({ a: value });
          expect(holds(whole)).to.equal(holds(less));
        },
      ),
      { numRuns: 3000 },
    );
    expect(equal).to.be.above(30);
  });
});
