import { expect } from 'chai';
import * as fc from 'fast-check';
import { comparable } from './comparable';
import { problem } from './problem';
import { correlate } from './rule';
import { SEED } from './seed';
import { windowOracle, type FixedWindow } from './window-oracle';
import { scheduled, tumbling } from './windows';

describe(`correlate: fixed windows (TOLLGATE_SEED=${SEED})`, () => {
  const windows: [string, fc.Arbitrary<FixedWindow>][] = [
    ['tumbling', tumbling],
    ['scheduled', scheduled],
  ];
  for (const [name, arbitrary] of windows) {
    it(`finds in ${name} windows what a brute force finds`, () => {
      let alerts = 0;
      fc.assert(
        fc.property(problem, arbitrary, ({ rule, inputs }, window) => {
          const wanted = windowOracle(rule, inputs, window).alerts;
          expect(comparable(rule, correlate(rule, inputs, window).alerts)).to.deep.equal(wanted);
          alerts += wanted.length;
        }),
        { seed: SEED, numRuns: 1500 },
      );
      expect(alerts).to.be.above(500);
    });
  }
});
