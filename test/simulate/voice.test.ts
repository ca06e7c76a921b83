import { expect } from 'chai';
import { scalarAt, type Event } from '@tollgate/sigma/values/event';
import type { Scenario } from '../../tools/simulate/scenario';
import { datasets, runOf } from './run';

const scenario = datasets.scenarios.find(({ name }) => name === 'voice-fallback-calls')!;

function records(traffic: Partial<Scenario['traffic'][number]>, source: string): Event[] {
  const scenarios = [{ ...scenario, traffic: scenario.traffic.map((one) => ({ ...one, ...traffic })) }];
  const events = [...runOf('regional-shop', { scenarios }).events()];
  return events.filter((one) => one.source === source && one.label.occurrence === 1).map(({ event }) => event);
}

describe('a call instead of a text', () => {
  it('is what the application and Verify say of the later codes', () => {
    const sent = records({}, 'application.otp').filter((event) => scalarAt(event, 'event.action') === 'otp_sent');
    expect(sent.length).to.be.greaterThan(300);
    for (const event of sent)
      expect(scalarAt(event, 'otp.channel')).to.equal(scalarAt(event, 'otp.attempt') === 1 ? 'sms' : 'voice');
    const ended = records({}, 'twilio.verify').filter(
      (event) => scalarAt(event, 'data.verification_status') === 'EXPIRED',
    );
    expect(ended.length).to.be.greaterThan(100);
    for (const event of ended) {
      const { attempts } = (event['data'] as { send_code_attempts: { attempts: Event[] } }).send_code_attempts;
      expect(attempts.map(({ channel }) => channel)).to.deep.equal(['SMS', 'CALL', 'CALL']);
    }
  });

  it('makes no event of a message, and passes the protection against pumping', () => {
    const ofMessages = (events: Event[]) => events.filter((event) => scalarAt(event, 'data.message_status') !== null);
    expect(ofMessages(records({ calls_from: 1 }, 'twilio.verify'))).to.be.empty;
    const blocked = { blocked: { after: '0s', share: 1 } };
    const texts = records({ ...blocked, calls_from: 10 }, 'application.otp');
    expect(texts.filter((event) => scalarAt(event, 'event.action') === 'otp_sent')).to.be.empty;
    const calls = records({ ...blocked, calls_from: 1 }, 'application.otp');
    expect(calls.filter((event) => scalarAt(event, 'event.action') === 'otp_failed')).to.be.empty;
  });
});
