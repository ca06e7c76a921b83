export type Utf16 = 'utf16' | 'utf16le' | 'utf16be' | 'wide';

/** UTF-16 bytes of a text; `utf16` begins with a byte order mark, `wide` is the same as `utf16le`. */
export function utf16(text: string, encoding: Utf16): Buffer {
  const bytes = Buffer.from(text, 'utf16le');
  if (encoding === 'utf16') return Buffer.concat([Buffer.from([0xff, 0xfe]), bytes]);
  return encoding === 'utf16be' ? bytes.swap16() : bytes;
}

/**
 * The three Base64 texts of which one stands in the encoding of any text that contains `bytes`: for each of the offsets
 * 0, 1 and 2 the characters that depend on `bytes` alone.
 */
export function base64Offsets(bytes: Buffer): string[] {
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const bits = 8 * (offset + bytes.length);
    return encoded.slice(Math.ceil((8 * offset) / 6), Math.floor(bits / 6));
  });
}

/** The text whose UTF-8 form is `bytes`; `null` when there is none. */
export function utf8Text(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
