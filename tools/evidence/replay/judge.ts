import { jsonOf } from '@tollgate/sigma/values/json';
import type { Alert } from '@tollgate/sigma/correlate/types';
import type { Dataset, Occurrence } from '../../simulate/types';
import type { Detector, DetectorOutcome } from './detector';
import type { LabelStore } from './labels';
import type { View } from './matches';
import { spansOf, type AlertSpan } from './spans';

/** What one campaign was to one detector. */
export interface CampaignOutcome {
  world: string;
  seed: number;
  scenario: string;
  occurrence: number;
  outcome: 'caught' | 'missed' | 'blind';
  /** From the first message (or, with none, the first event) to the first alert that an analyst could see; negative before it. */
  seconds: number | null;
  /** Messages and dollars gone by then; all of them where it was missed. */
  messages: number;
  usd: number;
  /** Its alerts, each span with the dollars that were gone when it began. */
  spans: CampaignSpan[];
}

export interface CampaignSpan extends AlertSpan {
  usd: number;
}

/** What one benign special scenario was to one detector. */
export interface SpecialOutcome {
  world: string;
  scenario: string;
  perYear: number;
  occurrences: number;
  episodes: number;
  spans: AlertSpan[];
}

/** A detector judged on one run of one world; plain JSON. */
export interface Judgement {
  world: string;
  seed: number;
  /** Measured days in a world that runs every source of the detector, else 0. */
  days: number;
  /** Benign sends in those days that one of the detector's sources saw; the largest source counts. */
  sends: number;
  /** Benign events of its sources, of which none may have matched. */
  benignEvents: number;
  /** Ordinary traffic in the measured days: episodes, and the alerts in them (a single-event rule has several an episode). */
  ordinary: { episodes: number; alerts: number; spans: AlertSpan[] };
  specials: SpecialOutcome[];
  campaigns: CampaignOutcome[];
  truePositives: number;
  induced: number;
  excluded: number;
  /** The nearest that anything benign came to the threshold; null where there is no measure. */
  nearness: number | null;
  /** The benign scenario that came so near, in a world with it; null where ordinary traffic alone did. */
  nearest: string | null;
}

/**
 * Truth from twins. Every occurrence is judged in a branch of its own: the ordinary traffic (and the honest occurrence that it
 * hides in) is the twin, the twin with the occurrence is the branch. An episode of the branch that the twin has too, for the same
 * group at an overlapping time, is not the occurrence's doing. What remains is, for a campaign, true where it holds malicious
 * events, and induced where it holds only benign consequences; for a benign occurrence it is a false positive.
 * `near` gets, by the number of each occurrence that the detector's sources show, how near to the threshold its branch came.
 */
export function judge(
  detector: Detector,
  dataset: Dataset,
  labels: LabelStore,
  near?: Map<number, number | null>,
): Judgement {
  const branches = new Map(
    dataset.occurrences
      .filter((one) => one.kind === 'benign' || isSeen(detector, one, labels))
      .map((occurrence) => [occurrence, branchOf(detector, occurrence)]),
  );
  const outcomes = outcomesOf(detector, [
    EVERYTHING,
    ...[...branches.values()].flatMap(({ twin, branch }) => (twin ? [twin, branch] : [branch])),
  ]);
  const ofOrdinary = outcomes.get(EVERYTHING)!;
  const ordinary = ofOrdinary.alerts.filter((alert) => alert.start >= dataset.start);
  const judgement: Judgement = {
    world: dataset.world,
    seed: dataset.seed,
    days: detector.runnable ? dataset.days : 0,
    sends: Math.max(0, ...detector.sources.map((source) => labels.sends.get(source) ?? 0)),
    benignEvents: detector.sources.reduce((sum, source) => sum + (labels.benign.get(source) ?? 0), 0),
    ordinary: {
      episodes: ordinary.length,
      alerts:
        detector.alertsOn === 'event' ? ordinary.reduce((sum, { events }) => sum + events.length, 0) : ordinary.length,
      spans: spansOf(ordinary),
    },
    specials: [],
    campaigns: [],
    truePositives: 0,
    induced: 0,
    excluded: ofOrdinary.excluded,
    nearness: ofOrdinary.nearness,
    nearest: null,
  };
  for (const occurrence of dataset.occurrences) {
    const views = branches.get(occurrence);
    const difference = views && differenceOf(outcomes.get(views.branch)!, outcomes.get(views.twin ?? EVERYTHING)!);
    if (difference) near?.set(occurrence.number, difference.nearness);
    if (occurrence.kind === 'benign') judgeSpecial(occurrence, dataset, judgement, difference!);
    else judgeCampaign(occurrence, dataset, labels, judgement, difference);
  }
  return judgement;
}

