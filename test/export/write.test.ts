import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { compareFiles, writeFiles } from '../../tools/export/write';

describe('writing an export', () => {
  let dir: string;
  const files = new Map([
    ['README.md', 'hello\n'],
    ['rules/a.json', '{}\n'],
  ]);

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'tollgate-export-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('finds nothing to do in a folder that it has just written', () => {
    expect(writeFiles(dir, files).map(({ kind }) => kind)).to.deep.equal(['missing', 'missing']);
    expect(compareFiles(dir, files)).to.deep.equal([]);
    expect(writeFiles(dir, files)).to.deep.equal([]);
  });

  it('tells what differs, is missing and is surplus, without changing it', () => {
    mkdirSync(join(dir, 'rules'));
    writeFileSync(join(dir, 'README.md'), 'hello\r\n');
    writeFileSync(join(dir, 'rules', 'old.json'), '{}\n');
    expect(compareFiles(dir, files)).to.deep.equal([
      { path: 'README.md', kind: 'differs' },
      { path: 'rules/a.json', kind: 'missing' },
      { path: 'rules/old.json', kind: 'surplus' },
    ]);
    expect(readFileSync(join(dir, 'README.md'), 'utf8')).to.equal('hello\r\n');
  });

  it('corrects all three', () => {
    mkdirSync(join(dir, 'rules'));
    writeFileSync(join(dir, 'README.md'), 'no');
    writeFileSync(join(dir, 'rules', 'old.json'), '{}\n');
    writeFiles(dir, files);
    expect(compareFiles(dir, files)).to.deep.equal([]);
  });

  it('takes a folder that is not there for an empty one', () => {
    expect(compareFiles(join(dir, 'none'), files)).to.have.length(2);
  });
});
