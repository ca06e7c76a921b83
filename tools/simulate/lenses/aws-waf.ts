import type { Event } from '@tollgate/sigma/values/event';
import type { Happening } from '../happening';
import { between, child, letters, uuid } from '../random';
import type { World } from '../world';
import { countryOfAddress, ja4Of, looksOf } from './clients';
import { countingEdge } from './counting';
import { Recent } from './recent';
import { requestOf, type WebRequest } from './web-access';

const MINUTE = 60_000;
const HEX = '0123456789abcdef';
const BOT_CONTROL = 'awswaf:managed:aws:bot-control:';
const ACFP = 'awswaf:managed:aws:acfp:';
/** A rate-based rule of the business's own on the forms that send: at most so many posts of an address in five minutes (ours). */
const RATE = { name: 'code-forms-rate', most: 100, window: 5 * MINUTE };

/**
 * AWS WAF before a web form, with Bot Control, ACFP on the sign-up flow and a rate-based rule, all in count mode as AWS advises at first: they label, and the request goes on. Only
 * the CAPTCHA rule stops: whoever the form's CAPTCHA stops, it is this one. Labels that AWS decides by what only it knows (risk scores, signs of automation,
 * baselines of sessions) and those on user names and numbers, which the log hides, are left out.
 */
export const awsWaf = countingEdge(
  {
    source: 'aws.waf',
    runs: ['waf'],
    clock: 1,
    delay: (key) => Math.round(between(key, 'delivery', 20_000, 240_000)),
  },
  () => {
    const counters = new Counters();
    return (happening, world) => recordOf(happening, world, counters);
  },
);

/** What the rule groups count, with the windows that AWS documents; for token reuse it names none, and half an hour is ours. */
class Counters {
  readonly posts = new Recent(RATE.window);
  readonly tokenless = new Recent(5 * MINUTE);
  readonly creations = new Recent(10 * MINUTE);
  readonly sessions = new Recent(30 * MINUTE);
}

/** A rule of a managed group that matched, and what it would do were it not counted. */
interface Match {
  group: string;
  rule: string;
  action: string;
}

function recordOf(happening: Happening, world: World, counters: Counters): Event {
  const request = requestOf(happening);
  const { visit, method, path } = request;
  const { address, userAgent } = visit.person.client!;
  const stopped = happening.kind === 'request' && happening.stopped !== null;
  const labels = tokenLabels(request);
  const matches = [
    ...botControl(happening, request, counters, labels),
    ...(stopped ? [] : acfp(happening, request, counters, labels)),
  ];
  const sends = happening.kind === 'request';
  const over = sends && counters.posts.add(address, happening.label.occurrence, happening.time).count > RATE.most;
  const key = child(happening.key, 'waf', happening.step);
  return {
    timestamp: happening.time,
    formatVersion: 1,
    webaclId: world.aws!.web_acl!,
    terminatingRuleId: stopped ? 'code-forms-captcha' : 'Default_Action',
    terminatingRuleType: 'REGULAR',
    action: stopped ? 'CAPTCHA' : 'ALLOW',
    httpSourceName: 'ALB',
    httpSourceId: `${world.aws!.account}-app/${world.web.service}/0123456789abcdef`,
    ruleGroupList: [...new Set(matches.map(({ group }) => group))].map((group) => ({
      ruleGroupId: `AWS#${group}`,
      nonTerminatingMatchingRules: matches
        .filter((match) => match.group === group)
        .map(({ rule, action }) => ({ ruleId: rule, action: 'COUNT', overriddenAction: action })),
    })),
    rateBasedRuleList: over ? [rateRule(address, world)] : [],
    nonTerminatingMatchingRules: over ? [{ ruleId: RATE.name, action: 'COUNT' }] : [],
    responseCodeSent: stopped ? 405 : null,
    ...(stopped && { captchaResponse: { responseCode: 405, solveTimestamp: 0, failureReason: 'TOKEN_MISSING' } }),
    httpRequest: {
      clientIp: address,
      country: countryOfAddress(world, address),
      headers: [
        { name: 'host', value: world.web.host },
        { name: 'user-agent', value: userAgent },
      ],
      uri: path,
      args: '',
      httpVersion: 'HTTP/2.0',
      httpMethod: method,
      requestId: `1-${letters(key, HEX, 16).slice(0, 8)}-${letters(child(key, 'trace'), HEX).slice(0, 24)}`,
    },
    labels: labels.map((name) => ({ name })),
    ja4Fingerprint: ja4Of(visit, method === 'POST'),
  };
}

