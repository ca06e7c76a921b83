import { expect } from 'chai';
import { valuesAt } from '@tollgate/sigma/values/event';
import type { SimulatedEvent } from '../../tools/simulate/types';
import type { World } from '../../tools/simulate/world';
import { bytes, datasets, runOf } from './run';
import { actions, campaignOf, different, streamWith, texts } from './words';

const SHOP = datasets.worlds.find(({ name }) => name === 'regional-shop')!;
const sid = (letters: string): string => letters.padEnd(34, 'X');

/** The shop as a platform of three, one of which has a Twilio account of its own. */
const PLATFORM: World = {
  ...SHOP,
  tenants: {
    'tea-shop': {
      share: 0.2,
      web: { host: 'tea.shop.example', service: 'tea' },
      twilio: {
        account_sid: sid('ACtea'),
        messaging_service_sid: sid('MGtea'),
        verify_service_sid: sid('VAtea'),
        from: '+12025550144',
      },
    },
    'hat-shop': { share: 0.1, web: { host: 'hats.shop.example', service: 'hats' } },
  },
};

const assetsOf = (events: SimulatedEvent[], source: string): string[] =>
  texts(
    events.filter((one) => one.source === source),
    'asset.id',
  );
const count = (all: string[], name: string): number => all.filter((one) => one === name).length;

describe('a world of several assets', () => {
  const run = (tenants: 'all' | string[] | undefined, world = PLATFORM) => {
    const scenarios = [campaignOf([streamWith({ visits_per_hour: 300, ...(tenants && { tenants }) })])];
    return [...runOf(SHOP.name, { world, scenarios, days: 1, scale: 40 }).events()];
  };
  const events = run('all');
  const ordinary = events.filter(({ label }) => label.occurrence === 0);
  const campaign = events.filter(({ label }) => label.occurrence === 1);

  it('has its ordinary traffic at each of them, by their shares', () => {
    for (const source of ['web.access', 'application.otp']) {
      const assets = assetsOf(ordinary, source);
      expect(new Set(assets)).to.deep.equal(new Set(['regional-shop', 'tea-shop', 'hat-shop']));
      expect(count(assets, 'tea-shop') / assets.length, source).to.be.closeTo(0.2, 0.03);
      expect(count(assets, 'hat-shop') / assets.length, source).to.be.closeTo(0.1, 0.03);
    }
    const web = ordinary.filter(({ source }) => source === 'web.access');
    expect(
      new Set(
        texts(
          web.filter((one) => texts([one], 'asset.id')[0] === 'tea-shop'),
          'cs-host',
        ),
      ),
    ).to.deep.equal(new Set(['tea.shop.example']));
    // Who has no account of his own at the provider sends from the platform's.
    expect(new Set(assetsOf(ordinary, 'twilio.verify'))).to.deep.equal(new Set(['regional-shop', 'tea-shop']));
  });

  it('is pumped at all of them in turn, or at those that are named', () => {
    const sent = actions(campaign, 'otp_sent');
    const assets = texts(sent, 'asset.id');
    expect(different(assets)).to.equal(3);
    for (const name of new Set(assets)) expect(count(assets, name) / assets.length).to.be.closeTo(1 / 3, 0.03);
    const one = run(['hat-shop']).filter(({ label }) => label.occurrence === 1);
    expect(new Set(assetsOf(one, 'web.access'))).to.deep.equal(new Set(['hat-shop']));
    const own = run(undefined).filter(({ label }) => label.occurrence === 1);
    expect(new Set(assetsOf(own, 'web.access'))).to.deep.equal(new Set(['regional-shop']));
  });

  it('is the same as without the others but for who is visited', () => {
    const times = (all: SimulatedEvent[]) => all.map(({ time, source }) => `${time} ${source}`);
    expect(times(events)).to.deep.equal(times(run(undefined, SHOP)));
    expect(run('all', SHOP).map(bytes)).to.deep.equal(run(undefined, SHOP).map(bytes));
  });

  it('is counted by an edge for each of them apart', () => {
    const portal = datasets.worlds.find(({ name }) => name === 'insurance-portal')!;
    const world = {
      ...portal,
      tenants: { branch: { share: 0.1, web: { host: 'branch.example', service: 'branch' } } },
    };
    const clients = { network: 'vpn', addresses: 1, user_agents: 'one' } as const;
    const many = 'awswaf:managed:aws:bot-control:targeted:aggregate:volumetric:ip:token_absent';
    const before = (tenants: 'all' | string[]): number => {
      const scenarios = [campaignOf([streamWith({ visits_per_hour: 900, clients, looks: false, tenants })])];
      const events = [...runOf('insurance-portal', { world, scenarios, days: 1, scale: 0.001 }).events()];
      const edge = events.filter(({ source, label }) => source === 'aws.waf' && label.occurrence === 1);
      return edge.findIndex(({ event }) => valuesAt(event, 'labels.name').includes(many));
    };
    expect(before(['branch'])).to.equal(4);
    expect(before('all')).to.equal(8);
  });
});
