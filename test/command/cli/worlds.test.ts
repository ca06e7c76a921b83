import { expect } from 'chai';
import { smallestWorlds } from '../../../tools/command/cli/worlds';

const world = (name: string, sends_per_day: number, ...sources: string[]) => ({ name, sends_per_day, sources });
const SHOP = world('shop', 50, 'a', 'b');
const SERVICE = world('service', 2000, 'a', 'b', 'c');
const PORTAL = world('portal', 900, 'c');
const BANK = world('bank', 50_000, 'd');
const ALL = [BANK, PORTAL, SERVICE, SHOP];

describe('the worlds of a replay that names none', () => {
  const taken = (needs: string[][], days = 2) => {
    const { worlds, leftOut, isPartial } = smallestWorlds(ALL, needs, days);
    return [worlds.map(({ name }) => name), leftOut, isPartial];
  };

  it('are the smallest in which everything can run', () => {
    expect(taken([['a'], ['b', 'a'], ['c']])).to.deep.equal([['portal', 'shop'], ['service'], false]);
    expect(taken([['a'], ['a', 'c']])).to.deep.equal([['service', 'shop'], [], false]);
    expect(taken([['c']])).to.deep.equal([['portal'], ['service'], false]);
  });

  it('are none too large', () => {
    expect(taken([['d'], ['c']])).to.deep.equal([['portal'], ['bank', 'service'], true]);
    expect(taken([['a'], ['c']], 11)).to.deep.equal([['portal', 'shop'], ['service'], false]);
    expect(taken([['a', 'c']], 11)).to.deep.equal([[], ['service'], true]);
  });

  it('are the smallest one where nothing can run, so that the report says so, and none where there is none', () => {
    expect(taken([['e']])).to.deep.equal([['shop'], [], false]);
    expect(smallestWorlds([], [['e']], 2).worlds).to.deep.equal([]);
  });
});
