import { expect } from 'chai';
import fc from 'fast-check';
import { jsonOf, parseJson } from '../../src/values/json';
import { integerOf, MAX_DIGITS, numberOf } from '../../src/values/scalar';

const SEED = Number(process.env['TOLLGATE_SEED'] ?? 1);

/** Any digits, also so few that a double keeps them, and about the powers of two at which it no longer does. */
const integer = fc.oneof(
  fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
  fc
    .tuple(fc.integer({ min: 50, max: 70 }), fc.integer({ min: -3, max: 3 }))
    .map(([power, by]) => 2n ** BigInt(power) + BigInt(by)),
);
/** Texts in which digits, quotes and backslashes stand as they do around numbers. */
const text = fc.string({
  unit: fc.constantFrom('1234567890123456789', ':', ',', ' ', '"', '\\', '[', '-', 'a', '\n', 'é'),
});
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    integer.map((each) => integerOf(String(each))),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    text,
    fc.constantFrom(null, true, {}, []),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(text, tie('value')), { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs)),
  ),
})).value;

/** The value with each integer as the double that `JSON.parse` makes of it. */
function asDoubles(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(asDoubles);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asDoubles(each)]));
}

describe(`JSON with integers beyond 2^53 (TOLLGATE_SEED=${SEED})`, () => {
  it('is read as it was written, with or without spaces', () => {
    fc.assert(
      fc.property(json, fc.constantFrom(0, 1, 2), (value, indent) => {
        const written = jsonOf(value, indent);
        expect(parseJson(written)).to.deep.equal(parseJson(jsonOf(parseJson(written))));
        expect(jsonOf(parseJson(written), indent)).to.equal(written);
        expect(asDoubles(parseJson(written))).to.deep.equal(JSON.parse(written));
        expect(JSON.stringify(asDoubles(value), null, indent)).to.equal(
          JSON.stringify(JSON.parse(written), null, indent),
        );
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });

  it('keeps a double where that has the same digits', () => {
    const read = (number: string) => parseJson(`[${number}]`);
    expect(read('9007199254740992')).to.deep.equal([2 ** 53]);
    expect(read('9007199254740993')).to.deep.equal([9007199254740993n]);
    expect(read('1000000000000000000')).to.deep.equal([1e18]);
    expect(read('1234567890123456789.5')).to.deep.equal([1234567890123456789.5]);
    expect(read('1234567890123456789e2')).to.deep.equal([1.234567890123456789e20]);
    expect(read('-0')).to.deep.equal([-0]);
    expect(read('1'.repeat(MAX_DIGITS))).to.deep.equal([BigInt('1'.repeat(MAX_DIGITS))]);
    expect(read(`-${'1'.repeat(MAX_DIGITS + 1)}`)).to.deep.equal([`-${'1'.repeat(MAX_DIGITS + 1)}`]);
    expect(parseJson('1234567890123456789')).to.equal(1234567890123456789n);
  });

  it('is malformed where JSON.parse says so', () => {
    const long = '1234567890123456789';
    for (const wrong of [
      `0${long}`,
      `{${long}: 1}`,
      `[${long}`,
      `[${long},]`,
      `${long}n`,
      `+${long}`,
      `"${long}`,
      `- ${long}`,
    ]) {
      let said = '';
      try {
        JSON.parse(wrong);
      } catch (error) {
        said = (error as Error).message;
      }
      expect(said).not.to.equal('');
      expect(() => parseJson(wrong)).to.throw(SyntaxError, said);
    }
  });

  it('may be deeper and longer than a stack', () => {
    const deep = `${'['.repeat(100_000)}9007199254740993${']'.repeat(100_000)}`;
    let inner = parseJson(deep);
    while (Array.isArray(inner)) inner = (inner as unknown[])[0];
    expect(inner).to.equal(9007199254740993n);
    expect(parseJson(`["${'1'.repeat(4_000_000)}", ${'2'.repeat(4_000_000)}, 9007199254740993]`)).to.have.property(
      '2',
      9007199254740993n,
    );
  });

  it('keeps keys that an object inherits', () => {
    const value = parseJson(
      '{"__proto__": 9007199254740993, "constructor": {"__proto__": [9007199254740993]}}',
    ) as object;
    expect(Object.keys(value)).to.deep.equal(['__proto__', 'constructor']);
    expect(jsonOf(value)).to.equal('{"__proto__":9007199254740993,"constructor":{"__proto__":[9007199254740993]}}');
  });
});

describe('numbers in text', () => {
  it('are those that JSON writes, with all digits of an integer', () => {
    for (const [text, number] of [
      ['5', 5],
      ['-0.5e1', -5],
      ['9007199254740993', 9007199254740993n],
      ['9007199254740992', 2 ** 53],
      ['1e999', null],
      ['1'.repeat(MAX_DIGITS + 1), null],
      ...['', ' 5', '5 ', '+5', '05', '.5', '5.', '0x10', '1_000', 'NaN', 'Infinity', '5a'].map((each) => [each, null]),
    ] as const)
      expect(numberOf(text), String(text)).to.equal(number);
    for (const [value, number] of [
      [Infinity, null],
      [NaN, null],
      [true, null],
      [null, null],
      [7n, 7n],
    ])
      expect(numberOf(value)).to.equal(number);
  });
});
