import { expect } from 'chai';
import fc from 'fast-check';
import { MAX_FORMULA, parseFormula } from '../../../tools/detection/hunt/formula';
import { formulaValue, truthOf } from '../../../tools/detection/hunt/formula-value';
import { nearness } from '../../../tools/detection/hunt/nearness';

type Values = Record<string, number | null>;

function number(text: string, values: Values = {}, parameters: Record<string, number> = {}): number | null {
  const { formula, error } = parseFormula(text, 'number');
  if (error) throw new Error(error.message);
  return formulaValue(formula, { values, parameters });
}

function truth(text: string, values: Values = {}, parameters: Record<string, number> = {}): boolean | null {
  const { formula, error } = parseFormula(text, 'truth');
  if (error) throw new Error(error.message);
  return truthOf(formula, { values, parameters });
}

describe('the formulas of a query', () => {
  it('bind * and / tighter than + and -, and all of them to the left', () => {
    expect(number('1 + 2 * 3')).to.equal(7);
    expect(number('10 - 3 - 2')).to.equal(5);
    expect(number('100 / 10 / 5')).to.equal(2);
    expect(number('(1 + 2) * 3')).to.equal(9);
    expect(number('-2 * -3 - -1')).to.equal(7);
  });

  it('bind and tighter than or, not tighter than and, comparisons tighter than not', () => {
    expect(truth('1 == 1 or 1 == 2 and 1 == 2')).to.equal(true);
    expect(truth('(1 == 1 or 1 == 2) and 1 == 2')).to.equal(false);
    expect(truth('not 1 == 2 and 1 == 1')).to.equal(true);
    expect(truth('not (1 == 2 or 1 == 1)')).to.equal(false);
    expect(truth('1 + 1 >= 2')).to.equal(true);
  });

  it('compare with all six operators', () => {
    const held = ['<', '<=', '>', '>=', '==', '!='].map((op) =>
      [1, 2, 3].map((left) => truth(`a ${op} 2`, { a: left })),
    );
    expect(held).to.deep.equal([
      [true, false, false],
      [true, true, false],
      [false, false, true],
      [false, true, true],
      [false, true, false],
      [true, false, true],
    ]);
  });

  it('read measures and parameters', () => {
    expect(truth('sends >= $min and verified / sends < 0.1', { sends: 30, verified: 2 }, { min: 30 })).to.equal(true);
    expect(truth('sends >= $min', { sends: 29 }, { min: 30 })).to.equal(false);
  });

  it('call functions of numbers', () => {
    expect(number('max(2, 3) - min(2, 3) * 2')).to.equal(-1);
    expect(number('max(-a, $p / 2)', { a: 1 }, { p: 8 })).to.equal(4);
    expect(number('upper95(0)')).to.be.closeTo(2.9957, 1e-4);
    expect(number('count_limit(before / 14, 0, 0.000001)', { before: 14 })).to.equal(10);
    expect(
      truth('codes >= max($floor, count_limit(usual, 0.3, 0.001))', { codes: 51, usual: 20 }, { floor: 5 }),
    ).to.equal(true);
    expect(
      truth('codes >= max($floor, count_limit(usual, 0.3, 0.001))', { codes: 50, usual: 20 }, { floor: 5 }),
    ).to.equal(false);
  });

  it('give null for a call with null, or with what the function does not take', () => {
    expect(number('max(a, 1)', { a: null })).to.equal(null);
    expect(number('count_limit(1 / 0, 0, 0.1)')).to.equal(null);
    for (const text of [
      'upper95(-1)',
      'upper95(1.5)',
      'count_limit(-1, 0, 0.1)',
      'count_limit(1, -1, 0.1)',
      'count_limit(1, 0, 0)',
      'count_limit(1, 0, 1)',
    ])
      expect(number(text), text).to.equal(null);
  });

  it('give null for x/0, for anything that reads null, and for a result too large', () => {
    expect(number('1 / 0')).to.equal(null);
    expect(number('0 / 0')).to.equal(null);
    expect(number('a + 1', { a: null })).to.equal(null);
    expect(number('a', {})).to.equal(null);
    expect(number('a * a', { a: 1e300 })).to.equal(null);
    expect(truth('1 / 0 < 5')).to.equal(null);
    expect(truth('1 / 0 != 5')).to.equal(null);
  });

  it('join nulls as SQL does', () => {
    const rows = [true, false, null].map((left) =>
      [true, false, null].map((right) => {
        const values = { a: left === null ? null : Number(left), b: right === null ? null : Number(right) };
        return [truth('a == 1 and b == 1', values), truth('a == 1 or b == 1', values)];
      }),
    );
    expect(rows).to.deep.equal([
      [
        [true, true],
        [false, true],
        [null, true],
      ],
      [
        [false, true],
        [false, false],
        [false, null],
      ],
      [
        [null, true],
        [false, null],
        [null, null],
      ],
    ]);
    expect(truth('not a == 1', { a: null })).to.equal(null);
  });

  const wrong: [string, 'truth' | 'number', number, RegExp][] = [
    ['sends = 3', 'truth', 6, /unexpected "="/],
    ['sends > 3 > 2', 'truth', 10, /unexpected '>'/],
    ['sends >', 'truth', 7, /ends too early/],
    ['', 'truth', 0, /ends too early/],
    ['(sends > 1', 'truth', 0, /nothing closes/],
    ['sends > 1)', 'truth', 9, /unexpected '\)'/],
    ['sends', 'truth', 0, /a number where a comparison belongs/],
    ['a > 1 and b', 'truth', 10, /a number where a comparison belongs/],
    ['a and b > 1', 'truth', 0, /a number where a comparison belongs/],
    ['not a', 'truth', 4, /a number where a comparison belongs/],
    ['a > 1', 'number', 0, /a comparison where a number belongs/],
    ['1 + (a > 1)', 'number', 4, /a comparison where a number belongs/],
    ['(a > 1) + 1', 'number', 0, /a comparison where a number belongs/],
    ['a && b', 'truth', 2, /unexpected "&"/],
    ["a > '1'", 'truth', 4, /unexpected "'"/],
    ['$ > 1', 'truth', 0, /unexpected "\$"/],
    ['max(a) > 1', 'truth', 0, /gives 'max' 1 argument$/],
    ['max(1, 2, 3) > 1', 'truth', 0, /gives 'max' 3 arguments/],
    ['maxi(a, 1) > 1', 'truth', 0, /calls 'maxi', which is not a function/],
    ['toString(a) > 1', 'truth', 0, /calls 'toString', which is not a function/],
    ['max(a, 1', 'number', 3, /nothing closes/],
    ['max(a, ) > 1', 'truth', 7, /unexpected '\)'/],
    ['max(a > 1, 1) > 1', 'truth', 4, /a comparison where a number belongs/],
    ['a, b', 'number', 1, /unexpected ','/],
    ['1 2', 'number', 2, /unexpected '2'/],
    ['and > 1', 'truth', 0, /unexpected 'and'/],
    ['a > 1😀', 'truth', 5, /unexpected "😀"/],
  ];
  for (const [text, wanted, offset, message] of wrong) {
    it(`refuse ${JSON.stringify(text)} at its character ${offset}`, () => {
      const { error } = parseFormula(text, wanted);
      expect(error?.message).to.match(message);
      expect(error?.offset).to.equal(offset);
    });
  }

  it('are bounded in length and depth', () => {
    expect(parseFormula('1'.repeat(MAX_FORMULA + 1), 'number').error?.message).to.match(/longer than/);
    expect(parseFormula('('.repeat(500), 'number').error?.message).to.match(/nested deeper/);
    expect(parseFormula(`${'not '.repeat(200)}1 == 1`, 'truth').error?.message).to.match(/nested deeper/);
    expect(parseFormula(`${'-'.repeat(200)}1`, 'number').error?.message).to.match(/nested deeper/);
  });

  it('never throw while parsing, and stand for a value when they parse', () => {
    const piece = fc.constantFrom(
      'a',
      '$p',
      '1',
      '2.5',
      '+',
      '-',
      '*',
      '/',
      '<',
      '==',
      'and',
      'or',
      'not',
      '(',
      ')',
      'max(',
      'upper95(',
      ',',
      ' ',
      '=',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.string(), (pieces, noise) => {
        for (const text of [pieces.join(' '), noise]) {
          const { formula } = parseFormula(text, 'truth');
          if (formula)
            expect([true, false, null]).to.include(truthOf(formula, { values: { a: 1 }, parameters: { p: 2 } }));
        }
      }),
    );
  });

  it('say how near a row comes to them', () => {
    const near = (text: string, values: Values): number =>
      nearness(parseFormula(text, 'truth').formula!, { values, parameters: {} });
    expect(near('sends >= 30', { sends: 15 })).to.equal(0.5);
    expect(near('sends >= 30', { sends: 31 })).to.equal(1);
    expect(near('conversion < 0.1', { conversion: 0.4 })).to.equal(0.25);
    expect(near('conversion < 0.1', { conversion: null })).to.equal(0);
    expect(near('before == 0', { before: 3 })).to.equal(0);
    expect(near('sends >= max(30, 2 * usual)', { sends: 30, usual: 50 })).to.equal(0.3);
    expect(near('sends >= 30 and conversion < 0.1', { sends: 15, conversion: 0.4 })).to.equal(0.25);
    expect(near('sends >= 30 or conversion < 0.1', { sends: 15, conversion: 0.4 })).to.equal(0.5);
  });
});
