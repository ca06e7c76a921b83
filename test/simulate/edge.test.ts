import { expect } from 'chai';
import { scalarAt, valuesAt } from '@tollgate/sigma/values/event';
import { Recent } from '../../tools/simulate/lenses/recent';
import type { SimulatedEvent } from '../../tools/simulate/types';
import { bytes, datasets, runOf } from './run';
import { eventsOf as eventsOfStreams, streamWith } from './words';

const EDGES = [
  { world: 'insurance-portal', source: 'aws.waf', campaign: 'captcha-solver-bought' },
  { world: 'subscription-app', source: 'cloudflare.http', campaign: 'probed-from-server' },
];

/** Only the edge's log of a world with these scenarios; what is ordinary, and what each scenario adds. */
function eventsOf(world: string, source: string, names: string[]) {
  const scenarios = datasets.scenarios.filter(({ name }) => names.includes(name));
  const one = datasets.worlds.find(({ name }) => name === world)!;
  const set = runOf(world, { world: { ...one, sources: [source] }, scenarios });
  const events = [...set.events()];
  const of = (number: number): SimulatedEvent[] => events.filter(({ label }) => label.occurrence === number);
  const numberOf = (name: string): number => set.occurrences.find(({ scenario }) => scenario === name)!.number;
  return { ordinary: of(0), added: (name: string) => of(numberOf(name)) };
}

describe('logs of the edge, which count', () => {
  for (const { world, source, campaign } of EDGES) {
    it(`of ${source} have a twin: what ordinary people get is as without a campaign`, () => {
      const all = eventsOf(world, source, [campaign, 'single-address-burst']);
      const twin = eventsOf(world, source, ['single-address-burst']);
      expect(all.ordinary.map(bytes)).to.deep.equal(twin.ordinary.map(bytes));
      expect(all.ordinary.map(bytes)).to.deep.equal(eventsOf(world, source, []).ordinary.map(bytes));
      const burst = twin.added('single-address-burst').map(bytes);
      expect(all.added('single-address-burst').map(bytes)).to.deep.equal(burst);
      expect(burst.length).to.be.greaterThan(500);
    });
  }

  it('say the same of a request that is delivered twice', () => {
    const events = eventsOf('insurance-portal', 'aws.waf', ['duplicate-delivery']).added('duplicate-delivery');
    const texts = new Map<string, string>();
    let twice = 0;
    for (const { event } of events) {
      const { event: ingested, ...record } = event;
      expect(ingested).to.have.property('ingested');
      const id = scalarAt(event, 'httpRequest.requestId') as string;
      const text = JSON.stringify(record);
      if (texts.has(id)) twice++;
      expect(texts.get(id) ?? text).to.equal(text);
      texts.set(id, text);
    }
    expect(twice).to.be.greaterThan(10);
  });

  it('of AWS WAF label a burst without a token from the fifth request on, and ACFP says nothing without one', () => {
    const burst = eventsOf('insurance-portal', 'aws.waf', ['single-address-burst']).added('single-address-burst');
    const label = 'awswaf:managed:aws:bot-control:targeted:aggregate:volumetric:ip:token_absent';
    const has = burst.slice(0, 6).map(({ event }) => valuesAt(event, 'labels.name').includes(label));
    expect(has).to.deep.equal([false, false, false, false, true, true]);
    const acfp = burst
      .flatMap(({ event }) => valuesAt(event, 'labels.name'))
      .filter((name) => /:acfp:/.test(String(name)));
    expect(acfp).to.deep.equal([]);
    expect(burst.some(({ event }) => valuesAt(event, 'rateBasedRuleList.rateBasedRuleName').length > 0)).to.equal(true);
  });

  it('of AWS WAF see the token of a browser, not of an account', () => {
    const absent = 'awswaf:managed:token:absent';
    const pages = (events: SimulatedEvent[], path: string): boolean[] =>
      events
        .filter(
          ({ event }) =>
            scalarAt(event, 'httpRequest.uri') === path && scalarAt(event, 'httpRequest.httpMethod') === 'GET',
        )
        .map(({ event }) => valuesAt(event, 'labels.name').includes(absent));
    const { ordinary, added } = eventsOf('insurance-portal', 'aws.waf', ['residential-swarm', 'carrier-outage']);
    const swarm = pages(added('residential-swarm'), '/login');
    expect(swarm.length).to.be.greaterThan(200);
    expect(swarm).to.not.include(false);
    const outage = pages(added('carrier-outage'), '/login');
    expect(outage.length).to.be.greaterThan(20);
    expect(outage).to.not.include(true);
    // Who looks and leaves may be anybody.
    expect(pages(ordinary, '/login').filter((none) => !none).length).to.be.greaterThan(500);
    const posted = added('residential-swarm').filter(
      ({ event }) => scalarAt(event, 'httpRequest.httpMethod') === 'POST',
    );
    for (const { event } of posted) expect(valuesAt(event, 'labels.name')).to.include('awswaf:managed:token:accepted');
  });

  it('of AWS WAF know a device that comes again', () => {
    const clients = { network: 'home', addresses: 50, user_agents: 'one', devices: 8 } as const;
    const events = eventsOfStreams([streamWith({ clients })], 'insurance-portal');
    const first = events.filter(
      ({ source, event }) =>
        source === 'aws.waf' && valuesAt(event, 'labels.name').includes('awswaf:managed:token:absent'),
    );
    expect(first).to.have.length(8);
  });

  it('are the only ones that know of what their CAPTCHA stops', () => {
    const scenarios = datasets.scenarios.filter(({ name }) => name === 'captcha-stopped-bots');
    const sources = new Map<string, number>();
    for (const { source, label } of runOf('insurance-portal', { scenarios }).events())
      if (label.occurrence === 1) sources.set(source, (sources.get(source) ?? 0) + 1);
    expect(sources.get('aws.waf')).to.be.greaterThan(200);
    expect(sources.get('web.access') ?? 0).to.be.lessThan(20);
  });
});

describe('what an edge remembers', () => {
  it('counts the window with both its ends, and what scenarios add on top of ordinary requests', () => {
    const recent = new Recent(1000);
    expect(recent.add('a', 0, 0, 'x')).to.deep.equal({ count: 1, distinct: 1 });
    expect(recent.add('a', 0, 1000, 'y')).to.deep.equal({ count: 2, distinct: 2 });
    expect(recent.add('a', 0, 1001, 'y')).to.deep.equal({ count: 2, distinct: 1 });
    expect(recent.add('a', 3, 1002, 'z')).to.deep.equal({ count: 3, distinct: 2 });
    expect(recent.add('a', 4, 1003, 'z')).to.deep.equal({ count: 3, distinct: 2 });
    expect(recent.add('a', 0, 1004, 'y')).to.deep.equal({ count: 3, distinct: 1 });
    expect(recent.add('b', 0, 1005)).to.deep.equal({ count: 1, distinct: 1 });
  });
});
