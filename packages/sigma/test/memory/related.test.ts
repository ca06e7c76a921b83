import { expect } from 'chai';
import fc from 'fast-check';
import { relatedTo } from '../../src/memory/related';

const WAYS = {
  equals: (text: string, other: string) => text === other,
  startswith: (text: string, other: string) => text.startsWith(other),
  endswith: (text: string, other: string) => text.endsWith(other),
  contains: (text: string, other: string) => text.includes(other),
};

describe('how a text is related to others', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', '\ud83d', '\0', '\uffff'), maxLength: 8 });
  const others = fc.array(word, { minLength: 1, maxLength: 60 });
  for (const [match, relates] of Object.entries(WAYS)) {
    it(`is told of all at once as of each: ${match}`, () => {
      fc.assert(
        fc.property(others, fc.array(word, { maxLength: 30 }), fc.boolean(), (some, texts, withEmpty) => {
          const all = withEmpty ? some : some.map((other) => (other === '' ? 'a' : other));
          const test = relatedTo(all, match as keyof typeof WAYS);
          for (const text of texts) expect(test(text), text).to.equal(all.some((other) => relates(text, other)));
        }),
        { seed: 1, numRuns: 500 },
      );
    });
  }
});