/** A browser has a token from the page on; its first look at one comes without, whosever account it is, and so does a script that only posts. */
function tokenLabels({ visit, method }: WebRequest): string[] {
  if (!visit.looked || (method === 'GET' && !visit.person.client!.returning)) return ['awswaf:managed:token:absent'];
  return [
    'awswaf:managed:token:accepted',
    `awswaf:managed:token:id:${tokenOf(visit)}`,
    `awswaf:managed:token:fingerprint:${looksOf(visit)}`,
  ];
}

function tokenOf({ person }: WebRequest['visit']): string {
  return uuid(child(person.client!.device, 'token'));
}

/** Bot Control at its targeted level, as far as it follows from what happens: user agents of tools, and many requests of one address without a token. */
function botControl(happening: Happening, { visit }: WebRequest, { tokenless }: Counters, labels: string[]): Match[] {
  const group = 'AWSManagedRulesBotControlRuleSet';
  const found: Match[] = [];
  const { address, userAgent } = visit.person.client!;
  if (!userAgent.startsWith('Mozilla/')) {
    labels.push(`${BOT_CONTROL}signal:non_browser_user_agent`);
    found.push({ group, rule: 'SignalNonBrowserUserAgent', action: 'BLOCK' });
  }
  if (!labels.includes('awswaf:managed:token:absent')) return found;
  if (tokenless.add(address, happening.label.occurrence, happening.time).count >= 5) {
    labels.push(`${BOT_CONTROL}targeted:aggregate:volumetric:ip:token_absent`);
    found.push({ group, rule: 'TGT_VolumetricIpTokenAbsent', action: 'CHALLENGE' });
  }
  return found;
}

/** ACFP on posts of the sign-up form that have a token, without which it judges no volume. */
function acfp(happening: Happening, { visit }: WebRequest, counters: Counters, labels: string[]): Match[] {
  const first = happening.kind === 'request' && happening.attempt === 1;
  if (!first || visit.flow.purpose !== 'signup' || !visit.looked) return [];
  const group = 'AWSManagedRulesACFPRuleSet';
  const { address } = visit.person.client!;
  const branch = happening.label.occurrence;
  const ip = counters.creations.add(address, branch, happening.time).count;
  const session = counters.sessions.add(tokenOf(visit), branch, happening.time, address);
  const found: Match[] = [];
  const matched = (rule: string, action: string): void => {
    labels.push(`${ACFP}${rule}`);
    found.push({ group, rule, action });
  };
  const level = (count: number, [low, medium, high]: [number, number, number]): string | null =>
    count > high ? 'high' : count > medium ? 'medium' : count > low ? 'low' : null;
  const ofIp = level(ip, [10, 15, 20]);
  if (ofIp) labels.push(`${ACFP}aggregate:volumetric:ip:creation:${ofIp}`);
  if (ofIp === 'high') matched('VolumetricIpHigh', 'CAPTCHA');
  const ofSession = level(session.count, [1, 5, 10]);
  if (ofSession) labels.push(`${ACFP}aggregate:volumetric:session:creation:${ofSession}`);
  if (ofSession === 'high') matched('VolumetricSessionHigh', 'BLOCK');
  if (session.distinct > 5) {
    labels.push(`${ACFP}aggregate:volumetric:session:creation:token_reuse:ip`);
    matched('VolumetricSessionTokenReuseIp', 'BLOCK');
  }
  return found;
}

function rateRule(address: string, world: World): Event {
  return {
    rateBasedRuleId: `${world.aws!.web_acl!}/${RATE.name}`,
    rateBasedRuleName: RATE.name,
    limitKey: 'IP',
    limitValue: address,
    maxRateAllowed: RATE.most,
    evaluationWindowSec: String(RATE.window / 1000),
  };
}
