import { expect } from 'chai';
import { CURVE_PLANS, solve } from './property';
import { SOURCES } from './random-events';
import { Warehouse } from './warehouse';

/** As many as half a minute allows; `npm run property` solves more. */
const PROBLEMS = 200;

describe('random detections, correlations and hunts in DuckDB', () => {
  it('answer as memory does', async function () {
    this.timeout(1_800_000);
    const warehouse = await Warehouse.open(SOURCES, CURVE_PLANS);
    let rows = 0;
    let refused = 0;
    try {
      for (let seed = 0; seed < PROBLEMS; seed++) {
        const outcome = await solve(warehouse, seed);
        expect(outcome.difference).to.equal(null);
        refused += outcome.refused;
        rows += outcome.rows;
      }
    } finally {
      warehouse.close();
    }
    expect(rows).to.be.greaterThan(PROBLEMS);
    expect(refused, 'what is refused is not compared').to.be.lessThan(PROBLEMS / 50);
  });
});
