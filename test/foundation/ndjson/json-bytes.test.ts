import { expect } from 'chai';
import { JsonBytes } from '../../../tools/foundation/ndjson/json-bytes';

describe('JSON written as bytes', () => {
  const written = (value: unknown, size = 1): string => {
    const json = new JsonBytes(size);
    json.add(value);
    return json.bytes.toString('utf8', 0, json.length);
  };

  it('is what JSON.stringify writes', () => {
    const values: unknown[] = [
      null,
      true,
      0,
      -0,
      1.5e300,
      -12,
      9,
      10,
      100_000,
      2 ** 31 - 1,
      2 ** 31,
      Number.MAX_SAFE_INTEGER,
      NaN,
      Infinity,
      '',
      'plain',
      'a "quote", a \\ and a\nline',
      '\u0000\u001f\u007f\u0080',
      'naïve, 電話, 📞, half a pair \ud83d',
      [],
      [1, [undefined, 'x'], {}],
      {},
      { a: undefined, b: null, c: { d: [{ e: 'ü' }] }, 'a "key"': 1, 7: 'first' },
      'x'.repeat(5000),
      { long: 'ä'.repeat(5000), after: 1 },
    ];
    for (const value of values) expect(written(value)).to.equal(JSON.stringify(value));
  });

  it('takes one more key into the map that was written last', () => {
    for (const map of [{}, { a: 1 }, { a: { b: {} } }, { é: 'ü' }]) {
      const json = new JsonBytes(1);
      json.add([{ before: 1 }]);
      const start = json.length;
      json.add(map);
      json.extend(start, 'more', { c: '"' });
      expect(json.bytes.toString('utf8', start, json.length)).to.equal(JSON.stringify({ ...map, more: { c: '"' } }));
    }
  });

  it('has the digits of integers beyond 2^53', () => {
    expect(written({ a: [9007199254740993n, -(2n ** 64n)] })).to.equal(
      '{"a":[9007199254740993,-18446744073709551616]}',
    );
  });

  it('is so for keys of any letters and length, also when they come again', () => {
    const keys = ['', 'a', 'ab', 'abc', 'abcd', 'a "key"', 'ключ', '📞', '\ud83d', '\n', 'k'.repeat(3000)];
    const value = Object.fromEntries(keys.map((key, i) => [key, i]));
    for (let n = 0; n < 2; n++) expect(written([value, value])).to.equal(JSON.stringify([value, value]));
  });

  it('is so for more keys than are kept', () => {
    const value = Object.fromEntries(Array.from({ length: 25_000 }, (_, i) => [`key ${i}`, {}]));
    expect(written(value)).to.equal(JSON.stringify(value));
  });

  it('is so for lists and maps in one another, however deep', () => {
    const nested = (depth: number, outer: (inner: unknown) => unknown): unknown => {
      let value: unknown = { a: 1, 'b "': ['é', null, undefined, { c: undefined, d: [] }] };
      for (let n = 0; n < depth; n++) value = outer(value);
      return value;
    };
    for (const depth of [490, 500, 510, 1500])
      for (const outer of [(inner: unknown) => [1, inner], (inner: unknown) => ({ x: inner, y: '"' })]) {
        const value = nested(depth, outer);
        expect(written(value)).to.equal(JSON.stringify(value));
      }
    const deep = written(nested(100_000, (inner) => [inner]));
    expect(deep.slice(0, 100_000)).to.equal('['.repeat(100_000));
    expect(deep.slice(-100_000)).to.equal(']'.repeat(100_000));
  });

  it('counts each text and key that is not plain', () => {
    const json = new JsonBytes(1);
    for (let n = 0; n < 2; n++) json.add({ plain: 'text', 'a "key"': 1, ключ: 'a\\b', list: ['ü', 'u'] });
    expect(json.unusual).to.equal(2 * 4);
  });

  it('goes on behind what is there, and begins anew from any length', () => {
    const json = new JsonBytes(1);
    json.add({ a: 1 });
    json.byte(10);
    json.add('b');
    expect(json.bytes.toString('utf8', 0, json.length)).to.equal('{"a":1}\n"b"');
    json.length = 0;
    json.add([2]);
    expect(json.bytes.toString('utf8', 0, json.length)).to.equal('[2]');
  });
});
