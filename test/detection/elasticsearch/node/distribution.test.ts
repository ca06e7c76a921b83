import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Failure } from '../../../../tools/foundation/content/failure';
import { obtainDistribution, verify } from '../../../../tools/detection/elasticsearch/node/distribution';
import { program } from './temporary';

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

  it('is got by Maven, of whose downloads the megabytes of the large one are told, and none in its last words', async () => {
    program(
      join(folder, 'mvn'),
      String.raw`printf '[INFO] Scanning\nProgress (2): 3/7.5 kB | 0.5/5.9 MB\rProgress (2): 41/132 MB | 0.5/5.9 MB\r'` +
        String.raw` && printf 'Progress (1): 132/132 MB\r\n[INFO] Unpacking it\n[ERROR] no room\n' && exit 1`,
    );
    const told: unknown[][] = [];
    const folders = { root: folder, state: folder, node: folder };
    const ended: unknown = await obtainDistribution(folders, {
      env: { ...process.env, PATH: `${folder}:${process.env['PATH']}` },
      progress: { update: (...report) => told.push(report) },
      tell: () => undefined,
    }).catch((error: unknown) => error);
    expect(told).to.deep.equal([
      ['Getting Elasticsearch', 0],
      ['Getting Elasticsearch · 41 of 132 MB', 41, 132],
      ['Getting Elasticsearch · 132 of 132 MB', 132, 132],
      ['Unpacking Elasticsearch', 0],
    ]);
    expect(ended).to.be.instanceOf(Failure).with.property('exitCode', 3);
    expect((ended as Failure).message).to.match(/:\n\[INFO\] Scanning\n\[INFO\] Unpacking it\n\[ERROR\] no room$/);
  });
});
