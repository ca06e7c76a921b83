export type Utf16 = 'utf16' | 'utf16le' | 'utf16be' | 'wide';

const ENCODER = new TextEncoder();

/** UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array {
  return ENCODER.encode(text);
}

/** UTF-16 bytes of a text; `utf16` begins with a byte order mark, `wide` is the same as `utf16le`. */
export function utf16(text: string, encoding: Utf16): Uint8Array {
  const units = encoding === 'utf16' ? `\ufeff${text}` : text;
  const bytes = new Uint8Array(2 * units.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < units.length; i++) view.setUint16(2 * i, units.charCodeAt(i), encoding !== 'utf16be');
  return bytes;
}

/** The Base64 text of bytes (RFC 4648, section 4). */
export function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/**
 * The three Base64 texts of which one stands in the encoding of any text that contains `bytes`: for each of the offsets
 * 0, 1 and 2 the characters that depend on `bytes` alone.
 */
export function base64Offsets(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((offset) => {
    const shifted = new Uint8Array(offset + bytes.length);
    shifted.set(bytes, offset);
    const bits = 8 * shifted.length;
    return base64(shifted).slice(Math.ceil((8 * offset) / 6), Math.floor(bits / 6));
  });
}

/** The text whose UTF-8 form is `bytes`; `null` when there is none. */
export function utf8Text(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
