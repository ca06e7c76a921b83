import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder for each test of the suite in which it is called, with what puts a text into a file there. */
export function folderForEach() {
  const place = {
    folder: '',
    put(path: string, text: string): void {
      mkdirSync(dirname(join(place.folder, path)), { recursive: true });
      writeFileSync(join(place.folder, path), text);
    },
  };
  beforeEach(() => (place.folder = mkdtempSync(join(tmpdir(), 'datasets-'))));
  afterEach(() => rmSync(place.folder, { recursive: true }));
  return place;
}
