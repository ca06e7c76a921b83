import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Failure } from '../../../tools/foundation/content/failure';
import { readPlan } from '../../../tools/evidence/measure/plan';

describe('a plan of a measurement', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
  after(() => rmSync(folder, { recursive: true }));
  const unitsOf = (...entries: string[]) => {
    const file = join(folder, 'plan.yml');
    writeFileSync(file, `units:\n${entries.map((entry) => `  - {${entry}}\n`).join('')}`);
    return readPlan(file, ['shop', 'bank']);
  };
  const refusal = (...entries: string[]): Failure => {
    try {
      unitsOf(...entries);
    } catch (error) {
      return error as Failure;
    }
    throw new Error('the plan was taken');
  };

  it('has a unit for each seed, in Elasticsearch where it says so', () => {
    expect(unitsOf('world: shop, seeds: 101-102, days: 4, elasticsearch: "102"')).to.deep.equal([
      { world: 'shop', seed: 101, days: 4, detectors: 'all', engine: 'memory' },
      { world: 'shop', seed: 102, days: 4, detectors: 'all', engine: 'both' },
    ]);
  });

  it('may have the detectors with and without a long memory apart', () => {
    const units = unitsOf(
      'world: shop, seeds: "101", days: 1, detectors: short',
      'world: shop, seeds: "101", days: 9, detectors: long',
    );
    expect(units.map(({ detectors, days }) => [detectors, days])).to.deep.equal([
      ['short', 1],
      ['long', 9],
    ]);
  });

  it('counts no traffic twice', () => {
    const first = 'world: shop, seeds: 101-103, days: 4';
    expect(refusal(first, 'world: shop, seeds: "103", days: 2').message).to.contain('seed 103 of shop twice');
    expect(refusal(first, 'world: shop, seeds: "101", days: 4, detectors: long').exitCode).to.equal(1);
    expect(unitsOf(first, 'world: bank, seeds: 101-103, days: 4')).to.have.length(6);
  });

  it('says at which place it is wrong', () => {
    expect(refusal('world: shpo, seeds: "101", days: 4').message).to.match(/:2:13: there is no world 'shpo'/);
    expect(refusal('world: shpo, seeds: "101", days: 4').hint).to.contain('shop');
    expect(refusal('world: shop, seeds: "101", days: 0').message).to.match(/:2:\d+: /);
    expect(refusal('world: shop, days: 4').message).to.match(/:2:\d+: .*seeds/);
    expect(refusal('world: shop, seeds: "101", days: 4, elasticsearch: "102"').message).to.contain('seed 102');
    expect(() => readPlan(join(folder, 'none.yml'), [])).to.throw(Failure, 'none.yml');
  });
});
