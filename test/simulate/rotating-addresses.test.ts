import { expect } from 'chai';
import { isIPv6 } from 'node:net';
import type { Network } from '../../tools/simulate/addresses';
import { DAY, EPOCH, HOUR } from '../../tools/simulate/curve';
import { clientOf } from '../../tools/simulate/person';
import { child } from '../../tools/simulate/random';
import { modelOf, type NetworkUse } from '../../tools/simulate/world';
import { datasets } from './run';
import { different } from './words';

const SHOP = datasets.worlds.find(({ name }) => name === 'regional-shop')!;

/** The addresses of a client of a world with one network, each hour of ten days. */
function addressesOf(client: number, network: Network, use: Omit<NetworkUse, 'share'>): string[] {
  const model = modelOf({ ...SHOP, networks: { [network]: { share: 1, ...use } } }, 3);
  const key = child(model.key, 'client of the test', client);
  return Array.from({ length: 240 }, (_, n) => clientOf(model, key, 'ES', true, EPOCH + n * HOUR).address);
}

const prefixOf = (address: string): string => address.split(':').slice(0, 4).join(':');
const changes = (addresses: string[]): number[] =>
  addresses.flatMap((address, n) => (n > 0 && address !== addresses[n - 1] ? [n] : []));

describe('addresses that rotate', () => {
  it('are of one /64 in IPv6, another each day, each client’s at a time of its own', () => {
    const clients = [1, 2, 3].map((client) => addressesOf(client, 'home6', { addresses: 40_000, rotate: '1d' }));
    for (const addresses of clients) {
      expect(different(addresses.map(prefixOf))).to.equal(1);
      expect(different(addresses)).to.be.within(10, 11);
      expect(addresses.every((address) => isIPv6(address))).to.equal(true);
      const times = changes(addresses);
      expect(new Set(times.map((time) => time % (DAY / HOUR))).size).to.equal(1);
    }
    expect(different(clients.map((addresses) => changes(addresses)[0]))).to.be.greaterThan(1);
    expect(different(clients.map((addresses) => prefixOf(addresses[0]!)))).to.equal(3);
  });

  it('are any of those behind which a carrier has its phones', () => {
    const addresses = addressesOf(1, 'carrier', { addresses: 8, rotate: '4h' });
    expect(changes(addresses).length).to.be.within(40, 60);
    expect(different(addresses)).to.be.within(7, 8);
  });

  it('stay where nothing is said', () => {
    expect(different(addressesOf(1, 'carrier', { addresses: 8 }))).to.equal(1);
    const home = addressesOf(1, 'home6', { addresses: 40_000 });
    expect(different(home)).to.equal(1);
    expect(home[0]).to.match(/::1$/);
  });

  it('are in every world: of IPv6 by the day, of carriers’ by the hour', () => {
    for (const { name, networks } of datasets.worlds) {
      expect(networks.home6?.rotate, name).to.equal('1d');
      expect(networks.carrier?.rotate, name).to.match(/h$/);
    }
  });
});
