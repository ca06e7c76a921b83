import { expect } from 'chai';
import type { ScenarioTraffic } from '../../tools/simulate/scenario';
import { actions, different, eventsOf, streamWith, texts } from './words';

const MINUTE = 60_000;
const refused = (after: string, reacts: ScenarioTraffic['reacts']): Partial<ScenarioTraffic> => ({
  visits_per_hour: 600,
  blocked: { after, share: 1 },
  ...(reacts && { reacts }),
});

describe('whoever reacts to refusals', () => {
  it('stops after so many', () => {
    const events = eventsOf([streamWith(refused('10m', { after: 20, by: ['stop'] }))]);
    expect(actions(events, 'otp_failed')).to.have.length(20);
    expect(actions(events, 'otp_sent').length).to.be.within(70, 130);
    const stubborn = eventsOf([streamWith(refused('10m', undefined))]);
    expect(actions(stubborn, 'otp_failed').length).to.be.greaterThan(400);
  });

  it('moves to other blocks, where what refuses has to begin anew', () => {
    const events = eventsOf([streamWith(refused('10m', { after: 20, by: ['numbers'] }))]);
    const sent = actions(events, 'otp_sent');
    const blocks = texts(sent, 'destination.block');
    // Twelve minutes each: ten until it is refused, two until it has been refused twenty times.
    expect(different(blocks)).to.be.within(4, 6);
    const changes = blocks.filter((block, i) => i > 0 && block !== blocks[i - 1]).length;
    expect(changes).to.equal(different(blocks) - 1);
    const first = sent.filter((_, i) => blocks[i] === blocks[0]);
    expect(first.at(-1)!.time - first[0]!.time).to.be.within(8 * MINUTE, 10.5 * MINUTE);
    expect(actions(events, 'otp_failed').length).to.be.within(60, 120);
  });

  it('moves to the next country, and to other addresses and devices', () => {
    const destinations = { countries: { UZ: 5, AZ: 1, LK: 1 }, numbers: 'leased' } as const;
    const clients = { network: 'vpn', addresses: 5, user_agents: 'one' } as const;
    const words = { ...refused('15m', { after: 10, by: ['country', 'clients'] }), destinations, clients };
    const sent = actions(eventsOf([streamWith(words)]), 'otp_sent');
    const countries = texts(sent, 'destination.country');
    expect([...new Set(countries)]).to.deep.equal(['UZ', 'AZ', 'LK']);
    expect(different(texts(sent, 'client.fingerprint'))).to.equal(
      countries.filter((one, i) => one !== countries[i - 1]).length,
    );
    expect(different(texts(sent, 'client.ip'))).to.be.greaterThan(9);
  });

  it('leaves addresses that the CAPTCHA stops', () => {
    const clients = { network: 'home', addresses: 5, user_agents: 'usual' } as const;
    const words = { visits_per_hour: 600, clients, captcha_stops: { after: '10m', share: 0.9 } };
    const passed = (by: Partial<ScenarioTraffic>) => actions(eventsOf([streamWith({ ...words, ...by })]), 'otp_sent');
    const moving = passed({ reacts: { after: 30, by: ['clients'] } });
    expect(different(texts(moving, 'client.ip'))).to.be.within(15, 30);
    expect(moving.length).to.be.greaterThan(2 * passed({}).length);
  });
});
