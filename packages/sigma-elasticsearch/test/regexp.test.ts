import { expect } from 'chai';
import { toLucene } from '../src/regexp';

function translate(source: string, flags = '') {
  return (
    toLucene({
      source,
      ignoreCase: flags.includes('i'),
      multiline: flags.includes('m'),
      dotAll: flags.includes('s'),
    })?.text ?? null
  );
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
    ['\\bcmd', '', '(.*[^0-9A-Z_a-z])?cmd.*'],
    ['exe\\b', '', '.*exe([^0-9A-Z_a-z].*)?'],
    ['a\\b\\.', '', '.*a\\..*'],
    ['\\bx?', '', '(.*[0-9A-Z_a-z](x?.*&([^0-9A-Z_a-z].*)?)|(.*[^0-9A-Z_a-z])?(x?.*&[0-9A-Z_a-z].*))'],
    ['^a$', 'm', '(.*\n)?a(\n.*)?'],
    ['(^|-)a', '', 'a.*|.*\\-a.*'],
    ['(^a$)|(^b$)', '', 'a|b'],
    ['(?i)ab', '', '.*[aA][bB].*'],
    ['(?i:a)b', '', '.*[aA]b.*'],
    ['(?P<name>a)+', '', '.*a+.*'],
    ['.{150}', 's', '.*.{150}.*'],
    [' [0-9a-f]{64}', '', '.* [0-9a-f]{64}.*'],
  ] as const) {
    it(`translates ${JSON.stringify(source)} ${flags}`, () => {
      expect(translate(source, flags)).to.equal(lucene);
    });
  }

  for (const [why, source, flags] of [
    ['what no text can match', 'a(^b)', ''],
    ['a mark in a long repetition', '(a\\b-?)*', ''],
    ['a class by name', '[[:alpha:]]', ''],
    ['folding beyond ASCII', 'é', 'i'],
    ['a Unicode class', '\\pL', ''],
    ['one too long', 'a'.repeat(1000), ''],
    ['one too deep', '('.repeat(60) + ')'.repeat(60), ''],
  ] as const) {
    it(`leaves ${why} to memory`, () => {
      expect(translate(source, flags)).to.equal(null);
    });
  }

  it('opens a count that would cost a node too much, by which it matches more', () => {
    const regex = { source: 'ping.{6,64}echo', ignoreCase: false, multiline: false, dotAll: true };
    expect(toLucene(regex)).to.deep.include({ text: '.*ping.{6,}echo.*', exact: false });
    expect(toLucene({ ...regex, source: 'ping.{6,40}echo' })?.exact).to.equal(true);
  });

  it('asks for the work that a long run costs', () => {
    const regex = { source: '.{1000,}', ignoreCase: false, multiline: false, dotAll: true };
    expect(toLucene(regex)).to.deep.include({ exact: true, effort: 2_000_000 });
  });

  it('never throws, whatever the text', () => {
    const signs = ['a', '(', ')', '[', ']', '{', '}', '\\', '|', '^', '$', '?', '*', '-', '1', ','];
    for (let i = 0; i < signs.length ** 3; i++) {
      const text = [i, i / 16, i / 256].map((each) => signs[Math.floor(each) % 16]).join('');
      expect(() => translate(text), text).not.to.throw();
    }
  });
});
