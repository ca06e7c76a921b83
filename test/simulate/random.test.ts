import { expect } from 'chai';
import fc from 'fast-check';
import { addressAt, NETWORKS } from '../../tools/simulate/addresses';
import { EPOCH, HOUR, minuteShare, MINUTE } from '../../tools/simulate/curve';
import { cumulate, exp, log, pick, poisson, zipf } from '../../tools/simulate/math';
import { anyNumber, COUNTRIES, isSafe, numberAt } from '../../tools/simulate/numbers';
import { child, letters, rootKey, unit, uuid } from '../../tools/simulate/random';
import { countryOf } from '../../tools/telemetry/phone';

describe('random draws', () => {
  it('are a function of seed, entity, purpose and n, the same on every machine', () => {
    const key = child(rootKey(7, 'a-world'), 'visit', 12);
    expect([unit(key, 'delay'), unit(key, 'delay', 1), unit(key, 'other')]).to.deep.equal([
      0.04801122542704739, 0.48004893346444366, 0.73490555240936,
    ]);
    expect(uuid(key)).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('are uniform, and don’t depend on the neighbouring draw', () => {
    const key = rootKey(3, 'w');
    const draws = Array.from({ length: 20_000 }, (_, n) => unit(key, 'u', n));
    const mean = draws.reduce((sum, u) => sum + u, 0) / draws.length;
    expect(mean).to.be.closeTo(0.5, 0.01);
    const tenths = draws.reduce(
      (counts, u) => counts.with(Math.floor(u * 10), counts[Math.floor(u * 10)]! + 1),
      Array<number>(10).fill(0),
    );
    for (const count of tenths) expect(count).to.be.within(1800, 2200);
    const lagged = draws.slice(1).reduce((sum, u, i) => sum + (u - 0.5) * (draws[i]! - 0.5), 0) / draws.length;
    expect(Math.abs(lagged)).to.be.below(0.003);
  });

  it('give different ids to different entities', () => {
    const ids = new Set(
      Array.from({ length: 50_000 }, (_, n) => letters(child(rootKey(1, 'w'), 'id', n), '0123456789abcdef')),
    );
    expect(ids.size).to.equal(50_000);
  });
});

describe('arithmetic without Math.exp and Math.log', () => {
  it('agrees with them', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
        (x) => Math.abs(log(x) - Math.log(x)) <= 1e-12 * Math.max(1, Math.abs(Math.log(x))),
      ),
    );
    fc.assert(
      fc.property(fc.double({ min: -500, max: 500, noNaN: true }), (x) => Math.abs(exp(x) / Math.exp(x) - 1) <= 1e-11),
    );
  });

  it('draws as many arrivals as expected', () => {
    const key = rootKey(1, 'poisson');
    const total = Array.from({ length: 4000 }, (_, n) =>
      poisson(2.5, (i) => unit(child(key, 'slot', n), 'u', i)),
    ).reduce((a, b) => a + b, 0);
    expect(total / 4000).to.be.closeTo(2.5, 0.1);
    expect(poisson(0, () => 0.5)).to.equal(0);
    // Far beyond the largest mean for which exp(-mean) is a number above 0.
    expect(poisson(20_000, (i) => unit(key, 'large', i))).to.be.closeTo(20_000, 600);
  });

  it('picks by weight', () => {
    const shares = cumulate([1, 0, 3]);
    expect([0, 0.24, 0.26, 0.999].map((u) => pick(shares, u))).to.deep.equal([0, 0, 2, 2]);
    expect(zipf(4)).to.deep.equal([1, 1 / 2, 1 / 3, 1 / 4]);
    expect(zipf(3, 0)).to.deep.equal([1, 1, 1]);
    expect(zipf(9, 0.5)[8]).to.be.closeTo(1 / 3, 1e-12);
  });
});

describe('a day', () => {
  it('has its share of arrivals in every minute, in local time', () => {
    const curve = {
      hours: Array.from({ length: 24 }, (_, hour) => (hour === 12 ? 1 : 0)),
      days: [1, 1, 1, 1, 1, 0, 0],
    };
    let sum = 0;
    for (let minute = 0; minute < 1440; minute++) sum += minuteShare(curve, 0, EPOCH + minute * MINUTE);
    expect(sum).to.be.closeTo(1, 1e-9);
    expect(minuteShare(curve, 120, EPOCH + 10 * HOUR)).to.be.greaterThan(0);
    expect(minuteShare(curve, 120, EPOCH + 12 * HOUR)).to.equal(0);
    // The fifth and sixth day after the epoch, a Monday, are the weekend.
    expect(minuteShare(curve, 0, EPOCH + (5 * 24 + 12) * HOUR)).to.equal(0);
  });
});

describe('numbers and addresses', () => {
  it('belong to nobody, and to the country that they are of', () => {
    for (const country of COUNTRIES) {
      for (let n = 0; n < 40; n++) {
        const number = anyNumber(country, child(rootKey(1, country), 'number', n));
        expect(isSafe(number), number).to.be.true;
        expect(countryOf(number), number).to.equal(country);
        expect(number.length).to.be.within(9, 16);
      }
    }
    for (const number of [
      '+33612345678',
      '+18762012345',
      '+12125551234',
      '+447700123456',
      '+99890123456',
      '+998001234',
    ])
      expect(isSafe(number)).to.be.false;
  });

  it('run through a block in order', () => {
    expect([0, 1, 2].map((place) => numberAt('UZ', 93, place))).to.deep.equal([
      '+998000930000',
      '+998000930001',
      '+998000930002',
    ]);
    expect([0, 1, 2, 3].map((block) => numberAt('JM', block, 7))).to.deep.equal([
      '+16580000007',
      '+18760000007',
      '+16580010007',
      '+18760010007',
    ]);
  });

  it('differ from place to place in every network', () => {
    for (const network of NETWORKS) {
      const addresses = Array.from({ length: 200 }, (_, place) => addressAt(network, place));
      expect(new Set(addresses).size).to.equal(200);
    }
    expect(addressAt('home', 131_069)).to.equal('198.19.255.254');
  });
});
