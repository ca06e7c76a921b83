import { expect } from 'chai';
import { smaller } from '../../../tools/evidence/audit/smaller';
import { VARIANTS } from '../../../tools/evidence/audit/variants';
import { optionsFor } from './run';

describe('variants of a world', () => {
  const source = optionsFor([], ['global-consumer']).worlds[0]!;
  const variant = (name: string) => VARIANTS.find((one) => one.name === name)!;

  it('halve and raise conversion, of flows that have one and up to what can come back', () => {
    const less = variant('conversion −50 %').of(source).flows;
    const more = variant('conversion +50 %').of(source).flows;
    for (const [name, { conversion }] of Object.entries(source.flows)) {
      if (conversion === undefined) expect(less[name]).to.equal(source.flows[name]);
      else {
        expect(less[name]!.conversion).to.equal(conversion * 0.5);
        expect(more[name]!.conversion).to.equal(Math.min(0.97, conversion * 1.5));
      }
    }
  });

  it('change how unequal the blocks are, from what the world says or else from 1', () => {
    const skew = (one: typeof source) => variant('carrier skew +50 %').of(one).block_skew;
    expect(skew(source)).to.equal(source.block_skew! * 1.5);
    const silent = { ...source };
    delete silent.block_skew;
    expect(skew(silent)).to.equal(1.5);
  });

  it('leave the world itself as it is', () => {
    const before = JSON.stringify(source);
    for (const { of } of VARIANTS) of(source);
    expect(JSON.stringify(source)).to.equal(before);
    expect(VARIANTS.map(({ volume }) => volume)).to.deep.equal([1, 1, 0.5, 1.5, 1, 1]);
  });

  it('are of a smaller business with as many users behind an address', () => {
    const small = smaller(source, 50_000);
    expect(small.sends_per_day).to.equal(50_000);
    const behind = ({ users, networks }: typeof source) =>
      (users * networks.carrier!.share) / networks.carrier!.addresses;
    expect(behind(small)).to.be.closeTo(behind(source), 1);
    expect(smaller(source, 1e9)).to.equal(source);
  });
});
