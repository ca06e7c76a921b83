import { expect } from 'chai';
import type { World } from '../../tools/simulate/world';
import { datasets, runOf } from './run';
import { actions, campaignOf, streamWith, texts } from './words';

const SHOP = datasets.worlds.find(({ name }) => name === 'regional-shop')!;

/** The shop with a form that texts a link to its app. */
const WORLD: World = {
  ...SHOP,
  sends_per_day: 2000,
  flows: {
    ...SHOP.flows,
    notification: { ...SHOP.flows['notification']!, share: 0.16 },
    app: { purpose: 'notification', provider: 'messaging', share: 0.1, paths: { page: '/app', request: '/app/link' } },
  },
};

describe('a form that sends no code', () => {
  const events = [
    ...runOf(WORLD.name, {
      world: WORLD,
      days: 1,
      scenarios: [campaignOf([streamWith({ flow: 'app', more_codes: 1 })])],
    }).events(),
  ];
  const at = (path: string, occurrence: number) =>
    events.filter(
      ({ source, event, label }) =>
        source === 'web.access' && event['cs-uri-stem'] === path && label.occurrence === occurrence,
    ).length;

  it('is used every day by people who need no account, and enter nothing', () => {
    expect(at('/app', 0)).to.be.greaterThan(150);
    expect(at('/app/link', 0)).to.be.greaterThan(150);
    const sent = actions(events, 'otp_sent').filter(
      (one) =>
        one.label.occurrence === 0 &&
        texts([one], 'otp.purpose')[0] === 'notification' &&
        texts([one], 'session.id')[0] !== 'null',
    );
    expect(sent.length).to.be.greaterThan(100);
    expect(new Set(texts(sent, 'user.id'))).to.deep.equal(new Set(['null']));
    const answers = [...actions(events, 'otp_verified'), ...actions(events, 'otp_expired')];
    expect(texts(answers, 'otp.purpose')).to.not.include('notification');
  });

  it('is pumped, again by the same post', () => {
    expect(at('/app', 1)).to.be.greaterThan(80);
    expect(at('/app/link', 1)).to.equal(2 * at('/app', 1));
  });
});