const EVERYTHING: View = { occurrences: [], from: -Infinity, to: Infinity };

/** What an occurrence is judged on; ordinary traffic alone is the twin of what hides in nothing else. */
export interface BranchViews {
  branch: View;
  twin?: View;
}

/** The views on which a detector is judged by an occurrence. */
export function branchOf({ reach }: Detector, { number, start, end, within }: Occurrence): BranchViews {
  const view = { touching: number, from: start - reach.before, to: end + reach.after };
  if (within === undefined) return { branch: { ...view, occurrences: [number] } };
  return { twin: { ...view, occurrences: [within] }, branch: { ...view, occurrences: [within, number] } };
}

function outcomesOf(detector: Detector, views: View[]): Map<View, DetectorOutcome> {
  const outcomes = detector.runEach?.(views) ?? views.map((view) => detector.run(view));
  return new Map(views.map((view, place) => [view, outcomes[place]!]));
}

function isSeen({ runnable, sources }: Detector, { number }: Occurrence, labels: LabelStore): boolean {
  return runnable && labels.isSeenBy(number, sources);
}

/** The episodes of a branch that its twin has not, and how near to the threshold the branch came. */
interface Difference {
  added: Alert[];
  nearness: number | null;
}

function differenceOf({ alerts, nearness }: DetectorOutcome, twin: DetectorOutcome): Difference {
  return { added: alerts.filter((alert) => !twin.alerts.some((other) => isSame(alert, other))), nearness };
}

function isSame(a: Alert, b: Alert): boolean {
  return a.start <= b.end && b.start <= a.end && jsonOf(a.group) === jsonOf(b.group);
}

function judgeSpecial(
  occurrence: Occurrence,
  dataset: Dataset,
  judgement: Judgement,
  { added, nearness }: Difference,
): void {
  if (nearness !== null && nearness > (judgement.nearness ?? 0)) {
    judgement.nearness = nearness;
    judgement.nearest = occurrence.scenario;
  }
  const known = judgement.specials.find((special) => special.scenario === occurrence.scenario);
  if (known) {
    known.occurrences++;
    known.episodes += added.length;
    known.spans.push(...spansOf(added));
  } else
    judgement.specials.push({
      world: dataset.world,
      scenario: occurrence.scenario,
      perYear: occurrence.perYear ?? 0,
      occurrences: 1,
      episodes: added.length,
      spans: spansOf(added),
    });
}

function judgeCampaign(
  occurrence: Occurrence,
  dataset: Dataset,
  labels: LabelStore,
  judgement: Judgement,
  difference: Difference | undefined,
): void {
  const messages = labels.messagesOf(occurrence.number);
  const base = {
    world: dataset.world,
    seed: dataset.seed,
    scenario: occurrence.scenario,
    occurrence: occurrence.number,
  };
  if (difference === undefined) {
    judgement.campaigns.push({ ...base, outcome: 'blind', seconds: null, ...lossUntil(messages, Infinity), spans: [] });
    return;
  }
  const caught: Alert[] = [];
  for (const alert of difference.added) {
    const kinds = new Set(
      alert.events
        .filter((event) => labels.occurrenceOf(event) === occurrence.number)
        .map((event) => labels.kindOf(event)),
    );
    if (kinds.has('malicious')) {
      judgement.truePositives++;
      caught.push(alert);
    } else judgement.induced++;
  }
  const spans = spansOf(caught).map((span) => ({ ...span, usd: lossUntil(messages, span.from).usd }));
  const first = spans[0]?.from ?? Infinity;
  const origin = messages[0]?.time ?? occurrence.start;
  judgement.campaigns.push({
    ...base,
    outcome: first < Infinity ? 'caught' : 'missed',
    seconds: first < Infinity ? (first - origin) / 1000 : null,
    ...lossUntil(messages, first),
    spans,
  });
}

/** The part of a campaign's messages, which are in the order of time, that was gone at a time (epoch ms). */
export function lossUntil(
  messages: readonly { time: number; usd: number }[],
  time: number,
): { messages: number; usd: number } {
  let count = 0;
  let usd = 0;
  for (; count < messages.length && messages[count]!.time <= time; count++) usd += messages[count]!.usd;
  return { messages: count, usd };
}
