import { expect } from 'chai';
import { recogniser } from '../../../tools/evidence/own-logs/recognise';
import { contracts } from './logs';

describe('recognising a record', () => {
  const recognise = recogniser(contracts.values());

  for (const contract of contracts.values())
    it(`knows the example of ${contract.id}`, () => {
      expect(recognise(contract.example)).to.equal(contract.id);
    });

  it('knows a record that lacks some of what its vendor documents', () => {
    const record = {
      date: '2026-08-04T03:12:00.106Z',
      type: 'gd_send_sms',
      description: 'Guardian - Second factor sms sent',
      log_id: '90020260804030000',
      ip: '198.51.100.1',
    };
    expect(recognise(record)).to.equal('auth0.tenant');
  });

  it('knows nothing in what is of no source, or has no time', () => {
    expect(recognise({ message: 'hello', timestamp: '2026-08-04T03:12:00Z' })).to.equal(null);
    const { example } = contracts.get('twilio.messaging')!;
    const data = { ...(example['data'] as object), timestamp: 'yesterday' };
    expect(recognise({ ...example, data })).to.equal(null);
  });
});
