import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Failure } from '../../../tools/content/failure';
import { verify } from '../../../tools/elasticsearch/node/distribution';

describe("Elasticsearch's archive", () => {
  let folder: string;
  let archive: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-archive-'));
    archive = join(folder, 'archive.zip');
    writeFileSync(archive, 'abc');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is taken when its hash is the pinned one', () => {
    // SHA-256 of "abc" (FIPS 180-2, appendix B.1).
    verify(archive, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('is refused otherwise, with exit code 3 and both hashes', () => {
    expect(() => verify(archive)).to.throw(Failure, /ba7816bf.*, not [0-9a-f]{64}/);
  });
});
