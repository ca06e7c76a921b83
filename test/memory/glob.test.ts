import { expect } from 'chai';
import * as fc from 'fast-check';
import { compileGlob } from '../../tools/memory/glob';
import { normalize } from '../../tools/sigma/pattern';

const wild = fc.constantFrom({ wild: 'any' } as const, { wild: 'one' } as const);
const letter = fc.constantFrom('a', 'b', 'ab', '💩');

describe('compileGlob', () => {
  it('matches as a regular expression does', () => {
    const parts = fc.array(fc.oneof(letter, wild), { maxLength: 8 });
    fc.assert(
      fc.property(parts, fc.array(letter, { maxLength: 8 }), (pattern, pieces) => {
        const source = pattern
          .map((part) => (typeof part === 'string' ? part : part.wild === 'any' ? '.*' : '.'))
          .join('');
        const text = pieces.join('');
        expect(compileGlob(normalize(pattern))(text)).to.equal(new RegExp(`^${source}$`, 'su').test(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('comes to an end on patterns that make backtracking explode', () => {
    const parts = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? ({ wild: 'any' } as const) : 'a'));
    const text = 'a'.repeat(20_000);
    expect(compileGlob([...parts, 'b'])(text)).to.equal(false);
    expect(compileGlob([...parts, { wild: 'one' }, 'b'])(text)).to.equal(false);
  });
});
