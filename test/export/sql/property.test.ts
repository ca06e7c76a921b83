import { expect } from 'chai';
import { TRIED } from './engines';
import { CURVE_PLANS, solve, TOGETHER } from './property';
import { SOURCES } from './random-events';
import { Warehouse } from './warehouse';

/** Problems for each dialect: as many as half a minute allows for one, and a few for each other. `npm run property` solves more. */
const PROBLEMS: Readonly<Record<string, number>> = { duckdb: 600 };
const FEW = 100;

describe('random detections, correlations and hunts in SQL', () => {
  for (const subject of TRIED)
    it(`answer as memory does in ${subject.dialect.title}`, async function () {
      this.timeout(1_800_000);
      const problems = PROBLEMS[subject.dialect.name] ?? FEW;
      const warehouse = await Warehouse.open(subject, SOURCES, CURVE_PLANS);
      let rows = 0;
      let refused = 0;
      try {
        for (let seed = 0; seed < problems / TOGETHER; seed++) {
          const outcome = await solve(warehouse, seed);
          expect(outcome.differences).to.deep.equal([]);
          refused += outcome.refused;
          rows += outcome.rows;
        }
      } finally {
        await warehouse.close();
      }
      expect(rows).to.be.greaterThan(problems);
      // DuckDB refuses nothing that is asked here but what no target has.
      expect(refused, 'what is refused is not compared').to.be.lessThan(
        subject.dialect.name === 'duckdb' ? problems / 50 : problems / 2,
      );
    });
});
