import { expect } from 'chai';
import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Failure } from '../../../tools/foundation/content/failure';
import { blocksOf } from '../../../tools/foundation/ndjson/framer';
import { MAX_LINE } from '../../../tools/foundation/ndjson/framing';
import { readBytes } from '../../../tools/foundation/ndjson/input';
import { readBlock } from '../../../tools/foundation/ndjson/read-block';
import { readEvent } from '../../../tools/foundation/ndjson/read-event';

const SEED = Number(process.env['TOLLGATE_SEED'] ?? 1);

/** A stream of these bytes, cut into pieces of some length. */
async function* pieces(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield Buffer.from(bytes.subarray(at, at + length));
}

interface Read {
  /** Each event's number, from 0, its line in the file, from 1, and its JSON. */
  events: [number: number, line: number, json: string][];
  /** The lines that hold none. */
  bad: number[];
  messages: string[];
  /** How many numbers were given in all. */
  numbers: number;
}

async function read(text: string | Buffer, length = 1 << 20, maxLine = MAX_LINE): Promise<Read> {
  const found: Read = { events: [], bad: [], messages: [], numbers: 0 };
  for await (const { bytes, faults, lineOf } of blocksOf(pieces(Buffer.from(text), length), { maxLine })) {
    expect(bytes.length === 0 || bytes.at(-1) === 0x0a, 'a block ends with a line feed').to.equal(true);
    const bad = [...faults];
    found.numbers += readBlock(bytes, readEvent, {
      take: (event, number, line) => found.events.push([found.numbers + number, lineOf(line), JSON.stringify(event)]),
      bad: (line, message) => bad.push({ line: lineOf(line), message }),
    });
    bad.sort((a, b) => a.line - b.line);
    found.bad.push(...bad.map(({ line }) => line));
    found.messages.push(...bad.map(({ message }) => message));
  }
  return found;
}

const LENGTHS = [1, 2, 7, 64, 5000];

/** Reads a text cut in several ways, which may not matter. */
async function readAlways(text: string | Buffer, maxLine?: number): Promise<Read> {
  const whole = await read(text, 1 << 20, maxLine);
  for (const length of LENGTHS) expect(await read(text, length, maxLine), `pieces of ${length}`).to.deep.equal(whole);
  return whole;
}

const jsonOf = ({ events }: Read): string[] => events.map(([, , json]) => json);

describe('the lines of a stream', () => {
  it('are an event each, and numbered, however the stream is cut', async () => {
    const line = fc.constantFrom(
      '{"a":1}',
      ' {"é":"\\""} ',
      '{"a":{"b":[{}]}}',
      '',
      ' ',
      '\r',
      '{',
      '}',
      '[1]',
      '{"a":',
      '\ufeff{}',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), async (lines, feed) => {
        const { events, bad, numbers } = await readAlways(lines.join(feed));
        const good = (text: string) => text.includes('{') && text.includes('}');
        const numbered = lines.map((text, n) => ({ text, n }));
        const expected = numbered.filter(({ text }) => good(text));
        expect(events.map(([number, at]) => [number, at])).to.deep.equal(expected.map(({ n }) => [n, n + 1]));
        const wrong = numbered.filter(({ text }) => !good(text) && text.trim() !== '');
        expect(bad).to.deep.equal(wrong.map(({ n }) => n + 1));
        expect(numbers).to.be.within(lines.join(feed).trimEnd() === '' ? 0 : 1, lines.length);
      }),
      { numRuns: 300, seed: SEED },
    );
  });

  it('may be as long as the limit says, wherever pieces end and whatever stands around them', async () => {
    const long = (length: number) => `{"a":"${'x'.repeat(length - '{"a":""}'.length)}"}`;
    for (const before of ['', '{}\n', '\n', `${long(30)}\n`])
      for (const after of ['', '\n', '\n{}\n', '\n\n']) {
        const line = before.split('\n').length;
        const exact = await readAlways(`${before}${long(50)}${after}`, 50);
        expect(jsonOf(exact)).to.include(long(50));
        expect(exact.bad).to.deep.equal([]);
        const more = await readAlways(`${before}${long(51)}${after}`, 50);
        expect(jsonOf(more)).not.to.include(long(51));
        expect(more.bad).to.deep.equal([line]);
        expect(more.events.length, 'the others are read').to.equal(exact.events.length - 1);
        expect(more.events.map(([, at]) => at)).to.deep.equal(
          exact.events.map(([, at]) => at).filter((at) => at !== line),
        );
      }
  });

  it('may begin with a byte order mark', async () => {
    expect((await readAlways('\ufeff{"a":1}\n\ufeff{"a":2}\n')).events).to.deep.equal([
      [0, 1, '{"a":1}'],
      [1, 2, '{"a":2}'],
    ]);
  });

  it('are told where they are not UTF-8', async () => {
    const wrong = [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf0, 0x9f]];
    for (const bytes of wrong) {
      const line = Buffer.concat([Buffer.from('{"a":"'), Buffer.from(bytes), Buffer.from('"}\n')]);
      const { events, bad, messages } = await readAlways(
        Buffer.concat([Buffer.from('{"é":1}\n'), line, Buffer.from('{}\n')]),
      );
      expect(events.map(([number]) => number)).to.deep.equal([0, 2]);
      expect(bad).to.deep.equal([2]);
      expect(messages[0]).to.contain('UTF-8');
    }
  });

  it('are told once where the file is in UTF-16', async () => {
    for (const text of ['\ufeff{"a":1}\n{"a":1}\n', '{"a":1}\n'])
      for (const bytes of [Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()]) {
        const { events, bad, messages } = await readAlways(bytes);
        expect([events, bad]).to.deep.equal([[], [1]]);
        expect(messages[0]).to.match(/UTF-16.*iconv/);
      }
  });
});

