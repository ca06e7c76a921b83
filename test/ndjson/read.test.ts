import { expect } from 'chai';
import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Failure } from '../../tools/content/failure';
import { blocksOf } from '../../tools/ndjson/blocks';
import { readBytes } from '../../tools/ndjson/input';
import { readEvent } from '../../tools/ndjson/read-event';
import { linesOfRecords } from '../../tools/ndjson/records';

/** A stream of these bytes, cut into pieces of some length. */
async function* pieces(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield Buffer.from(bytes.subarray(at, at + length));
}

async function linesOf(chunks: AsyncIterable<Buffer>, maxLine?: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const { bytes, overlong } of blocksOf(chunks, maxLine)) {
    const found = bytes.toString().split('\n');
    expect(found.pop(), 'a block ends with a line feed').to.equal('');
    if (overlong) found[0] = `too long${found[0]!}`;
    lines.push(...found);
  }
  return lines;
}

async function recordsOf(text: string, length = 1 << 16): Promise<string[]> {
  const lines = await linesOf(linesOfRecords(pieces(Buffer.from(text), length)));
  const texts = lines.map((line) => line.trim());
  // What follows the last record may be an empty line; one in between would shift the numbers of the records.
  while (texts.at(-1) === '') texts.pop();
  return texts;
}

describe('blocks of lines', () => {
  it('hold every line, however the stream is cut', async () => {
    const text = fc.array(fc.constantFrom('a', 'é', '\n', '\r', ' '), { maxLength: 40 }).map((all) => all.join(''));
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (all, length) => {
        const expected = all.split('\n');
        if (expected.at(-1) === '') expected.pop();
        expect(await linesOf(pieces(Buffer.from(all), length))).to.deep.equal(expected);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('name a line that is too long, wherever it stands, and hold the others', async () => {
    const long = 'x'.repeat(50);
    for (const length of [1, 7, 64, 1000]) {
      const lines = await linesOf(pieces(Buffer.from(`a\n${long}\nb\n${long}`), length), length < 50 ? 20 : 60);
      expect(lines, `pieces of ${length}`).to.deep.equal(
        length < 50 ? ['a', 'too long', 'b', 'too long'] : ['a', long, 'b', long],
      );
    }
  });

  it('leave out a byte order mark, at the beginning only', async () => {
    expect(await linesOf(pieces(Buffer.from('\ufeffa\n\ufeffb\n'), 1000))).to.deep.equal(['a', '\ufeffb']);
    expect(await linesOf(pieces(Buffer.from('\ufeffa\n\ufeffb\n'), 1))).to.deep.equal(['a', '\ufeffb']);
  });
});

describe('the records of a CloudTrail file', () => {
  const records = [{ a: 1 }, { text: 'one, "two" ]} \\', list: [[{}], []] }, {}];

  it('are a line each, however the file is written and cut', async () => {
    const lines = records.map((record) => JSON.stringify(record));
    for (const indent of [0, 2]) {
      const text = JSON.stringify({ Records: records }, null, indent);
      for (const length of [1, 3, 17, 5000]) {
        const found = await recordsOf(text, length);
        expect(found.map((line) => JSON.stringify(JSON.parse(line)))).to.deep.equal(lines);
      }
    }
  });

  it('follow one another through several envelopes, empty ones among them', async () => {
    expect(await recordsOf('{"Records":[{"a":1}]}{"Records":[]}\n{"Records":[{"a":2},{"a":3}]}')).to.deep.equal([
      '{"a":1}',
      '{"a":2}',
      '{"a":3}',
    ]);
  });

  it('do not hide what is cut off or does not belong there', async () => {
    expect(await recordsOf('{"Records":[{"a":1},{"a":')).to.deep.equal(['{"a":1}', '{"a":']);
    expect(await recordsOf('{"Records":[{"a":1}]}\n{"b":1}\n{"c":1}\n')).to.deep.equal(['{"a":1}', 'b":1}', '{"c":1}']);
    expect(await recordsOf('{"Records":[1,"x"]}')).to.deep.equal(['1', '"x"']);
  });

  it('are looked for at the beginning only: other lines stay as they are', async () => {
    const text = '{"a":{"Records":[1]}}\n{"Records":[1]}\n';
    expect(await recordsOf(text, 3)).to.deep.equal(text.trim().split('\n'));
  });
});

describe('the event of a line', () => {
  const read = (text: string) => readEvent(Buffer.from(`..${text}\n`), 2, 2 + Buffer.byteLength(text));

  it('is a JSON object, or nothing on an empty line', () => {
    expect(read('{"a":"é"}')).to.deep.equal({ a: 'é' });
    for (const empty of ['', ' \t', '\r']) expect(read(empty)).to.equal(null);
  });

  it('is not made of anything else', () => {
    for (const text of ['[]', 'null', '1', '"a"', '{', '{"a":1}}', '\ufeff{}'])
      expect(() => read(text), text).to.throw(SyntaxError);
  });
});

describe('the bytes of a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
  after(() => rmSync(folder, { recursive: true }));
  const read = async (name: string, bytes: Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    const chunks: Buffer[] = [];
    for await (const chunk of readBytes(path)) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };

  it('are unpacked where they are packed, whatever the name', async () => {
    const text = 'x'.repeat(3_000_000);
    expect(await read('plain.gz', Buffer.from(text))).to.equal(text);
    expect(await read('packed.ndjson', gzipSync(text))).to.equal(text);
    const two = Buffer.concat([gzipSync('a\n'), gzipSync('b\n')]);
    expect(await read('two.gz', two), 'gzip files after one another').to.equal('a\nb\n');
    expect(await read('empty', Buffer.alloc(0))).to.equal('');
    expect(await read('one', Buffer.from('a'))).to.equal('a');
  });

  it('end with an error that names the file where it is damaged or is not there', async () => {
    const cut = gzipSync('x'.repeat(100_000)).subarray(0, 60);
    const failure = await read('cut.gz', cut).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Failure).with.property('exitCode', 3);
    expect((failure as Failure).message).to.match(/cannot read .*cut\.gz: /);
    for (const path of [join(folder, 'none'), folder]) {
      const missing = await readBytes(path)
        .next()
        .catch((error: unknown) => error);
      expect(missing).to.be.instanceOf(Failure).with.property('exitCode', 2);
    }
  });
});
