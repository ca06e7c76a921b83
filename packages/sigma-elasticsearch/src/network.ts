import ipaddr from 'ipaddr.js';
import type { Query } from './query';

/** Bits of an address that are zero where an IPv4 address is held as an IPv6 one, `::ffff:0:0/96`. */
const MAPPED_BITS = 96;

/**
 * The addresses of a network, which is given in the form of `parseNetwork`. Elasticsearch holds IPv4 addresses as IPv6
 * ones, and a wide IPv6 network would take them in: it is asked for as the two ranges before and after them.
 */
export function networkQuery(index: string, network: string): Query {
  const [base, bits] = ipaddr.parseCIDR(network);
  const mapped = ipaddr.IPv6.parse('::ffff:0:0');
  if (base.kind() === 'ipv4' || bits >= MAPPED_BITS || !mapped.match(base as ipaddr.IPv6, bits)) {
    return { term: { [index]: network } };
  }
  const first = ipaddr.IPv6.networkAddressFromCIDR(network).toNormalizedString();
  const last = ipaddr.IPv6.broadcastAddressFromCIDR(network).toNormalizedString();
  const before = { range: { [index]: { gte: first, lt: '::ffff:0:0' } } };
  const after = { range: { [index]: { gt: '::ffff:ffff:ffff', lte: last } } };
  return { bool: { should: [before, after], minimum_should_match: 1 } };
}
