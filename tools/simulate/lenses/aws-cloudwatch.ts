import type { Event } from '@tollgate/sigma/values/event';
import { HOUR, MINUTE } from '../curve';
import type { Happening, Send, Visit } from '../happening';
import type { Lens } from '../lens';
import { between } from '../random';
import { priceOf } from '../rate-card';
import type { World } from '../world';

/**
 * The metric of what SNS has spent on SMS since the month began: a point for each message, where CloudWatch has one a minute at most. The days of the month
 * before a run begins count as usual ones. An occurrence's points are the ordinary sum and its own; ordinary ones know nothing of it.
 */
export const awsCloudwatch: Lens = {
  source: 'aws.cloudwatch',
  runs: ['sns'],
  clock: MINUTE,
  sees: (happening) => paidOf(happening) !== null,
  record: () => {
    throw new Error('aws.cloudwatch sums up: start it first');
  },
  delay: (key) => Math.round(between(key, 'stream', 120_000, 300_000)),
  started() {
    const spent = new Map<string, number>();
    const made = new WeakMap<Happening, Event>();
    return {
      ...awsCloudwatch,
      record(happening, world) {
        const record = made.get(happening) ?? pointOf(happening, world, spent);
        made.set(happening, record);
        return record;
      },
    };
  },
};

/** The point after a message; `spent` has the sums so far, by month and branch (`0` is ordinary traffic). */
function pointOf(happening: Happening, world: World, spent: Map<string, number>): Event {
  const { visit } = paidOf(happening)!;
  const month = new Date(happening.time).toISOString().slice(0, 7);
  const { occurrence } = happening.label;
  const own = `${month} ${occurrence}`;
  if (spent.size === 0) {
    const days = (happening.time - Date.parse(`${month}-01`)) / (24 * HOUR);
    spent.set(`${month} 0`, days * usualDay(world));
  }
  spent.set(own, (spent.get(own) ?? 0) + priceOf(world.rates, visit.person.country));
  const ordinary = occurrence === 0 ? 0 : (spent.get(`${month} 0`) ?? 0);
  const usd = Number((ordinary + spent.get(own)!).toFixed(4));
  return {
    metric_stream_name: 'sms-spend',
    account_id: world.aws!.account,
    region: world.aws!.region,
    namespace: 'AWS/SNS',
    metric_name: 'SMSMonthToDateSpentUSD',
    dimensions: {},
    timestamp: happening.time - (happening.time % MINUTE),
    value: { count: 1, sum: usd, max: usd, min: usd },
    unit: 'None',
  };
}

/** What a day costs on average, USD: the share of the flows that send through SNS, at the mean price. */
function usualDay({ flows, countries, elsewhere, rates, curve, sends_per_day }: World): number {
  const share = sumOf(Object.values(flows).map((flow) => (flow.provider === 'cognito' ? flow.share : 0)));
  const home = sumOf(Object.entries(countries).map(([country, part]) => part * priceOf(rates, country)));
  const abroad = sumOf(elsewhere.countries.map((country) => priceOf(rates, country))) / elsewhere.countries.length;
  return sends_per_day * (sumOf(curve.days) / 7) * share * (home + elsewhere.share * abroad);
}

function sumOf(numbers: number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}

/** What SNS charges for: what it did not refuse. */
function paidOf(happening: Happening): { visit: Visit; send: Send } | null {
  if (happening.kind !== 'send' || happening.send.provider !== 'sns') return null;
  const { visit, send } = happening;
  return send.outcome === 'blocked' ? null : { visit, send };
}
