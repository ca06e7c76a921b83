import type { Alert } from '@tollgate/sigma/correlate/types';
import type { DetectorMaker, DetectorOutcome } from '../replay/detector';
import type { MatchStore, RequestBook, View } from '../replay/matches';
import type { DetectionRule } from '@tollgate/sigma/rules/model';
import type { Dataset } from '../../simulate/types';
import { scanCountries } from './countries';
import { FIELDS, OtpHistory, type SendHistory } from './otp-history';
import { scanUnverified, type ScannedSends, type Scan, type Verified } from './unverified';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** One of Authgear's warnings. A group is a country of destination or a client address. */
interface Limit {
  id: string;
  title: string;
  by: 'country' | 'address';
  windowMs: number;
  scan(history: OtpHistory, group: SendHistory, part: ScannedSends): Scan;
}

/** Authgear's default ratios. */
const DAILY = 0.3;
const HOURLY = 0.2;

/** The five warnings and their thresholds, by the text (docs/baselines.md says what we read into it). */
const LIMITS: Limit[] = [
  {
    id: 'SMS__PHONE_COUNTRIES__BY_IP__DAILY',
    title: 'Authgear: more than 3 countries from an address in a day',
    by: 'address',
    windowMs: DAY,
    scan: (history, group, part) => scanCountries(history, group, part, DAY, 3),
  },
  unverified('BY_PHONE_COUNTRY__DAILY', 'country', DAY, ({ most, day }) => Math.max(20, DAILY * most, DAILY * day)),
  unverified('BY_PHONE_COUNTRY__HOURLY', 'country', HOUR, ({ most, hour }) =>
    Math.max(3, (most / 6) * HOURLY, HOURLY * hour),
  ),
  unverified('BY_IP__DAILY', 'address', DAY, ({ day }) => Math.max(10, DAILY * day)),
  unverified('BY_IP__HOURLY', 'address', HOUR, ({ day }) => Math.max(5, (HOURLY * day) / 6)),
];

function unverified(id: string, by: Limit['by'], windowMs: number, thresholdOf: (verified: Verified) => number): Limit {
  const time = windowMs === DAY ? 'in a day' : 'in an hour';
  return {
    id: `SMS__UNVERIFIED_OTPS__${id}`,
    title: `Authgear: unverified codes ${by === 'country' ? 'to a country' : 'from an address'} ${time}`,
    by,
    windowMs,
    scan: (history, group, part) => scanUnverified(history, group, part, windowMs, thresholdOf),
  };
}

/** Ids of the detectors that `bookAuthgear` makes. */
export const AUTHGEAR_IDS = LIMITS.map(({ id }) => id);

/** What the limits count. */
export interface Counted {
  /** Contract id of the log source. */
  source: string;
  sent: DetectionRule;
  verified: DetectionRule;
}

/**
 * Authgear's published limits as detectors, one a warning: puts what they read on the book and returns what makes them once the
 * matches are there. None is runnable in a world without the source.
 */
export function bookAuthgear(
  { source, sent, verified }: Counted,
  dataset: Dataset,
  book: RequestBook,
): DetectorMaker[] {
  const runnable = dataset.sources.includes(source);
  const requests = runnable && {
    sent: book.add(source, sent.plan, FIELDS),
    passed: book.add(source, verified.plan, FIELDS),
  };
  // All five look at one history, which is made when the first of them runs.
  const histories = new WeakMap<MatchStore, OtpHistory>();
  const historyOf = (store: MatchStore): OtpHistory | null => {
    if (!requests) return null;
    let history = histories.get(store);
    if (!history) {
      history = new OtpHistory(store, requests.sent, requests.passed);
      histories.set(store, history);
    }
    return history;
  };
  return LIMITS.map((limit) => (store) => ({
    id: limit.id,
    title: limit.title,
    kind: 'baseline',
    path: sent.file,
    level: 'medium',
    status: 'experimental',
    shows: [],
    sources: [source],
    runnable,
    alertsOn: 'episode',
    catches: [],
    // The thresholds look back on fourteen days: nothing is left out.
    reach: { before: Infinity, after: 2 * limit.windowMs },
    run(view) {
      const history = historyOf(store);
      return history ? outcomeOf(limit, history, view, dataset) : { alerts: [], excluded: 0, nearness: null };
    },
  }));
}

function outcomeOf(limit: Limit, history: OtpHistory, view: View, dataset: Dataset): DetectorOutcome {
  const allowed = new Uint8Array(dataset.occurrences.length + 1);
  for (const occurrence of [0, ...view.occurrences]) allowed[occurrence] = 1;
  const part = { allowed, from: dataset.start, to: view.to };
  const alerts: Alert[] = [];
  let nearness: number | null = null;
  for (const group of history.groups(limit.by, view.touching)) {
    const { excesses, nearest } = limit.scan(history, group, part);
    if (nearest !== null) nearness = Math.max(nearness ?? 0, nearest);
    const field = limit.by === 'country' ? 'destination.country' : 'client.ip';
    // The product decides before it sends, so nothing waits for a log to be delivered.
    for (const { start, end, value, events } of excesses)
      alerts.push({ group: { [field]: group.name }, start, end, visible: start, value, events });
  }
  alerts.sort((a, b) => a.start - b.start);
  return { alerts, excluded: 0, nearness };
}
