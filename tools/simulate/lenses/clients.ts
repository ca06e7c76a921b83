import { cumulate, pick } from '../math';
import { below, child, letters, unit, type Key } from '../random';
import type { Visit } from '../happening';
import type { World } from '../world';

// What an edge sees of a client beside its address and user agent. It depends on these and the device alone, never on whose doing the request is.

/** The same for every run: where an address is doesn't change with the seed. */
const ATLAS: Key = { a: 0x61746c61, b: 0x73000001 };
/** Where rented servers stand: ours. */
const HOSTING = ['US', 'NL', 'DE', 'RO', 'SG', 'GB', 'FR', 'LT'];

const shares = new WeakMap<World, { names: string[]; shares: number[] }>();

/** ISO 3166-1 country of an address: offices and staff are at home, rented servers where such are, all others where the business's people are. */
export function countryOfAddress(world: World, address: string): string {
  const home = Object.keys(world.countries)[0]!;
  if (isOffice(address)) return home;
  const place = child(ATLAS, 'place', numberOfAddress(address));
  if (isRented(address)) return HOSTING[below(place, 'hosting', HOSTING.length)]!;
  let known = shares.get(world);
  if (!known) {
    const odd = world.elsewhere.share / world.elsewhere.countries.length;
    const all = [
      ...Object.entries(world.countries),
      ...world.elsewhere.countries.map((one): [string, number] => [one, odd]),
    ];
    known = { names: all.map(([name]) => name), shares: cumulate(all.map(([, share]) => share)) };
    shares.set(world, known);
  }
  return known.names[pick(known.shares, unit(place, 'country'))]!;
}

/** Autonomous system of an address, of those that are set aside for documentation (RFC 5398). */
export function systemOfAddress(address: string): number {
  if (isRented(address)) return 65536 + below(child(ATLAS, 'place', numberOfAddress(address)), 'system', 6);
  if (isOffice(address)) return address.startsWith('198.51.100.') ? 64509 : 64508;
  if (address.startsWith('100.')) return 64504 + below(child(ATLAS, 'place', numberOfAddress(address)), 'system', 4);
  return 64496 + below(child(ATLAS, 'place', numberOfAddress(address)), 'system', 8);
}

/**
 * JA4 fingerprint of whoever posted: that of the browser's make, in a few variants; one in sixty people has a rare browser or app. A script that never loaded
 * the page speaks TLS by a library instead, whatever its user agent says. Shares are ours.
 */
export function ja4Of({ person, looked }: Visit, posts: boolean): string {
  const { device, userAgent } = person.client!;
  if (!userAgent.startsWith('Mozilla/')) return ja4('tool', numberOfText(userAgent));
  if (posts && !looked) return ja4('library', below(device, 'library', 6));
  if (unit(device, 'rare') < 1 / 60) return ja4('rare', below(device, 'rare make', 80));
  return ja4(makeOf(userAgent), below(device, 'variant', 3));
}

/** A browser's fingerprint as scripts on a page take it: phones of one model look alike, computers less. Numbers of looks are ours. */
export function looksOf({ person }: Visit): string {
  const { device, userAgent } = person.client!;
  const looks = /iPhone/.test(userAgent) ? 150 : /Mobile/.test(userAgent) ? 600 : 900;
  return letters(child(child(ATLAS, 'looks', numberOfText(userAgent)), 'one', below(device, 'looks', looks)), HEX, 16);
}

const HEX = '0123456789abcdef';

function makeOf(userAgent: string): string {
  if (/Firefox/.test(userAgent)) return 'firefox';
  return /Chrome/.test(userAgent) ? 'chrome' : 'safari';
}

/** Of the documented form: 36 characters in three parts. The hashes are nobody's. */
function ja4(make: string, variant: number): string {
  const key = child(child(ATLAS, make), 'variant', variant);
  const kind =
    make === 'chrome'
      ? 't13d1516h2'
      : make === 'firefox'
        ? 't13d1715h2'
        : make === 'safari'
          ? 't13d2014h2'
          : 't13d1311h2';
  return `${kind}_${letters(key, HEX, 16).slice(0, 12)}_${letters(child(key, 'extensions'), HEX, 16).slice(0, 12)}`;
}

function isOffice(address: string): boolean {
  return address.startsWith('203.0.113.') || address.startsWith('198.51.100.');
}

function isRented(address: string): boolean {
  return address.startsWith('192.0.2.');
}

/** An address as a number: IPv4 whole, of IPv6 the second 32 bits, which tell our addresses apart. */
function numberOfAddress(address: string): number {
  if (address.includes(':')) {
    const [, , high, low] = address.split(':');
    return (parseInt(high!, 16) << 16) | parseInt(low!, 16);
  }
  return address.split('.').reduce((number, part) => (number << 8) | Number(part), 0);
}

/** A text as a number, for few texts: FNV-1a over UTF-16 units. */
function numberOfText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
