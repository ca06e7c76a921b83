import { integerOf, isNumeric } from './scalar';

/**
 * Parses JSON as `JSON.parse` does, but for integers whose digits no double keeps: those are bigints, or their text where they
 * are too long for that (`isNumeric`). Throws a `SyntaxError` for what is no JSON.
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!mayLoseDigits(text)) return value;
  // The grammar has been checked. Where the one has a number and the other a text, digits may have been lost.
  return withDigits(value, JSON.parse(withIntegersQuoted(text)));
}

/** Writes JSON as `JSON.stringify` does, for plain values; a bigint is written as its digits. */
export function jsonOf(value: unknown, indent = 0): string {
  try {
    return JSON.stringify(value, null, indent);
  } catch {
    return write(value, indent === 0 ? null : ' '.repeat(indent), '\n');
  }
}

const QUOTE = 0x22;
const MINUS = 0x2d;
const BACKSLASH = 0x5c;

/** Integers with fewer digits are kept by every double. */
const LONG = 16;

const BEFORE_NUMBER = /^[-:,[\s]?$/;
const AFTER_NUMBER = /^[,\]}\s]?$/;
const INTEGER = /^-?\d+$/;

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Whether there may be such an integer: every run of so many digits holds one of the characters that are looked at. */
function mayLoseDigits(text: string): boolean {
  for (let at = LONG - 1; at < text.length; at += LONG) {
    if (!isDigit(text.charCodeAt(at))) continue;
    let start = at;
    while (isDigit(text.charCodeAt(start - 1))) start--;
    while (isDigit(text.charCodeAt(at + 1))) at++;
    if (at - start + 1 < LONG) continue;
    if (BEFORE_NUMBER.test(text.charAt(start - 1)) && AFTER_NUMBER.test(text.charAt(at + 1))) return true;
  }
  return false;
}

/** JSON with quotes around every integer that is long. */
function withIntegersQuoted(text: string): string {
  let written = '';
  let from = 0;
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = stringEnd(text, at + 1);
    else if (code !== MINUS && !isDigit(code)) at++;
    else {
      const end = numberEnd(text, at + 1);
      const number = text.slice(at, end);
      if (number.length >= LONG && INTEGER.test(number)) {
        written += `${text.slice(from, at)}"${number}"`;
        from = end;
      }
      at = end;
    }
  }
  return written + text.slice(from);
}

function stringEnd(text: string, at: number): number {
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    at += code === BACKSLASH ? 2 : 1;
  }
}

function numberEnd(text: string, at: number): number {
  // Of the letters only an exponent's stands in a number; what follows one is no letter and no sign.
  while (/[-+.eE\d]/.test(text.charAt(at))) at++;
  return at;
}

/** A value with the integers that another one has as texts. Iterative, because the depth of a record is the sender's choice. */
function withDigits(value: unknown, other: unknown): unknown {
  const root = { value };
  const pending: [holder: object, other: object][] = [[root, { value: other }]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [holder, texts] = next as [Record<string, unknown>, Record<string, unknown>];
    for (const key of Object.keys(holder)) {
      const [own, text] = [holder[key], texts[key]];
      if (typeof own === 'object' && own !== null) pending.push([own, text as object]);
      else if (typeof own === 'number' && typeof text === 'string')
        holder[key] = isNumeric(text) ? integerOf(text) : text;
    }
  }
  return root.value;
}

function write(value: unknown, indent: string | null, lineEnd: string): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const inner = lineEnd + (indent ?? '');
  const [open, close, items] = Array.isArray(value)
    ? ['[', ']', value.map((item) => write(item, indent, inner))]
    : ['{', '}', members(value, indent, inner)];
  if (items.length === 0) return open + close;
  return indent === null
    ? open + items.join(',') + close
    : `${open}${inner}${items.join(`,${inner}`)}${lineEnd}${close}`;
}

function members(value: object, indent: string | null, lineEnd: string): string[] {
  return Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([key, each]) => `${JSON.stringify(key)}:${indent === null ? '' : ' '}${write(each, indent, lineEnd)}`);
}
