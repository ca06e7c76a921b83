import { expect } from 'chai';
import { priceOf } from '../../tools/simulate/rate-card';
import type { Message } from '../../tools/simulate/types';
import { datasets, runOf } from './run';

describe('the messages of a run', () => {
  it('are those that a carrier took, once each, and not those that the provider blocked', () => {
    // All its messages leave through Twilio Messaging, which blocks a part of them after a while.
    const scenarios = datasets.scenarios.filter(({ name }) => name === 'stolen-api-key');
    const messages: Message[] = [];
    let queued = 0;
    let sent = 0;
    for (const { label, event } of runOf('regional-shop', { scenarios }).events((message) => messages.push(message))) {
      if (label.kind !== 'malicious') continue;
      if (event['type'] === 'com.twilio.messaging.message.queued') queued++;
      if (event['type'] === 'com.twilio.messaging.message.sent') sent++;
    }
    const attack = messages.filter(({ label }) => label.kind === 'malicious');
    expect(sent).to.be.greaterThan(100);
    expect(queued, 'some are blocked').to.be.greaterThan(sent);
    expect(attack).to.have.length(sent);
    expect(new Set(attack.flatMap(({ sources }) => sources))).to.deep.equal(
      new Set(['twilio.messaging', 'twilio.errors']),
    );
    const { rates } = datasets.worlds[0]!;
    const countries = Object.keys(scenarios[0]!.traffic[0]!.destinations.countries);
    expect(new Set(attack.map(({ usd }) => usd)))
      .to.have.property('size')
      .at.most(new Set(countries.map((country) => priceOf(rates, country))).size);
  });
});
