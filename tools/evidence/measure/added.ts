import type { UnitResult } from '../replay/unit';
import { quantile } from '../../foundation/statistics/quantile';

/** What a detector adds to the others that read no source besides its own: what a team with these sources would lose without it. */
export interface Added {
  /** Campaigns that none of them caught. */
  alone: number;
  /** Campaigns that it caught before each of them. */
  first: number;
  /** By how much, median; null where it never was. */
  secondsEarlier: number | null;
}

/** What each rule and query added, by its id; one that caught nothing is not there. */
export function addedBy(units: UnitResult[]): Map<string, Added> {
  const found = new Map<string, { alone: number; gains: number[] }>();
  for (const { detectors } of units) {
    const caught = new Map<number, Alert[]>();
    for (const { detector, judgement } of detectors) {
      if (detector.kind === 'baseline') continue;
      for (const { occurrence, outcome, seconds } of judgement.campaigns)
        if (outcome === 'caught')
          caught.set(occurrence, [...(caught.get(occurrence) ?? []), { ...detector, seconds: seconds! }]);
    }
    for (const alerts of caught.values())
      for (const alert of alerts) {
        const known = found.get(alert.id) ?? { alone: 0, gains: [] };
        found.set(alert.id, known);
        const rivals = alerts.filter((other) => other !== alert && isWithin(other, alert));
        const gain = Math.min(...rivals.map(({ seconds }) => seconds)) - alert.seconds;
        if (rivals.length === 0) known.alone++;
        else if (gain > 0) known.gains.push(Math.round(gain));
      }
  }
  return new Map(
    [...found].map(([id, { alone, gains }]) => [
      id,
      { alone, first: gains.length, secondsEarlier: quantile(gains, 0.5) },
    ]),
  );
}

interface Alert {
  id: string;
  sources: string[];
  seconds: number;
}

function isWithin({ sources }: Alert, other: Alert): boolean {
  return sources.every((source) => other.sources.includes(source));
}
