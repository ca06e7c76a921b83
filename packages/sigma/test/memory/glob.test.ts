import { expect } from 'chai';
import * as fc from 'fast-check';
import { compileGlob } from '../../src/memory/glob';
import type { PatternPart } from '../../src/rules/plan';
import { normalize } from '../../src/rules/pattern';

const any = fc.constant({ wild: 'any' } as const);
const wild = fc.oneof({ weight: 6, arbitrary: any }, { weight: 1, arbitrary: fc.constant({ wild: 'one' } as const) });
const letter = fc.constantFrom('a', 'b', 'a', 'ab', '💩');

/** Whether a text matches, by which beginnings of it each part of the pattern can end at: slow, and never explodes. */
function matches(pattern: PatternPart[], text: string): boolean {
  const characters = Array.from(text);
  let ends = new Set([0]);
  for (const part of pattern) {
    const next = new Set<number>();
    for (const end of ends) {
      if (typeof part === 'string') {
        if (characters.slice(end, end + Array.from(part).length).join('') === part)
          next.add(end + Array.from(part).length);
      } else if (part.wild === 'one') {
        if (end < characters.length) next.add(end + 1);
      } else {
        for (let later = Math.min(...ends); later <= characters.length; later++) next.add(later);
        break;
      }
    }
    ends = next;
  }
  return ends.has(characters.length);
}

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

  it('finds long pieces with a wildcard in them', () => {
    const parts = fc.array(fc.oneof({ weight: 20, arbitrary: letter }, { weight: 3, arbitrary: wild }), {
      minLength: 30,
      maxLength: 120,
    });
    let found = 0;
    fc.assert(
      fc.property(parts, fc.array(letter, { maxLength: 20 }), fc.nat(200), (pattern, pieces, changed) => {
        const around = pattern.map((part) =>
          typeof part === 'string' ? part : part.wild === 'any' ? pieces.join('') : 'b',
        );
        if (changed < around.length) around[changed] = 'c';
        const text = around.join('');
        const expected = matches(pattern, text);
        if (expected) found++;
        expect(compileGlob(normalize(pattern))(text)).to.equal(expected);
      }),
      { numRuns: 2000, seed: 1 },
    );
    expect(found).to.be.above(500);
  });

  it('comes to an end on a long piece that nearly fits everywhere', () => {
    const parts = normalize([{ wild: 'any' }, { wild: 'one' }, `${'a'.repeat(8000)}b`, { wild: 'any' }]);
    expect(compileGlob(parts)('a'.repeat(300_000))).to.equal(false);
    expect(compileGlob(parts)(`${'a'.repeat(300_000)}b`)).to.equal(true);
  });

  it('comes to an end on patterns that make backtracking explode', () => {
    const parts = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? ({ wild: 'any' } as const) : 'a'));
    const text = 'a'.repeat(20_000);
    expect(compileGlob([...parts, 'b'])(text)).to.equal(false);
    expect(compileGlob([...parts, { wild: 'one' }, 'b'])(text)).to.equal(false);
  });
});
