import { expect } from 'chai';
import { scalarAt } from '@tollgate/sigma/values/event';
import type { SimulatedEvent } from '../../tools/simulate/types';
import { datasets, runOf } from './run';

const only = (...names: string[]) => datasets.scenarios.filter(({ name }) => names.includes(name));

describe("AWS's messaging logs", () => {
  const events = (...scenarios: string[]): SimulatedEvent[] => [
    ...runOf('insurance-portal', { days: 4, scenarios: only(...scenarios) }).events(),
  ];
  const of = (all: SimulatedEvent[], source: string, field: string, value?: string): unknown[] =>
    all
      .filter((one) => one.source === source && (value === undefined || scalarAt(one.event, 'eventName') === value))
      .map(({ event }) => scalarAt(event, field));

  it('tell one story: what is asked for in CloudTrail has events until one is final', () => {
    const all = events();
    const asked = of(all, 'aws.cloudtrail', 'responseElements.messageId', 'SendTextMessage');
    const ended = all
      .filter(({ source, event }) => source === 'aws.sms_voice' && event['isFinal'] === true)
      .map(({ event }) => event['messageId']);
    expect(asked.length).to.be.greaterThan(1000);
    expect(new Set(ended).size).to.equal(ended.length);
    // The last texts of the run have not ended.
    expect(asked.filter((id) => !ended.includes(id)).length).to.be.below(5);
    expect(ended.filter((id) => !asked.includes(id))).to.deep.equal([]);
  });

  it('show a stolen key in CloudTrail alone, since it names no configuration set', () => {
    const stolen = events('stolen-messaging-key').filter(({ label }) => label.kind === 'malicious');
    expect(new Set(stolen.map(({ source }) => source))).to.deep.equal(new Set(['aws.cloudtrail']));
    const senders = new Set(of(stolen, 'aws.cloudtrail', 'userIdentity.arn', 'SendTextMessage'));
    expect([...senders]).to.deep.equal(['arn:aws:iam::123456789012:user/deploy']);
    expect(of(stolen, 'aws.cloudtrail', 'awsRegion', 'CreateAccessKey')).to.deep.equal(['us-east-1']);
  });

  it('have no events after their destination was deleted', () => {
    const campaign = events('protect-weakened-first').filter(({ label }) => label.kind === 'malicious');
    expect(of(campaign, 'aws.cloudtrail', 'eventName', 'DeleteEventDestination')).to.have.length(1);
    expect(of(campaign, 'aws.cloudtrail', 'eventName', 'SendTextMessage').length).to.be.greaterThan(100);
    expect(of(campaign, 'aws.sms_voice', 'eventType')).to.deep.equal([]);
  });

  it("have in Cognito's export an error for each code that SNS did not take, and the user of each request", () => {
    const flood = events('cognito-signup-flood').filter(({ label }) => label.kind === 'malicious');
    const errors = flood.filter(({ event }) => event['eventSource'] === 'USER_NOTIFICATION');
    const refused = flood.filter(
      ({ source, event }) =>
        source === 'aws.sns' && scalarAt(event, 'delivery.providerResponse') === 'This delivery would exceed max price',
    );
    expect(errors.length).to.be.within(refused.length, refused.length * 1.1);
    expect(refused.length).to.be.greaterThan(100);
    const users = flood.filter(({ source }) => source === 'aws.cognito').map(({ event }) => event['message']);
    expect(JSON.stringify(users)).not.to.match(/\+\d{6}/);
    const trail = new Set(of(flood, 'aws.cloudtrail', 'additionalEventData.sub', 'SignUp'));
    const exported = new Set(of(flood, 'aws.cognito', 'message.userSub').filter((sub) => sub !== null));
    expect(exported).to.deep.equal(trail);
  });
});
