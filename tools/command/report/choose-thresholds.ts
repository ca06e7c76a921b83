import { link, plain } from '../../foundation/content/markdown';
import { holdingOf, type Limit } from '../../evidence/coverage/thresholds';
import type { MeasuredDetector } from '../../evidence/measure/results';
import { markdownTable } from './markdown-table';
import { thousands } from './words';

/** What is known of the limits of rules and queries, and of the worlds in which they were measured. */
export interface ThresholdFacts {
  /** World → the messages that it sends on a day. */
  sends: ReadonlyMap<string, number>;
  /** By the ids of the rules and queries. */
  limits: ReadonlyMap<string, Limit>;
  /** All that were measured. */
  detectors: MeasuredDetector[];
}

const HEADS = ['rule or query', 'fixed numbers', 'within its budget up to, messages a day', 'nearest benign there'];

/** How the thresholds of all rules and queries go with the volume of a site. */
export function thresholdLines(facts: ThresholdFacts): string[] {
  const known = facts.detectors.flatMap((detector) => {
    const limit = facts.limits.get(detector.id);
    return limit ? [{ detector, limit }] : [];
  });
  const of = (kind: Limit['threshold']['kind']) => known.filter(({ limit }) => limit.threshold.kind === kind);
  return [
    '## Thresholds and volume',
    '',
    `Of ${known.length} rules and queries, ${of('formula').length} take their limit from what a site's own past makes likely ([\`count_limit\`](hunting.md)), so that it grows with the site.`,
    `${of('none').length} compare with no number: a single event, an order of events, or something never seen before is enough. ${of('fixed').length} compare with fixed numbers. The table has`,
    'these, with the largest measured world up to which ordinary traffic stayed within the budget of each, and how near to the threshold anything benign came there (100 % is the',
    'threshold). Beyond that volume, replay [your own logs](own-logs.md) first.',
    '',
    ...markdownTable(
      HEADS,
      of('fixed').map(({ detector, limit }) => row(detector, limit, facts.sends)),
      2,
    ),
  ];
}

function row(detector: MeasuredDetector, { threshold, budget }: Limit, sends: ReadonlyMap<string, number>): string[] {
  const numbers = threshold.kind === 'fixed' ? threshold.numbers : [];
  const { upTo, beyond } = budget ? holdingOf(detector, budget, sends) : { upTo: null, beyond: null };
  const volume = (world: string): string => thousands(sends.get(world)!);
  const nearest = upTo?.nearest ? `, ${plain(upTo.nearest)}` : '';
  return [
    link(detector.title, `../${detector.path}`),
    plain(numbers.map(({ name, value }) => `${name} ${value}`).join(', ')),
    `${upTo ? volume(upTo.world) : '–'}${beyond ? `, beyond it at ${volume(beyond.world)}` : ''}`,
    upTo?.nearness == null ? '–' : `${Math.round(100 * upTo.nearness)} %${nearest}`,
  ];
}
