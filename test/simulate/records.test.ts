import { expect } from 'chai';
import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { scalarAt } from '@tollgate/sigma/values/event';
import { isSafe } from '../../tools/simulate/numbers';
import { eventSchema } from '../../tools/telemetry/schema';
import { countryOf } from '../../tools/telemetry/phone';
import type { Contract } from '../../tools/telemetry/contract';
import { contracts, runOf } from './run';

/** Documentation and benchmark ranges: no network on the Internet has such an address. */
const SAFE_ADDRESS =
  /^(198\.(18|19|51\.100)\.|192\.0\.2\.|203\.0\.113\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|2001:db8:)/;

/** The contracts without anything derived, so that what comes out is the vendor's record. */
const raw = new Map(
  [...contracts].map(([id, contract]): [string, Contract] => [id, { ...contract, derived: {}, entries: [] }]),
);

describe('simulated records', () => {
  /** World → the factor that makes about as many records of half a day. */
  const HALF_DAYS = {
    'regional-shop': 10,
    'national-bank': 0.05,
    'global-consumer': 0.005,
    'insurance-portal': 1,
    'staff-portal': 1,
    'subscription-app': 1,
    'city-services': 1,
    'parcel-service': 1,
    'clinic-booking': 1,
  };
  /** All scenarios occur in these: in the second world, and in those whose administrators act only in scenarios. */
  const WHOLE = ['b2b-service', 'mobile-game', 'marketplace'];
  const runs = [
    ...Object.entries(HALF_DAYS).map(([name, scale]) => ({ name, options: { scale, days: 0.5, scenarios: [] } })),
    ...WHOLE.map((name) => ({ name, options: { days: 2 } })),
  ];

  it('satisfy the contracts of all sources in every world, and hold nobody’s numbers and addresses', () => {
    const ajv = addFormats(new Ajv({ allowUnionTypes: true, strictTypes: false }));
    const validators = new Map<string, ValidateFunction>();
    for (const [id, contract] of contracts) validators.set(id, ajv.compile(eventSchema(contract)));
    const seen = new Set<string>();
    for (const { name, options } of runs) {
      for (const { source, event } of runOf(name, { contracts: raw, ...options }).events()) {
        seen.add(source);
        const record = { ...event, event: { ...(event['event'] as object) } } as Record<string, unknown>;
        delete record['@timestamp'];
        delete (record['event'] as Record<string, unknown>)['ingested'];
        if (Object.keys(record['event'] as object).length === 0) delete record['event'];
        const validate = validators.get(source)!;
        if (!validate(record)) {
          expect.fail(`${name}: ${source}: ${JSON.stringify(validate.errors)} ${JSON.stringify(record)}`);
        }
        const text = JSON.stringify(record);
        for (const [number] of text.matchAll(/\+\d{6,}/g)) if (!isSafe(number)) expect.fail(number);
        for (const [address] of text.matchAll(/(?<![\d.])\d+\.\d+\.\d+\.\d+(?![\d.])|2001:[0-9a-f:]+/g)) {
          // A browser's version looks like an address.
          if (!text.includes(`/${address}`) && !SAFE_ADDRESS.test(address)) expect.fail(address);
        }
        if (/(AC|SK)[0-9a-f]{32}/.test(text)) expect.fail(text);
      }
    }
    expect([...seen].sort()).to.deep.equal([...contracts.keys()].sort());
  });

  it('of a Cognito flow are the calls that send its code and bring it back', () => {
    const calls = new Set<unknown>();
    for (const { source, event } of runOf('national-bank', { scenarios: [], days: 0.8, scale: 0.1 }).events())
      if (source === 'aws.cloudtrail') calls.add(scalarAt(event, 'eventName'));
    expect([...calls]).to.include.members([
      'SignUp',
      'ResendConfirmationCode',
      'ConfirmSignUp',
      'InitiateAuth',
      'RespondToAuthChallenge',
      'ForgotPassword',
      'ConfirmForgotPassword',
    ]);
  });

  it('go to the country that the numbers say', () => {
    for (const { source, event } of runOf('regional-shop', { days: 1 }).events()) {
      if (source !== 'twilio.verify') continue;
      const country = scalarAt(event, 'data.country');
      if (country !== null) expect(countryOf(scalarAt(event, 'data.to') as string)).to.equal(country);
    }
  });

  it('belong to one asset a world, whatever the account', () => {
    for (const { event } of runOf('b2b-service', { days: 1 }).events())
      expect(scalarAt(event, 'asset.id')).to.equal('b2b-service');
  });

  it('tell one story: what Twilio queued is what the application sent', () => {
    const sent = new Set<unknown>();
    const queued = new Set<unknown>();
    for (const { source, event, label } of runOf('b2b-service', { days: 1, scenarios: [] }).events()) {
      expect(label.occurrence).to.equal(0);
      if (scalarAt(event, 'event.action') === 'otp_sent' && scalarAt(event, 'provider.name') === 'twilio') {
        sent.add(scalarAt(event, 'provider.message_id'));
      }
      if (source === 'twilio.messaging' && scalarAt(event, 'data.messageStatus') === 'QUEUED') {
        queued.add(scalarAt(event, 'data.messageSid'));
      }
    }
    expect(sent.size).to.be.greaterThan(100);
    expect(sent).to.deep.equal(queued);
  });
});
