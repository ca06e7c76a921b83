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

const HEADS = ['rule or query', 'fixed numbers', 'within budget up to messages a day', 'nearest benign there'];

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
    `Of ${known.length} rules and queries, ${of('formula').length} derive their limit from what a site's own past makes likely ([\`count_limit\`](hunting.md)), so that it grows with the site.`,
    `${of('none').length} compare with no number: a single event, a sequence of events, or something never seen before is enough. ${of('fixed').length} compare with fixed numbers. The table lists`,
    'these, with the size of the largest measured world up to which ordinary traffic stayed within their budget, and how near anything benign came to the threshold there (100 % is the',
    'threshold). At a larger volume, replay [your own logs](own-logs.md) before you deploy them.',
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
    `${upTo ? volume(upTo.world) : '–'}${beyond ? `, exceeded at ${volume(beyond.world)}` : ''}`,
    upTo?.nearness == null ? '–' : `${Math.round(100 * upTo.nearness)} %${nearest}`,
  ];
}