const RECORDS = [{ k: 1 }, { text: 'one, "two" ]} \\', list: [[{}], []] }, {}, { k: { Records: [{ k: 3 }] } }];
const LINES = RECORDS.map((record) => JSON.stringify(record));

/** Ways to write an envelope with some records. */
const WAYS: [string, (records: readonly object[]) => string][] = [
  ['on one line', (records) => JSON.stringify({ Records: records })],
  ['on many lines', (records) => JSON.stringify({ Records: records }, null, 2)],
  ['with carriage returns', (records) => JSON.stringify({ Records: records }, null, 1).replace(/\n/g, '\r\n')],
  ['a record a line', (records) => `{"Records":[\n${records.map((each) => JSON.stringify(each)).join(',\n')}\n]}`],
  ['with commas first', (records) => `{"Records":[${records.map((each) => JSON.stringify(each)).join('\n,')}]\n}`],
  [
    'with other keys',
    (records) => JSON.stringify({ a: [{ Records: [{}] }], '"': 1, Records: records, b: null, c: {} }),
  ],
  [
    'with other keys on lines',
    (records) => JSON.stringify({ a: [[]], b: { c: [1] }, Records: records, d: 'e' }, null, 1),
  ],
  ['of Azure', (records) => JSON.stringify({ records })],
  ['of Azure on many lines', (records) => JSON.stringify({ records }, null, 4)],
];

describe('an envelope of records', () => {
  for (const [way, write] of WAYS)
    it(`${way} is read whatever stands before and behind it`, async () => {
      const text = write(RECORDS);
      const before: [string, string[]][] = [
        ['', []],
        ['\ufeff', []],
        ['\n \r\n\t', []],
        ['\ufeff\n', []],
        ['{"k":1}\n', ['{"k":1}']],
        ['{"k":1}\n\ufeff', ['{"k":1}']],
        [`${text}\n`, LINES],
        [text, LINES],
        [`${text} {"Records":[]} `, LINES],
      ];
      const behind: [string, string[]][] = [
        ['', []],
        [' \n', []],
        ['\n{"k":2}\n', ['{"k":2}']],
        [' {"k":2}', ['{"k":2}']],
        [`${text}\n{"k":2}`, [...LINES, '{"k":2}']],
      ];
      for (const [first, ahead] of before)
        for (const [last, after] of behind) {
          const found = await readAlways(`${first}${text}${last}`);
          const expected = [...ahead, ...LINES, ...after];
          expect(jsonOf(found), JSON.stringify([first, last])).to.deep.equal(expected);
          expect(found.bad).to.deep.equal([]);
          expect(found.events.map(([number]) => number)).to.deep.equal(expected.map((_, n) => n));
        }
    });

  for (const [way, write] of WAYS)
    it(`${way} is told where it is cut off, and what came before is read`, async () => {
      const text = write(RECORDS);
      for (let length = text.indexOf('"k"'); length < text.length; length++) {
        const { events, bad } = await readAlways(text.slice(0, length));
        const read = events.map(([, , json]) => json);
        expect(LINES.slice(0, read.length), `${length} characters`).to.deep.equal(read);
        expect(bad, `${length} characters`).to.have.length(1);
        // A record that is there as a whole is read.
        const next = LINES[read.length];
        if (way === 'on one line' && next !== undefined) expect(text.slice(0, length)).not.to.contain(`${next},`);
      }
    });

  it('is cut off where another line begins in the middle, which is read', async () => {
    const cuts = [
      '{"Records":[{"k":1}',
      '{"Records":[{"k":1}]',
      '{"Records":[{"k":1},{"k":"ab',
      '{"Records":[{"k":1},{"k":1,',
    ];
    for (const cut of cuts)
      for (const follows of ['{"k":2}', '{"Records":[{"k":2}]}', '{\n"Records":[{"k":2}]}']) {
        const { events, bad } = await readAlways(`${cut}\n${follows}\n`);
        expect(
          events.map(([, , json]) => json),
          cut + follows,
        ).to.deep.equal(['{"k":1}', '{"k":2}']);
        expect(bad, cut + follows).to.have.length(1);
      }
  });

  it('tells of a record that is malformed, not UTF-8 or too long, and goes on with the next', async () => {
    for (const wrong of ['{oops}', '1', '"x"', '{"a":[1}}', '{"a":1,}', '{"a":"\t"}', `{"a":"${'x'.repeat(60)}"}`])
      for (const feed of ['', '\n']) {
        const text = `{"Records":[{"k":1},${feed}${wrong},${feed}{"k":2}]}\n{"k":3}`;
        const { events, bad } = await readAlways(text, 50);
        expect(
          events.map(([number, , json]) => [number, json]),
          text,
        ).to.deep.equal([
          [0, '{"k":1}'],
          [2, '{"k":2}'],
          [3, '{"k":3}'],
        ]);
        expect(bad, text).to.deep.equal([feed === '' ? 1 : 2]);
      }
    const bytes = Buffer.from('{"Records":[{"k":1},{"k":"X"},{"k":2}]}');
    bytes[bytes.indexOf('X')] = 0xff;
    const { events, bad } = await readAlways(bytes);
    expect([events.length, bad]).to.deep.equal([2, [1]]);
  });

  it('tells the lines of the file', async () => {
    const text = `{"a":1}\n${JSON.stringify({ Records: [{ k: 1 }, { k: 2 }] }, null, 1)}\n{"b":1}\n[1]\n`;
    const { events, bad } = await readAlways(text);
    expect(events.map(([, line]) => line)).to.deep.equal([1, 4, 7, 12]);
    expect(bad).to.deep.equal([13]);
  });

  it('is none where it may be an event', async () => {
    const texts = [
      '{"a":{"Records":[{"k":1}]}}',
      '{"Records":[1,{"k":1}]}',
      '{"Records":{"k":1}}',
      '{"k":1,"records":[{"k":2}]}',
      '{"records":[{"k":2}],"k":1}',
      '{"events":[{"k":1}],"data":[{}],"value":[{}]}',
      '{"k":"Records"}',
    ];
    for (const text of texts)
      for (const around of ['', '\n', '\n{"x":1}\n', '\n[\n', ',\n'].slice(0, 4))
        expect(jsonOf(await readAlways(`${text}${around}`))[0], text).to.equal(text);
  });

  it('may be longer than a line, and so may what stands beside its records', async () => {
    const many = Array.from({ length: 30 }, (_, k) => ({ k }));
    for (const beside of [{}, { after: 'x'.repeat(200) }]) {
      const found = await readAlways(`${JSON.stringify({ Records: many, ...beside })}\n{"k":1}`, 50);
      expect(found.bad).to.deep.equal([]);
      expect(found.events).to.have.length(31);
    }
    const far = await readAlways(`${JSON.stringify({ before: 'x'.repeat(50), Records: many })}\n{"k":1}`, 50);
    expect([far.bad, far.events.length], 'its list begins within a line').to.deep.equal([[1], 1]);
  });

  it('takes work that grows with its bytes', async () => {
    for (const text of ['{"Records":[]}', '{"Records":[{}{"a":[', '{"a":[\n', '{"Records":[{"a":[\n'])
      expect((await read(text.repeat(100_000))).bad.length).to.be.at.most(100_001);
  });
});

