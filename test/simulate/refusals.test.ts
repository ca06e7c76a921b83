import { expect } from 'chai';
import { scalarAt } from '@tollgate/sigma/values/event';
import { datasets, runOf } from './run';

/** The malicious records of one scenario in a world: [source, record's field values] by name. */
function recordsOf(world: string, scenario: string): { source: string; at: (field: string) => unknown }[] {
  const scenarios = datasets.scenarios.filter(({ name }) => name === scenario);
  return [...runOf(world, { scenarios, days: 4 }).events()]
    .filter(({ label }) => label.kind === 'malicious')
    .map(({ source, event }) => ({ source, at: (field) => scalarAt(event, field) }));
}

describe('what a provider refuses', () => {
  for (const [world, log, code] of [
    ['regional-shop', 'twilio.verify', '60605'],
    ['b2b-service', 'twilio.messaging', '21408'],
  ] as const) {
    it(`to a country that is not opened is in the error log and with the application, not with ${log}`, () => {
      const records = recordsOf(world, 'closed-countries-first');
      const failed = records.filter(({ at }) => at('event.action') === 'otp_failed');
      expect(failed).to.have.length.greaterThan(40);
      expect(new Set(failed.map(({ at }) => at('event.reason')))).to.deep.equal(new Set([code]));
      const logged = records.filter(({ source, at }) => source === 'twilio.errors' && at('data.error_code') === code);
      expect(logged).to.have.length(failed.length);
      expect(logged.filter(({ at }) => at('data.correlation_sid') !== null)).to.deep.equal([]);
      const taken = records.filter(({ source }) => source === log).map(({ at }) => String(at('data.to')));
      expect(taken).to.have.length.greaterThan(100);
      expect(taken.filter((number) => !number.startsWith('+998'))).to.deep.equal([]);
    });
  }

  it('is each send of a code after the fifth, by Verify', () => {
    const records = recordsOf('regional-shop', 'past-the-send-limit');
    const attempts = (action: string) =>
      new Set(records.filter(({ at }) => at('event.action') === action).map(({ at }) => at('otp.attempt')));
    expect(attempts('otp_sent')).to.deep.equal(new Set([1, 2, 3, 4, 5]));
    expect(attempts('otp_failed')).to.deep.equal(new Set([6, 7, 8, 9, 10]));
    const codes = records.filter(({ source }) => source === 'twilio.errors').map(({ at }) => at('data.error_code'));
    expect(new Set(codes)).to.deep.equal(new Set(['60203']));
  });
});
