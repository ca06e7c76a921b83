import { COUNTRY_PREFIXES } from './prefixes';

const PLUS = 43;
const ZERO = 48;
/** E.164 allows fifteen digits; the shortest numbers in use, on small islands, have seven with their country code. */
const MIN_DIGITS = 7;
const MAX_DIGITS = 15;

/** A node of the tree of prefixes: one child for each digit. */
interface Node {
  country: string | null;
  next: (Node | undefined)[];
}

const ROOT = tree(COUNTRY_PREFIXES);

/**
 * The country of an E.164 number (`+` and digits), by the longest prefix that is assigned; `001` for codes that belong
 * to no country. `null` where the text is not such a number, or where nobody has its prefix.
 */
export function countryOf(number: string): string | null {
  if (!isE164(number)) return null;
  let country: string | null = null;
  let node: Node | undefined = ROOT;
  for (let i = 1; i < number.length; i++) {
    node = node.next[number.charCodeAt(i) - ZERO];
    if (!node) break;
    country = node.country ?? country;
  }
  return country;
}

/** The block of an E.164 number: the number less its last four digits, ten thousand neighbours. Else `null`. */
export function blockOf(number: string): string | null {
  return isE164(number) ? number.slice(0, -4) : null;
}

/** The range of an E.164 number: the number less its last six digits, a million neighbours. Else `null`. */
export function rangeOf(number: string): string | null {
  return isE164(number) ? number.slice(0, -6) : null;
}

/** The last four digits of an E.164 number. Else `null`. */
export function suffixOf(number: string): string | null {
  return isE164(number) ? number.slice(-4) : null;
}

/** An address behind the name of its channel and a colon, as in `whatsapp:+14155550100`, or without; `null` where nothing is left. */
export function addressIn(text: string): string | null {
  return text.slice(text.indexOf(':') + 1) || null;
}

/** A plus sign and seven to fifteen digits of which the first is not 0 (ITU-T E.164, section 6). */
export function isE164(number: string): boolean {
  const digits = number.length - 1;
  if (digits < MIN_DIGITS || digits > MAX_DIGITS || number.charCodeAt(0) !== PLUS) return false;
  for (let i = 1; i <= digits; i++) {
    const digit = number.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) return false;
  }
  return number.charCodeAt(1) !== ZERO;
}

function tree(prefixes: Readonly<Record<string, string>>): Node {
  const root: Node = { country: null, next: [] };
  for (const [country, list] of Object.entries(prefixes)) {
    for (const prefix of list.split(' ')) {
      let node = root;
      for (const digit of prefix) node = node.next[Number(digit)] ??= { country: null, next: [] };
      node.country = country;
    }
  }
  return root;
}
