import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../../tools/foundation/content/failure';
import { displayPath, readSource } from '../../../tools/foundation/content/source';
import { MAX_SOURCE_BYTES } from '@tollgate/sigma/yaml/decode';
import { positionAt } from '@tollgate/sigma/yaml/position';

describe('readSource', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'tollgate-'))));
  after(() => rmSync(folder, { recursive: true }));
  const read = (bytes: Uint8Array | string): ReturnType<typeof readSource> => {
    const path = join(folder, 'file.yml');
    writeFileSync(path, bytes);
    return readSource(path);
  };

  it('reads UTF-8, without a byte order mark', () => {
    expect(read('\u{FEFF}title: é😀\n')).to.include({ text: 'title: é😀\n' });
  });

  const bad: [string, number[], string][] = [
    ['a Latin-1 letter', [0x61, 0x0a, 0xc3, 0xa9, 0xe9, 0x0a], '2:2 byte 0xE9 at offset 4'],
    ['a character that ends too early', [0x61, 0xe2, 0x28, 0xa1], '1:2 byte 0xE2 at offset 1'],
    ['a character cut off by the end', [0x61, 0x0d, 0x0a, 0xf0, 0x9f, 0x98], '2:1 byte 0xF0 at offset 3'],
    ['an overlong form', [0xc0, 0xaf], '1:1 byte 0xC0 at offset 0'],
    ['a surrogate', [0x61, 0xed, 0xa0, 0x80], '1:2 byte 0xED at offset 1'],
  ];
  for (const [what, bytes, expected] of bad) {
    it(`finds ${what}`, () => {
      const { text, diagnostics } = read(Uint8Array.from(bytes));
      expect(text).to.equal(null);
      const [{ line, column, code, message }] = diagnostics as [(typeof diagnostics)[0]];
      expect(code).to.equal('not-utf8');
      expect(`${line}:${column} ${message}`).to.contain(expected.split(' ')[0]).and.to.contain(expected.slice(4));
    });
  }

  it('refuses a file over 1 MiB and takes one of 1 MiB', () => {
    expect(read(Buffer.alloc(MAX_SOURCE_BYTES + 1, 'a')).diagnostics[0]?.code).to.equal('too-large');
    expect(read(Buffer.alloc(MAX_SOURCE_BYTES, 'a')).diagnostics).to.deep.equal([]);
  });

  it('refuses what is no regular file', () => {
    expect(readSource(folder).diagnostics[0]?.code).to.equal('not-a-file');
  });

  it('fails with exit code 2 where there is nothing to read', () => {
    expect(() => readSource(join(folder, 'none.yml')))
      .to.throw(Failure)
      .that.includes({ exitCode: 2 });
  });
});

describe('displayPath', () => {
  it('is relative below the working directory, and as given elsewhere', () => {
    expect(displayPath(join(process.cwd(), 'rules', 'a.yml'))).to.equal('rules/a.yml');
    expect(displayPath('./rules/../rules/a.yml')).to.equal('rules/a.yml');
    expect(displayPath('../elsewhere/a.yml')).to.equal('../elsewhere/a.yml');
  });
});

describe('positionAt', () => {
  it('counts lines by LF, CR LF and CR', () => {
    const text = 'a\nb\r\nc\rd';
    expect([0, 2, 5, 7].map((offset) => positionAt(text, offset).line)).to.deep.equal([1, 2, 3, 4]);
    expect(positionAt(text, 3)).to.deep.equal({ line: 2, column: 2 });
  });
});
