import { expect } from 'chai';
import * as fc from 'fast-check';
import { correlate } from '../../tools/correlate/correlate';
import type { Window } from '../../tools/correlate/types';
import { comparable } from './comparable';
import { problem } from './problem';
import { SEED } from './seed';
import { windowOracle } from './window-oracle';

const tumbling = fc.integer({ min: -15, max: 15 }).map((originMs): Window => ({ model: 'tumbling', originMs }));
const scheduled = fc.record({
  model: fc.constant('scheduled' as const),
  intervalMs: fc.integer({ min: 1, max: 12 }),
  lookbackMs: fc.integer({ min: 1, max: 20 }),
  phaseMs: fc.integer({ min: -5, max: 5 }),
});

describe(`correlate: fixed windows (TOLLGATE_SEED=${SEED})`, () => {
  const windows: [string, fc.Arbitrary<Window>][] = [
    ['tumbling', tumbling],
    ['scheduled', scheduled],
  ];
  for (const [name, arbitrary] of windows) {
    it(`finds in ${name} windows what a brute force finds`, () => {
      let alerts = 0;
      fc.assert(
        fc.property(problem, arbitrary, ({ rule, inputs }, window) => {
          const wanted = windowOracle(rule, inputs, window);
          expect(comparable(rule, correlate(rule, inputs, window).alerts)).to.deep.equal(wanted);
          alerts += wanted.length;
        }),
        { seed: SEED, numRuns: 1500 },
      );
      expect(alerts).to.be.above(500);
    });
  }
});
