import { expect } from 'chai';
import { toLucene } from '../../tools/elasticsearch/regexp';

function translate(source: string, flags = ''): string | null {
  return toLucene({
    source,
    ignoreCase: flags.includes('i'),
    multiline: flags.includes('m'),
    dotAll: flags.includes('s'),
  });
}

/** That these translations find the same values is shown in a real node by equality.test.ts. */
describe('toLucene', () => {
  for (const [source, flags, lucene] of [
    ['abc', '', '.*abc.*'],
    ['^abc', '', 'abc.*'],
    ['^abc$', '', 'abc'],
    ['^a|b$', '', 'a.*|.*b'],
    ['^$', '', '()'],
    ['a.c', '', '.*a[^\n]c.*'],
    ['a.c', 's', '.*a.c.*'],
    ['\\d{2,3}?', '', '.*[0-9]{2,3}.*'],
    ['\\D', '', '.*[^0-9].*'],
    ['(?:a|)b', '', '.*(a|())b.*'],
    ['"#<@~&', '', '.*\\"\\#\\<\\@\\~\\&.*'],
    ['[a\\]-]', '', '.*[a\\]\\-].*'],
    ['^a$', 'i', '[aA]'],
    ['^k$', 'i', '[kK\u212a]'],
    ['^[r-t]$', 'i', '[r-tR-T\u017f]'],
    ['\\x41\\x{1F600}', '', '.*A😀.*'],
  ] as const) {
    it(`translates ${JSON.stringify(source)} ${flags}`, () => {
      expect(translate(source, flags)).to.equal(lucene);
    });
  }

  for (const [why, source, flags] of [
    ['a word boundary', 'a\\b', ''],
    ['an anchor within', 'a(^b)', ''],
    ['an anchor of lines', '^a', 'm'],
    ['flags in a group', '(?i)a', ''],
    ['a class by name', '[[:alpha:]]', ''],
    ['folding beyond ASCII', 'é', 'i'],
    ['a Unicode class', '\\pL', ''],
    ['a count that Lucene would write out', 'a{100}', ''],
    ['one too long', 'a'.repeat(1000), ''],
    ['one too deep', '('.repeat(60) + ')'.repeat(60), ''],
  ] as const) {
    it(`leaves ${why} to memory`, () => {
      expect(translate(source, flags)).to.equal(null);
    });
  }

  it('never throws, whatever the text', () => {
    const signs = ['a', '(', ')', '[', ']', '{', '}', '\\', '|', '^', '$', '?', '*', '-', '1', ','];
    for (let i = 0; i < signs.length ** 3; i++) {
      const text = [i, i / 16, i / 256].map((each) => signs[Math.floor(each) % 16]).join('');
      expect(() => translate(text), text).not.to.throw();
    }
  });
});
