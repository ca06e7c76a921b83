import { readFileSync, statSync } from 'node:fs';
import { MAX_SOURCE_BYTES } from '@tollgate/sigma/yaml/decode';

/** The lines of files about which something was found, as they stand there now; each file is read once. */
export class SourceLines {
  private readonly read = new Map<string, string[]>();

  /** The text of a line, 1-based; undefined where the file can't be read as it was, or has no such line. */
  at(file: string, line: number): string | undefined {
    let lines = this.read.get(file);
    if (!lines) this.read.set(file, (lines = linesOf(file)));
    return lines[line - 1];
  }
}

function linesOf(file: string): string[] {
  try {
    const stat = statSync(file);
    if (!stat.isFile() || stat.size > MAX_SOURCE_BYTES) return [];
    return readFileSync(file, 'utf8')
      .replace(/^\ufeff/, '')
      .split(/\r\n|\n|\r/);
  } catch {
    return []; // It has been removed since; the finding stands without its text.
  }
}
