import type { Diagnostic, DiagnosticCode } from '../diagnostics/diagnostic';
import { positionAt } from './position';

/** No content file is near this; a larger one is a mistake or an attack on the parser's memory. */
export const MAX_SOURCE_BYTES = 1024 * 1024;

export interface SourceText {
  /** As diagnostics show it. */
  file: string;
  /** The decoded text without a byte order mark; `null` when the file can't be used. */
  text: string | null;
  diagnostics: Diagnostic[];
}

/** The text of a content file's bytes: strict UTF-8, at most 1 MiB. What is wrong with them is a diagnostic. */
export function decodeSource(file: string, bytes: Uint8Array): SourceText {
  if (bytes.length > MAX_SOURCE_BYTES) return tooLarge(file, bytes.length);
  try {
    return { file, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), diagnostics: [] };
  } catch {
    const valid = validPrefix(bytes);
    const offset = new TextEncoder().encode(valid).length;
    const byte = bytes[offset]!.toString(16).toUpperCase().padStart(2, '0');
    return refused(
      file,
      'not-utf8',
      `is not UTF-8: byte 0x${byte} at offset ${offset} is not part of a valid character`,
      'save the file as UTF-8',
      positionAt(valid, valid.length),
    );
  }
}

/** A file that is larger than content can be. */
export function tooLarge(file: string, size: number): SourceText {
  const message = `is ${size} bytes; a content file has at most 1 MiB`;
  return refused(file, 'too-large', message, 'split it into several files');
}

/** A file that can't be used, and why. */
export function refused(
  file: string,
  code: DiagnosticCode,
  message: string,
  hint: string,
  at = { line: 1, column: 1 },
): SourceText {
  return { file, text: null, diagnostics: [{ file, ...at, severity: 'error', code, message, hint }] };
}

/** The longest text that the bytes begin with. A streaming decoder withholds an unfinished character, so the prefix can be bisected. */
function validPrefix(bytes: Uint8Array): string {
  const decode = (length: number): string | null => {
    try {
      // ignoreBOM keeps the mark in the text, so that offsets stay those of the file.
      const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
      return decoder.decode(bytes.subarray(0, length), { stream: true });
    } catch {
      return null;
    }
  };
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (decode(middle) === null) high = middle - 1;
    else low = middle;
  }
  return decode(low) ?? '';
}
