import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../../tools/foundation/content/failure';
import { readResults } from '../../../tools/evidence/measure/stored';

const WHOLE = readFileSync(join(__dirname, '../../../measurement/results.json'), 'utf8');

describe('a stored measurement', () => {
  let folder: string;
  let file: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'))));
  after(() => rmSync(folder, { recursive: true }));
  beforeEach(() => (file = join(folder, 'results.json')));

  function failure(text: string): { exitCode: number; message: string } {
    writeFileSync(file, text);
    try {
      readResults(file);
    } catch (error) {
      if (error instanceof Failure) return error;
      throw error;
    }
    throw new Error('it was read');
  }

  it('is none where there is no file', () => expect(readResults(join(folder, 'nowhere.json'))).to.equal(null));

  it('is refused where the file is cut off anywhere', () => {
    for (const length of [0, 1, 2, 500, WHOLE.length - 3]) {
      const { exitCode, message } = failure(WHOLE.slice(0, length));
      expect(message).to.match(/results\.json:\d+:\d+: this is not JSON$/);
      expect(exitCode).to.equal(1);
    }
  });

  it('is refused where it is JSON of another form', () => {
    for (const other of ['null', '[]', '{}', '"x"', WHOLE.replace('"detectors": [', '"detectors": [7,')]) {
      const { exitCode, message } = failure(other);
      expect(message).to.match(/results\.json:1:1: this is not a measurement: \S+ is not as it should be$/);
      expect(exitCode).to.equal(1);
    }
  });

  it('is refused where it counts what cannot have been counted', () => {
    for (const count of ['-1', '1.5', '1e308', '1e999', '"1"', 'null'])
      expect(failure(WHOLE.replace(/"episodes":\d+/, `"episodes":${count}`)).message).to.include('not a measurement');
  });
});
