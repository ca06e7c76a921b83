import { expect } from 'chai';
import * as fc from 'fast-check';
import { isMetBySilence } from '../../src/correlate/condition';
import { tupleKey } from '../../src/correlate/tuples';
import type { Alert } from '../../src/correlate/types';
import type { CorrelationRule } from '../../src/rules/model';
import { both, stream } from './both';
import { comparable } from './comparable';
import { oracle } from './oracle';
import { problem, type Problem } from './problem';
import { correlate } from './rule';
import { SEED } from './seed';

describe(`correlate: sliding window (TOLLGATE_SEED=${SEED})`, () => {
  it('emits the alerts that a brute force finds, in one go and as a stream', () => {
    let alerts = 0;
    fc.assert(
      fc.property(problem, ({ rule, inputs }) => {
        const wanted = oracle(rule, inputs).alerts;
        expect(comparable(rule, both([rule], inputs).get(rule.id)!.alerts)).to.deep.equal(wanted);
        alerts += wanted.length;
      }),
      { seed: SEED, numRuns: 2500 },
    );
    expect(alerts).to.be.above(1000);
  });

  it('does not depend on the order of the matches, the origin of time or the names of groups', () => {
    fc.assert(
      fc.property(problem, ({ rule, inputs }) => {
        const before = correlate(rule, inputs);
        const after = correlate(rule, moved({ rule, inputs }));
        expect(after.excluded).to.equal(before.excluded);
        expect(after.peak).to.equal(before.peak);
        expect(texts(rule, after.alerts, 0, (value) => value)).to.deep.equal(
          texts(rule, before.alerts, SHIFT, renamed),
        );
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('streams in an order that does not depend on what else happens, and as soon as an episode is over', () => {
    fc.assert(
      fc.property(problem, ({ rule, inputs }) => {
        const alone = stream([rule], inputs).alerts;
        const past = 62 + 2 * rule.timespanMs;
        const ticking = stream(
          [rule],
          inputs,
          Array.from({ length: past + 1 }, (_, time) => time - 1),
        );
        expect(ticking.alerts).to.deep.equal(alone);
        if (!isMetBySilence(rule)) expect(ticking.before).to.deep.equal({ live: 0, alerts: alone.length });
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});

const SHIFT = 1_700_000_000_000;
const renamed = (value: unknown) => (value === null ? null : tupleKey([value as string]));

/** The same problem later, with other names of groups, backwards. */
function moved({ rule, inputs }: Problem): Problem['inputs'] {
  return inputs
    .map((input) => ({
      ...input,
      matches: input.matches
        .map((match) => ({
          ...match,
          time: match.time + SHIFT,
          ingested: match.ingested + SHIFT,
          values: match.values.map((value, column) => {
            if (column >= rule.groupBy.length) return value;
            return Array.isArray(value) ? value.map((each) => renamed(each)!) : renamed(value);
          }),
        }))
        .reverse(),
    }))
    .reverse();
}

function texts(rule: CorrelationRule, alerts: readonly Alert[], by: number, key: (value: unknown) => unknown) {
  return alerts
    .map(({ start, end, visible, value, events, group }) =>
      JSON.stringify([start + by, end + by, visible + by, value, events, rule.groupBy.map((name) => key(group[name]))]),
    )
    .sort();
}
