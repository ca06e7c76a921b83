import { expect } from 'chai';
import * as fc from 'fast-check';
import { compileGlob } from '../../tools/memory/glob';
import { normalize } from '../../tools/sigma/pattern';

const any = fc.constant({ wild: 'any' } as const);
const wild = fc.oneof({ weight: 6, arbitrary: any }, { weight: 1, arbitrary: fc.constant({ wild: 'one' } as const) });
const letter = fc.constantFrom('a', 'b', 'a', 'ab', '💩');

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
      { numRuns: 5000 },
    );
  });

  it('comes to an end on patterns that make backtracking explode', () => {
    const parts = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? ({ wild: 'any' } as const) : 'a'));
    const text = 'a'.repeat(20_000);
    expect(compileGlob([...parts, 'b'])(text)).to.equal(false);
    expect(compileGlob([...parts, { wild: 'one' }, 'b'])(text)).to.equal(false);
  });
});
