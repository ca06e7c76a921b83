import { below, type Key } from './random';

/**
 * Where clients come from. Every address lies in a range that no network on the Internet uses: 198.18.0.0/15 (RFC 2544,
 * benchmarks) for homes, 100.64.0.0/10 (RFC 6598) for carriers' shared addresses, RFC 5737 and 2001:db8::/32 (RFC 3849),
 * both documentation, for offices, rented servers and IPv6.
 */
export const NETWORKS = ['home', 'home6', 'carrier', 'office', 'vpn', 'staff'] as const;
export type Network = (typeof NETWORKS)[number];

/** How many addresses a network offers. */
export function capacity(network: Network): number {
  switch (network) {
    case 'home':
      return 131_070;
    case 'home6':
      return 0x4000_0000;
    case 'carrier':
      return 4_194_302;
    case 'office':
    case 'vpn':
    case 'staff':
      return 254;
  }
}

/** The address at a place in a network. */
export function addressAt(network: Network, place: number): string {
  const index = 1 + (place % capacity(network));
  switch (network) {
    case 'home':
      return `198.${18 + (index >>> 16)}.${(index >>> 8) & 255}.${index & 255}`;
    case 'home6':
      return `2001:db8:${(index >>> 16).toString(16)}:${(index & 0xffff).toString(16)}::1`;
    case 'carrier':
      return `100.${64 + (index >>> 16)}.${(index >>> 8) & 255}.${index & 255}`;
    case 'office':
      return `203.0.113.${index}`;
    case 'vpn':
      return `192.0.2.${index}`;
    case 'staff':
      return `198.51.100.${index}`;
  }
}

/** Another address of the /64 of an IPv6 address of ours: its last 64 bits are drawn, as a device draws those of a temporary one (RFC 8981). */
export function inSamePrefix(address: string, { a, b }: Key): string {
  const groups = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  return address.replace('::1', `:${groups.map((group) => group.toString(16)).join(':')}`);
}

/** One of the first `count` addresses of a network, or of a part of those; `spread` scatters them over it where they are few. */
export function anyAddress(
  network: Network,
  key: Key,
  count: number,
  spread: Key,
  part: { first: number; count: number } = { first: 0, count },
): string {
  const size = Math.min(count, capacity(network));
  const place = part.first + below(key, 'address', Math.min(part.count, size));
  if (size * 4 > capacity(network)) return addressAt(network, place);
  return addressAt(network, below(spread, 'place', capacity(network), place));
}
