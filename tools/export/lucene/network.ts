import ipaddr from 'ipaddr.js';

/** The addresses of IPv4. */
export const EVERY_IPV4 = '0.0.0.0/0';

const MAPPED = ipaddr.parseCIDR('::ffff:0:0/96');

/**
 * Whether Elasticsearch finds addresses of IPv4 in a network of IPv6, in which they are not to a rule: it keeps each as the address of IPv6 to which it is
 * mapped.
 */
export function holdsMapped(network: string): boolean {
  const [base, bits] = ipaddr.parseCIDR(network);
  return base.kind() === 'ipv6' && (MAPPED[0].match(base, bits) || base.match(...MAPPED));
}
