import { expect } from 'chai';
import { compileSchema } from '../../tools/foundation/content/schema-compiler';
import { eventSchema } from '../../tools/telemetry/schema';
import { contractOf, repositoryContracts } from './contracts';

type Json = Record<string, unknown>;

/** The contract's example with one value put at a path (`undefined` takes it away): does the schema take it? */
function takes(id: string, path: string[], value: unknown): boolean {
  const contract = contractOf(id);
  const record = structuredClone(contract.example);
  let level: Json = record;
  for (const key of path.slice(0, -1)) level = (level[key] ??= {}) as Json;
  const last = path.at(-1)!;
  if (value === undefined) delete level[last];
  else level[last] = value;
  return compileSchema(eventSchema(contract))(record);
}

describe('schema of a record', () => {
  for (const { id, example } of repositoryContracts().values()) {
    it(`takes the example of ${id}, and no key beside it`, () => {
      const [key, value] = Object.entries(example)[0]!;
      expect(takes(id, [key], value)).to.equal(true);
      expect(takes(id, ['surprise'], 1)).to.equal(false);
    });
  }

  const attributes = ['requestParameters', 'attributes'];
  const properties = ['event_data', 'resource_properties'];
  const attempts = ['data', 'send_code_attempts', 'attempts'];

  const wrong: [string, string, string[], unknown][] = [
    ['application.otp', 'an unknown step', ['event', 'action'], 'otp_lost'],
    ['application.otp', 'a missing number', ['destination'], undefined],
    ['application.otp', 'an address that is none', ['client', 'ip'], '300.1.1.1'],
    ['application.otp', 'a derived field', ['destination', 'country'], 'AZ'],
    ['application.otp', 'an attempt that is no whole number', ['otp', 'attempt'], 1.5],
    ['web.access', 'a status as text', ['sc-status'], '200'],
    ['web.access', 'a time that is none', ['timestamp'], 'today'],
    ['twilio.messaging', 'a client address', ['data', 'ip'], '198.51.100.7'],
    ['twilio.messaging', 'a status in lower case', ['data', 'messageStatus'], 'undelivered'],
    ['twilio.messaging', 'null where a value must be', ['data', 'to'], null],
    ['twilio.verify', 'a map for the list of attempts', attempts, {}],
    ['twilio.verify', 'an unknown key in an attempt', attempts, [{ ip: '198.51.100.7' }]],
    ['twilio.monitor', 'the list that the map becomes', properties, []],
    ['twilio.monitor', 'an unknown part of a change', [...properties, 'Azerbaijan', 'by'], 'x'],
    ['twilio.monitor', 'a name inside a change', [...properties, 'Azerbaijan', 'name'], 'x'],
    ['aws.sns', 'an ISO time', ['notification', 'timestamp'], '2026-08-04T03:12:34.558Z'],
    ['aws.cloudtrail', 'a limit as a number', [...attributes, 'MonthlySpendLimit'], 5000],
  ];
  for (const [id, what, path, value] of wrong) {
    it(`of ${id} refuses ${what}`, () => expect(takes(id, path, value)).to.equal(false));
  }

  const right: [string, string, string[], unknown][] = [
    ['aws.cloudtrail', 'null for a map that may be missing', ['requestParameters'], null],
    ['aws.cloudtrail', 'client ids', ['additionalEventData', 'requestParameters', 'client_id'], ['x']],
    ['twilio.messaging', 'no error code', ['data', 'errorCode'], undefined],
    ['twilio.monitor', 'any country', [...properties, "Côte d'Ivoire"], { previous: null, updated: 'enabled' }],
    ['twilio.verify', 'no attempts', ['data', 'send_code_attempts'], undefined],
    ['web.access', 'an IPv6 address', ['c-ip'], '2001:db8::1'],
  ];
  for (const [id, what, path, value] of right) {
    it(`of ${id} takes ${what}`, () => expect(takes(id, path, value)).to.equal(true));
  }
});
