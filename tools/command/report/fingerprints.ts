import { createHash } from 'node:crypto';
import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import type { SourceLines } from './source-lines';

/**
 * What tells each finding from the others of its file, and stays the same when lines move, are indented otherwise, or a number in the
 * message changes, such as the line of another place: a hash of the code, the line's text and the message without its numbers. Those
 * that are alike in all of this are counted in their order.
 */
export function fingerprints(diagnostics: readonly Diagnostic[], lines: SourceLines): string[] {
  const seen = new Map<string, number>();
  return diagnostics.map(({ file, line, code, message }) => {
    const text = (lines.at(file, line) ?? '').trim().replace(/\s+/g, ' ');
    const parts = JSON.stringify([code, text, message.replace(/\d+/g, '#')]);
    const hash = createHash('sha256').update(parts).digest('hex').slice(0, 16);
    const count = (seen.get(`${file} ${hash}`) ?? 0) + 1;
    seen.set(`${file} ${hash}`, count);
    return `${hash}:${count}`;
  });
}
