import { expect } from 'chai';
import { scalarAt } from '@tollgate/sigma/values/event';
import { actions, different, eventsOf, streamWith, texts } from './words';

describe('whoever guesses codes', () => {
  it('posts so many wrong ones in each visit, and none that is right', () => {
    const events = eventsOf([streamWith({ guesses: 3 })]);
    const wrong = actions(events, 'otp_rejected');
    const visits = different(texts(actions(events, 'otp_sent'), 'otp.id'));
    expect(visits).to.be.greaterThan(80);
    expect(wrong).to.have.length(3 * visits);
    expect(actions(events, 'otp_verified')).to.be.empty;
    expect(actions(events, 'otp_expired')).to.have.length(visits);
    const posted = events.filter(
      ({ source, event }) => source === 'web.access' && event['cs-uri-stem'] === '/login/verify',
    );
    expect(posted).to.have.length(3 * visits);
    for (const { event } of posted) expect(scalarAt(event, 'sc-status')).to.equal(400);
  });

  it('guesses nothing where the code comes back, or where there is none', () => {
    const answered = eventsOf([streamWith({ guesses: 3, answers: 1, arrives: 1 })]);
    expect(actions(answered, 'otp_verified').length).to.be.greaterThan(80);
    // Now and then somebody mistypes.
    expect(actions(answered, 'otp_rejected').length).to.be.below(15);
    const refused = eventsOf([streamWith({ guesses: 3, blocked: { after: '0s', share: 1 } })]);
    expect(actions(refused, 'otp_failed').length).to.be.greaterThan(80);
    expect(actions(refused, 'otp_rejected')).to.be.empty;
  });
});

describe('whoever a code let in', () => {
  const uses = (words: object) => {
    const events = eventsOf([streamWith({ answers: 1, arrives: 1, ...words })]);
    const used = actions(events, 'account_used');
    const verified = new Map(actions(events, 'otp_verified').map((one) => [texts([one], 'otp.id').join(), one]));
    for (const one of used) {
      const before = verified.get(texts([one], 'otp.id').join())!;
      const waited = Date.parse(texts([one], 'timestamp').join()) - Date.parse(texts([before], 'timestamp').join());
      expect(waited).to.be.within(1, 30 * 60_000);
    }
    expect(different(texts(used, 'otp.id'))).to.equal(used.length);
    expect(verified.size).to.be.greaterThan(80);
    return used.length / verified.size;
  };

  it('uses the account as said, once for each code, within half an hour', () => {
    expect(uses({ uses: 1 })).to.equal(1);
    expect(uses({ uses: 0 })).to.equal(0);
    expect(uses({ uses: [0.4, 0.6] })).to.be.within(0.3, 0.7);
  });

  it('does so as people do, unless it is an attacker, where nothing is said', () => {
    expect(uses({ uses: 'usual' })).to.be.within(0.7, 0.9);
    expect(uses({})).to.equal(0);
  });
});

describe('a stream’s devices', () => {
  const seen = (words: object) => {
    const clients = { network: 'home', addresses: 300, user_agents: 'one', ...words } as const;
    const sent = actions(eventsOf([streamWith({ visits_per_hour: 300, clients })]), 'otp_sent');
    return {
      fingerprints: different(texts(sent, 'client.fingerprint')),
      agents: different(texts(sent, 'user_agent.original')),
      pairs: different(
        sent.map((one) => texts([one], 'client.fingerprint') + texts([one], 'user_agent.original').join()),
      ),
    };
  };

  it('are so many, also behind one user agent', () => {
    expect(seen({ devices: 30 })).to.deep.equal({ fingerprints: 30, agents: 1, pairs: 30 });
    expect(seen({ user_agents: 'Mozilla/5.0 (X11; Linux x86_64)', devices: 30 })).to.deep.equal({
      fingerprints: 30,
      agents: 1,
      pairs: 30,
    });
    expect(seen({})).to.deep.equal({ fingerprints: 1, agents: 1, pairs: 1 });
    const usual = seen({ user_agents: 'usual', devices: 30 });
    expect(usual.agents).to.be.greaterThan(3);
    expect(usual.pairs).to.equal(30);
    expect(seen({ user_agents: 'usual' }).fingerprints).to.be.greaterThan(200);
  });
});
