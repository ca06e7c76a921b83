import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * What may be an address: the longest has leading zeros. Other texts are told at once, however long they are, since the library throws
 * and catches an error for each.
 */
const POSSIBLE = /^(?:[\da-f]{0,64}:[\da-f:.]{1,64}|\d{1,3}(?:\.\d{1,3}){3})$/i;

/** IPv6 with IPv4-mapped addresses as IPv4, four decimal parts only (no octal, no short forms), no zone; `null` for anything else. */
export function parseAddress(text: string): Address | null {
  if (!POSSIBLE.test(text)) return null;
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  const hexadecimal = withoutDots(text);
  if (!text.includes(':') || hexadecimal === null || !ipaddr.IPv6.isValid(hexadecimal)) return null;
  const address = ipaddr.IPv6.parse(hexadecimal);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

/** An IPv6 address whose last four bytes are written as IPv4, without dots: the library takes `::192.0.2.1` for a mapped one. */
function withoutDots(text: string): string | null {
  const end = text.lastIndexOf(':') + 1;
  const last = text.slice(end);
  if (end === 0 || !last.includes('.')) return text;
  if (!ipaddr.IPv4.isValidFourPartDecimal(last)) return null;
  const [a, b, c, d] = ipaddr.IPv4.parse(last).octets as [number, number, number, number];
  return `${text.slice(0, end)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

/**
 * A network in its canonical form (`10.1.2.3/8` is `10.0.0.0/8`; an address alone is a network of one). `null` when it is
 * neither IPv4 nor IPv6, or the prefix is too long.
 */
export function parseNetwork(text: string): string | null {
  const [address = '', prefix, ...more] = text.split('/');
  const base = parseAddress(address);
  if (base === null || more.length > 0 || (prefix !== undefined && !/^\d{1,3}$/.test(prefix))) return null;
  const bytes = base.toByteArray();
  const mapped = address.includes(':') && bytes.length === 4 ? 96 : 0;
  const bits = prefix === undefined ? 8 * bytes.length : Number(prefix) - mapped;
  if (bits < 0 || bits > 8 * bytes.length) return null;
  const masked = bytes.map((byte, index) => byte & (0xff00 >> Math.min(8, Math.max(0, bits - 8 * index))) & 0xff);
  return `${ipaddr.fromByteArray(masked).toString()}/${bits}`;
}

/** A test of whether an address lies in a network, which is given in the form of `parseNetwork`. */
export function networkTest(network: string): (address: Address) => boolean {
  const [base, bits] = ipaddr.parseCIDR(network);
  return (address) => address.kind() === base.kind() && address.match(base as never, bits);
}
