import { expect } from 'chai';
import fc from 'fast-check';
import { fieldReader, isScalar, presenceTest, type Event } from '@tollgate/sigma/values/event';
import { jsonOf } from '@tollgate/sigma/values/json';
import { MAX_DEPTH } from '../../../tools/foundation/ndjson/json-end';
import { readEvent } from '../../../tools/foundation/ndjson/read-event';
import { readerOf, type EventReader } from '../../../tools/foundation/ndjson/scanner';

const SEED = Number(process.env['TOLLGATE_SEED'] ?? 1);
const FIELDS = ['a', 'b', 'a.b', 'a.b.c', 'é', 'a b', '', 'constructor', 'toString'];

const line = (text: string): [Buffer, number, number] => {
  const bytes = Buffer.from(`{"x":1}\n${text}\n{"y":2}\n`);
  return [bytes, 8, bytes.length - 9];
};

/** What a reader makes of a line: each field's presence and scalars; what is no event, or malformed. */
function told(read: EventReader, ...[bytes, start, end]: [Buffer, number, number]): unknown {
  let event: Event | null;
  try {
    event = read(bytes, start, end);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return error.message;
  }
  if (event === null) return null;
  return FIELDS.map((field) => [
    presenceTest(field)(event),
    fieldReader(field)(event).map((value) => (isScalar(value) || value === null ? value : Array.isArray(value))),
  ]);
}

const scan = readerOf(FIELDS);
const same = (text: string): void => {
  const at = line(text);
  expect(told(scan, ...at), text).to.deep.equal(told(readEvent, ...at));
};

const key = fc.constantFrom(
  'a',
  'b',
  'c',
  'a.b',
  'b.c',
  'a.b.c',
  'é',
  'a b',
  '',
  'zz',
  '__proto__',
  'constructor',
  '"\\',
  '\ud800',
);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(
      null,
      true,
      false,
      0,
      -1,
      1.5,
      1e300,
      2 ** 53,
      9007199254740993n,
      -(2n ** 70n),
      '',
      'text',
      'é\n"\\\u0001',
      '\ud800',
      '💩',
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((pairs) => ({ pairs })),
}));

/** JSON with repeated keys, spaces and escapes, as `JSON.stringify` never writes it. */
function write(value: unknown, space: string, escape: boolean): string {
  if (Array.isArray(value))
    return `[${space}${value.map((each) => write(each, space, escape)).join(`${space},${space}`)}]`;
  if (typeof value === 'object' && value !== null) {
    const { pairs } = value as { pairs: [string, unknown][] };
    const members = pairs.map(
      ([name, each]) => `${write(name, space, escape)}${space}:${space}${write(each, space, escape)}`,
    );
    return `{${space}${members.join(`,${space}`)}${space}}`;
  }
  const text = jsonOf(value);
  return escape && typeof value === 'string'
    ? text.replace(/[a-c]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`)
    : text;
}

const text = fc
  .tuple(json.object, fc.constantFrom('', ' ', '\t \r'), fc.boolean())
  .map(([value, space, escape]) => `${space}${write(value, space, escape)}${space}`);

describe('the scanner', () => {
  it('reads of a line what JSON.parse reads', () => {
    fc.assert(fc.property(text, same), { numRuns: 20_000, seed: SEED });
  });

  it('takes for malformed what JSON.parse takes for it', () => {
    const edit = fc.tuple(
      fc.nat(),
      fc.constantFrom('', '"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', '.', 'e', 't', '\u0001', '\u007f', 'é'),
    );
    let malformed = 0;
    fc.assert(
      fc.property(text, edit, (whole, [place, piece]) => {
        const at = place % (whole.length + 1);
        const changed = `${whole.slice(0, at)}${piece}${whole.slice(piece === '' ? at + 1 : at)}`;
        same(changed);
        if (typeof told(readEvent, ...line(changed)) === 'string') malformed++;
      }),
      { numRuns: 40_000, seed: SEED },
    );
    expect(malformed).to.be.above(10_000);
  });

  it('knows numbers, words, escapes and depths', () => {
    for (const value of [
      '01',
      '1.',
      '.5',
      '-',
      '+1',
      '1e',
      '1e+',
      '1f5',
      '-0',
      '0e0',
      '1E-7',
      'tru',
      'truee',
      'nul',
      'NaN',
      '"\\x"',
      '"\\u12g4"',
      '"\\u1234"',
      '"\t"',
    ])
      for (const name of ['a', 'zz']) same(`{"${name}":${value}}`);
    for (const depth of [MAX_DEPTH - 1, MAX_DEPTH, MAX_DEPTH + 1, MAX_DEPTH + 2, 5000])
      for (const name of ['a', 'zz']) same(`{"${name}":${'['.repeat(depth)}1${']'.repeat(depth)}}`);
    for (const whole of ['', '{', '}', '[]', '1', 'null', '{}}', '{} {}', '{"a":1,}', '{,}', '{"a"}', '{a:1}', '"a"'])
      same(whole);
  });

  it('reads bytes that are no UTF-8 as JSON.parse does', () => {
    for (const bad of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xef, 0xbf, 0xbd]])
      for (const [before, after] of [
        ['{"a":"', '"}'],
        ['{"', '":1,"a":2}'],
        ['{"zz":"', '","a":2}'],
      ]) {
        const bytes = Buffer.concat([Buffer.from(before!), Buffer.from(bad), Buffer.from(`${after}\n`)]);
        expect(told(scan, bytes, 0, bytes.length - 1)).to.deep.equal(told(readEvent, bytes, 0, bytes.length - 1));
      }
  });

  it('leaves everything to JSON.parse where a field is no ordinary key', () => {
    expect(readerOf(['a', '__proto__.b'])).to.equal(readEvent);
    expect(readerOf(['a.b.c.d.e.f.g.h.i'])).to.equal(readEvent);
    expect(readerOf(['a'])).not.to.equal(readEvent);
  });
});
