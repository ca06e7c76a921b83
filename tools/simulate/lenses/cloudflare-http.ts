import type { Event } from '@tollgate/sigma/values/event';
import type { Happening, Visit } from '../happening';
import { below, between, child, letters, unit } from '../random';
import type { World } from '../world';
import { countryOfAddress, ja4Of, systemOfAddress } from './clients';
import { countingEdge } from './counting';
import { Recent } from './recent';
import { wholeSeconds } from './times';
import { requestOf } from './web-access';

const HEX = '0123456789abcdef';
/** A rate limiting rule of the business's own on the forms that send, which only logs: more posts of an address in a minute than this (ours). */
const RATE = { id: 'code-forms-rate', most: 20, window: 60_000 };

/** Cloudflare before a web form, with Bot Management and a rate limiting rule that logs. Whoever the form's CAPTCHA stops, it is a managed challenge of this edge. */
export const cloudflareHttp = countingEdge(
  {
    source: 'cloudflare.http',
    runs: ['cloudflare'],
    clock: 1000,
    delay: (key) => Math.round(between(key, 'push', 15_000, 90_000)),
  },
  () => {
    const posts = new Recent(RATE.window);
    return (happening, world) => recordOf(happening, world, posts);
  },
);

function recordOf(happening: Happening, world: World, posts: Recent): Event {
  const { visit, method, path, status } = requestOf(happening);
  const { address, userAgent } = visit.person.client!;
  const stopped = happening.kind === 'request' && happening.stopped !== null;
  const sends = happening.kind === 'request';
  const over = sends && posts.add(address, happening.label.occurrence, happening.time).count > RATE.most;
  const rules = [
    ...(over ? [{ action: 'log', source: 'rateLimit', id: RATE.id }] : []),
    ...(stopped ? [{ action: 'managedChallenge', source: 'firewallCustom', id: 'code-forms-challenge' }] : []),
  ];
  const score = scoreOf(visit, method === 'POST');
  return {
    EdgeStartTimestamp: wholeSeconds(happening.time),
    RayID: letters(child(happening.key, 'ray', happening.step), HEX, 16),
    ZoneName: world.cloudflare!.zone,
    ClientIP: address,
    ClientASN: systemOfAddress(address),
    ClientCountry: countryOfAddress(world, address).toLowerCase(),
    ClientDeviceType: userAgent.includes('Mobile') ? 'mobile' : 'desktop',
    ClientIPClass: 'noRecord',
    ClientRequestHost: world.web.host,
    ClientRequestMethod: method,
    ClientRequestPath: path,
    ClientRequestProtocol: 'HTTP/2',
    ClientRequestReferer: method === 'POST' ? `https://${world.web.host}${visit.flow.paths!.page}` : '',
    ClientRequestUserAgent: userAgent,
    EdgeResponseStatus: stopped ? 403 : status,
    OriginResponseStatus: stopped ? 0 : status,
    SecurityAction: stopped ? 'managedChallenge' : '',
    SecurityRuleID: stopped ? 'code-forms-challenge' : '',
    SecurityActions: rules.map(({ action }) => action),
    SecuritySources: rules.map(({ source }) => source),
    SecurityRuleIDs: rules.map(({ id }) => id),
    BotScore: score,
    BotScoreSrc: score === 1 ? 'Heuristics' : 'Machine Learning',
    JA4: ja4Of(visit, method === 'POST'),
  };
}

/**
 * A tool that says so has 1. A script that posts without the page is below 30 three times out of four, now so and now so; one person in forty always is, whose browser
 * is odd. The shares are ours; that below 30 means a probable machine is Cloudflare's.
 */
function scoreOf({ key, person, looked }: Visit, posts: boolean): number {
  const { device, userAgent } = person.client!;
  if (!userAgent.startsWith('Mozilla/')) return 1;
  const script = posts && !looked;
  const judged = script ? key : device;
  const machine = unit(judged, 'machine') < (script ? 0.75 : 0.025);
  return machine ? 2 + below(judged, 'low', 28) : 30 + below(judged, 'high', 70);
}
