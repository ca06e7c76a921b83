import { expect } from 'chai';
import fc from 'fast-check';
import { requiredText } from '../../src/memory/required-text';
import { compileRegex } from '../../src/rules/regex';
import { foldCase } from '../../src/values/fold';

const required = (source: string, ignoreCase = false) => requiredText({ source, ignoreCase });

describe('the text that an expression requires', () => {
  it('is its longest run of plain characters', () => {
    expect(required('^arn:aws:.+:assumed-role/aws:.+$')).to.equal(':assumed-role/aws:');
    expect(required('\\\\Temp\\\\[0-9]{4}\\.exe$')).to.equal('\\Temp\\');
    expect(required('abc+d')).to.equal('abc');
  });

  it('leaves out what may be absent', () => {
    expect(required('abcd?')).to.equal('abc');
    expect(required('ab*cde{0,2}')).to.equal('cd');
    expect(required('(abcdef)?gh')).to.equal('gh');
    expect(required('abc|def')).to.equal('');
    expect(required('(?i)abc')).to.equal('');
    expect(required('\\x41bc')).to.equal('');
    expect(required('[abc]d')).to.equal('d');
  });

  it('knows which other letters are the same without case', () => {
    expect(required('passkey', true)).to.equal('pa');
    expect(compileRegex({ source: 'k', ignoreCase: true, multiline: false, dotAll: false }).test('\u212a')).to.equal(
      true,
    );
  });

  it('stands in every text in which the expression finds a match', () => {
    const token = fc.constantFrom(
      'a',
      'b',
      's',
      'k',
      '.',
      'a*',
      'b+',
      'c?',
      '[ab]',
      '[^s]',
      '(ab)',
      '(ab)*',
      '\\.',
      '\\d',
      '^',
      '$',
      '{',
      'a{2}',
      'b{0,1}',
      '-',
      '\\\\',
    );
    const sources = fc.array(token, { minLength: 1, maxLength: 8 }).map((tokens) => tokens.join(''));
    const texts = fc.array(
      fc.constantFrom('a', 'b', 'c', 's', 'S', 'k', 'K', '\u017f', '\u212a', '.', '1', '-', '{', '\\'),
      { maxLength: 12 },
    );
    let found = 0;
    fc.assert(
      fc.property(sources, texts, fc.boolean(), (source, letters, ignoreCase) => {
        const text = letters.join('');
        const test = { source, ignoreCase, multiline: false, dotAll: false };
        let matches: boolean;
        try {
          matches = compileRegex(test).test(text);
        } catch {
          return;
        }
        if (!matches) return;
        const part = requiredText(test);
        if (part !== '') found++;
        expect(foldCase(text), source).to.include(foldCase(part));
      }),
      { numRuns: 30_000, seed: Number(process.env['TOLLGATE_SEED'] ?? 1) },
    );
    expect(found).to.be.above(300);
  });
});
