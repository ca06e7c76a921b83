import { sum } from '../../foundation/statistics/sum';
import { COUNTRIES } from '../../simulate/numbers';
import { quantile } from '../../foundation/statistics/quantile';
import type { Share, OrdinaryTraffic } from './traffic';

/** One quantity of ordinary traffic, what is published about it, and what the simulator makes of it. */
export interface Figure {
  name: string;
  kind: 'share' | 'figure';
  /** What a world must lie in; null where nothing is published that it could be held against. */
  range: [number, number] | null;
  /** The published value and who published it, or that the range is ours. */
  source: string;
  /** Null where the world has no such thing; a share with what it was counted in, where chance has a part in it. */
  measure(observed: Observed): number | Share | null;
}

/** What was seen of one world. */
export interface Observed {
  traffic: OrdinaryTraffic;
  /** Mean USD a message of honest people, and of attackers. */
  prices: { benign: number | null; malicious: number | null };
}

export const FIGURES: readonly Figure[] = [
  {
    name: 'conversion: verified ÷ sent',
    kind: 'share',
    range: [0.65, 0.94],
    source:
      "about 65 % worldwide (an older paper of Twilio's), 81.8 % (sample in Twilio's documentation), routes of 84 and 94 % (flowstates.net)",
    measure: ({ traffic: { converted } }) => converted.value,
  },
  {
    name: 'sessions that ask for another code',
    kind: 'share',
    range: [0.05, 0.15],
    source: 'ours: 5 to 12 % who are impatient, and those whose message is lost',
    measure: ({ traffic: { askedAgain } }) => askedAgain.value,
  },
  {
    name: 'ask again after a lost first code',
    kind: 'share',
    range: [0.32, 0.42],
    source: '37 % (TrueCheck, a vendor); five points either way are ours',
    measure: ({ traffic: { afterFailure } }) => afterFailure[0],
  },
  {
    name: 'ask again after a lost second code',
    kind: 'share',
    range: [0.03, 0.13],
    source: '8 % (TrueCheck, a vendor); five points either way are ours',
    measure: ({ traffic: { afterFailure } }) => enough(afterFailure[1]),
  },
  {
    name: 'sends per session',
    kind: 'figure',
    range: [1.03, 1.15],
    source: 'ours: 1.05 to 1.15 where people ask, less with notifications; at most 5 in ten minutes (Twilio Verify)',
    measure: ({ traffic: { sends, sessions } }) => sends / sessions,
  },
  {
    name: 'messages that arrive',
    kind: 'share',
    range: [0.95, 0.999],
    source: '97 to 99.9 % (routes); 1 to 5 % of SMS are lost (Telesign)',
    measure: ({ traffic: { delivered } }) => delivered.value,
  },
  {
    name: 'seconds from send to phone, median',
    kind: 'figure',
    range: [2, 6],
    source: 'a healthy route: 2 to 6 s (startmessaging.com, 2026)',
    measure: ({ traffic: { delays } }) => seconds(quantile(delays.kept, 0.5)),
  },
  {
    name: 'seconds from send to phone, 95th percentile',
    kind: 'figure',
    range: [8, 15],
    source: 'a healthy route: 8 to 15 s (startmessaging.com, 2026)',
    measure: ({ traffic: { delays } }) => seconds(quantile(delays.kept, 0.95)),
  },
  {
    name: 'leave the form without asking for a code',
    kind: 'share',
    range: [0.2, 0.3],
    source: '20 to 30 % drop out where a phone number is asked for (IDlayr)',
    measure: ({ traffic: { left } }) => left.value,
  },
  {
    name: 'requests that the CAPTCHA stops',
    kind: 'share',
    range: [0, 0.1183],
    source: '11.83 % of 205 million requests were fraud, including campaigns (Prelude, 2025)',
    measure: ({ traffic: { stopped } }) => stopped.value,
  },
  {
    name: 'sends in the busiest hour',
    kind: 'share',
    range: null,
    source:
      'none found for messages; for telephone calls, a tenth of the day in large cities (Telephone Traffic, The Great Soviet Encyclopedia)',
    measure: ({ traffic: { hours } }) => Math.max(...hours) / sum(hours),
  },
  {
    name: 'sends in the quietest six hours',
    kind: 'share',
    range: null,
    source: 'none found',
    measure: ({ traffic: { hours } }) => sum([...hours].sort((a, b) => a - b).slice(0, 6)) / sum(hours),
  },
  {
    name: 'sends to the top three countries',
    kind: 'share',
    range: null,
    source: 'ours: one to three countries are 95 % of an ordinary product; the global one is the exception',
    measure: ({ traffic: { countries } }) => top([...countries.values()], 3),
  },
  {
    name: 'destination countries',
    kind: 'figure',
    range: [1, COUNTRIES.length],
    source: 'ours: countries with numbers that belong to nobody',
    measure: ({ traffic: { countries } }) => countries.size,
  },
  {
    name: 'sends to the fullest tenth of the blocks',
    kind: 'share',
    range: null,
    source: 'none found',
    measure: ({ traffic: { blocks } }) => top([...blocks.values()], Math.ceil(blocks.size / 10)),
  },
  {
    name: 'numbers of the fullest block that users of this business have',
    kind: 'share',
    range: [0, 0.656],
    source:
      'cellular carriers had assigned 65.6 % of their numbers (FCC, Numbering Resource Utilization, December 2008)',
    measure: fullestBlock,
  },
  {
    name: "clients behind a carrier's shared address",
    kind: 'share',
    range: null,
    source: 'none found',
    measure: ({ traffic: { shared } }) => shared.value,
  },
  {
    name: 'users of this business per shared address of a carrier',
    kind: 'figure',
    range: [1, 9999],
    source:
      '"hundreds or even thousands of users" per address, of whom a business has a part (Cloudflare, One IP address, many users, 2025)',
    measure: ({
      traffic: {
        world: { networks, users },
      },
    }) => (networks.carrier ? (users * networks.carrier.share) / networks.carrier.addresses : null),
  },
  {
    name: 'most people seen behind one such address in a day',
    kind: 'figure',
    range: [1, 9999],
    source: 'the same',
    measure: ({ traffic: { mostBehindAddress } }) => mostBehindAddress,
  },
  {
    name: 'clients that are phones',
    kind: 'share',
    range: [0.3, 0.95],
    source:
      '30 % in software for offices (bestforandroid.com, 2026) to 76.8 % in Türkiye (Statcounter, July 2025) and 94.7 % in Sudan (accio.com, 2025)',
    measure: ({ traffic }) => agents(traffic, /Mobile/),
  },
  {
    name: 'clients that are Chrome',
    kind: 'share',
    range: [0.333, 0.88],
    source:
      '33.3 % of phones in the United States (Mixpanel, 2018) to 68 % (Statcounter, July 2025) and 20 points more, which are ours',
    measure: ({ traffic }) => agents(traffic, /^(?!.*(Edg|OPR|SamsungBrowser)).*Chrome\//),
  },
  {
    name: 'clients that are Safari',
    kind: 'share',
    range: [0.06, 0.584],
    source:
      '16 % (Statcounter, July 2025) less ten points, which are ours, to 58.4 % of phones in the United States (Mixpanel, 2018)',
    measure: ({ traffic }) => agents(traffic, /Version\/[\d.]+ (Mobile\/\w+ )?Safari/),
  },
  {
    name: 'USD per ordinary message',
    kind: 'figure',
    range: [0.0083, 0.43],
    source:
      'from the United States (Twilio, according to third parties) to Russia (a reseller), depending on where the users are',
    measure: ({ prices }) => prices.benign,
  },
  {
    name: 'USD per pumped message',
    kind: 'figure',
    range: [0.134, 0.43],
    source: '0.134 (Prelude, 2025), 0.22 (Healthchecks.io, 2026), to the most expensive on the rate card',
    measure: ({ prices }) => prices.malicious,
  },
];

/** Few sessions lose two codes in a row; a handful shows nothing. */
function enough(share: Share): Share | null {
  return share.all < 200 ? null : share;
}

/** The users whose numbers lie in the fullest block of any country, over the numbers that a block has. */
function fullestBlock({ traffic: { model, world } }: Observed): number {
  const shares = [...Object.entries(world.countries)];
  const fullest = shares.map(([country, share]) =>
    Math.max(
      ...Object.values(world.carriers).map(
        (carrier, index) => share * carrier.share * model.carriers.blocks(country, index).shares[0]!,
      ),
    ),
  );
  return (Math.max(...fullest) * world.users) / 10_000;
}

/** Of the clients that are browsers: what is published counts no apps. */
function agents({ agents: all }: OrdinaryTraffic, form: RegExp): number | null {
  const browsers = [...all].filter(([agent]) => agent.startsWith('Mozilla/'));
  const total = sum(browsers.map(([, number]) => number));
  const some = sum(browsers.filter(([agent]) => form.test(agent)).map(([, number]) => number));
  return total === 0 ? null : some / total;
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1000;
}

function top(counts: number[], first: number): number {
  return sum(counts.sort((a, b) => b - a).slice(0, first)) / sum(counts);
}