describe('the event of a line', () => {
  const readLine = (text: string) => readEvent(Buffer.from(`..${text}\n`), 2, 2 + Buffer.byteLength(text));

  it('is a JSON object, or nothing on an empty line', () => {
    expect(readLine('{"a":"é"}')).to.deep.equal({ a: 'é' });
    for (const empty of ['', ' \t', '\r']) expect(readLine(empty)).to.equal(null);
  });

  it('is not made of anything else', () => {
    for (const text of ['[]', 'null', '1', '"a"', '{', '{"a":1}}', '\ufeff{}'])
      expect(() => readLine(text), text).to.throw(SyntaxError);
  });
});

describe('the bytes of a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
  after(() => rmSync(folder, { recursive: true }));
  const bytesOf = async (name: string, bytes: Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    const chunks: Buffer[] = [];
    for await (const chunk of readBytes(path)) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };

  it('are unpacked where they are packed, whatever the name', async () => {
    const text = 'x'.repeat(3_000_000);
    expect(await bytesOf('plain.gz', Buffer.from(text))).to.equal(text);
    expect(await bytesOf('packed.ndjson', gzipSync(text))).to.equal(text);
    const two = Buffer.concat([gzipSync('a\n'), gzipSync('b\n')]);
    expect(await bytesOf('two.gz', two), 'gzip files after one another').to.equal('a\nb\n');
    expect(await bytesOf('empty', Buffer.alloc(0))).to.equal('');
    expect(await bytesOf('empty.gz', gzipSync(''))).to.equal('');
    expect(await bytesOf('one', Buffer.from('a'))).to.equal('a');
  });

  it('end with an error that names the file where it is damaged or is not there', async () => {
    const cut = gzipSync('x'.repeat(100_000)).subarray(0, 60);
    const failure = await bytesOf('cut.gz', cut).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Failure).with.property('exitCode', 3);
    expect((failure as Failure).message).to.match(/cannot read .*cut\.gz: /);
    for (const path of [join(folder, 'none'), folder, join(folder, 'cut.gz', 'x'), join(folder, 'x'.repeat(5000))]) {
      const missing = await readBytes(path)
        .next()
        .catch((error: unknown) => error);
      expect(missing).to.be.instanceOf(Failure).with.property('exitCode', 2);
    }
  });
});
