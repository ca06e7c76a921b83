import { harmless } from '../../../tools/foundation/content/harmless';
import { expect } from 'chai';
import fc from 'fast-check';
import { shortNames } from '../../../tools/command/report/short-names';
import { cut, fold, padEnd, padStart, widthOf } from '../../../tools/command/report/width';

describe('the width of a text on a terminal', () => {
  it('is two for wide characters, and nothing for combining marks and colours', () => {
    expect(['abc', '検知', 'e\u0301', '\u001b[31mred\u001b[39m', '✔ ○ ✘ … ×'].map(widthOf)).to.deep.equal([
      3, 4, 1, 3, 9,
    ]);
  });

  it('is what a text is cut and filled to', () => {
    expect(cut('電話番号', 5)).to.equal('電話…');
    expect(cut('電話番号', 4)).to.equal('電…');
    expect(cut('e\u0301e\u0301e\u0301', 2)).to.equal('e\u0301…');
    expect(cut('short', 5)).to.equal('short');
    expect(['', 'a'].map((text) => cut(`${text}bc`, 1))).to.deep.equal(['…', '…']);
    expect([padEnd('電', 4), padStart('電', 4)]).to.deep.equal(['電  ', '  電']);
  });

  it('is never more than a line has, whatever the words, and nothing is lost', () => {
    const words = fc.array(fc.string({ unit: fc.constantFrom('a', 'b-', '電', 'e\u0301', '👍🏽'), minLength: 1 }));
    fc.assert(
      fc.property(words, fc.integer({ min: 20, max: 60 }), fc.nat(8), (list, columns, before) => {
        const lines = fold('x'.repeat(before), list.join(' '), columns);
        for (const line of lines) expect(widthOf(line)).to.be.at.most(columns);
        expect(lines.join('').replaceAll(' ', '')).to.equal('x'.repeat(before) + list.join(''));
      }),
    );
  });

  it('leaves a text on one line where there is no width', () => {
    expect(fold('hint ', 'word '.repeat(100).trim(), Infinity)).to.deep.equal([`hint ${'word '.repeat(100).trim()}`]);
  });

  it('is that of a text whose control characters are shown', () => {
    expect(harmless('a\u001b[2J\u202eb\u2028')).to.equal('a\\u{1b}[2J\\u{202e}b\\u{2028}');
  });
});

describe('the short names of files', () => {
  it('are their names, with as much more as tells them apart', () => {
    expect(shortNames(['rules/a/burst.yml', 'rules/b/burst.yml', 'rules/b/other.yml'])).to.deep.equal([
      'rules/a/burst',
      'rules/b/burst',
      'other',
    ]);
    expect(shortNames(['all.yml', 'all.yml', 'all.yaml'])).to.deep.equal(['all.yml#1', 'all.yml#2', 'all.yaml']);
  });
});
