import type { DetectorFacts } from './detector';
import type { AlertSpan } from './spans';

/** An incident stays open until its asset has had no alert for so long, and signs agree that are no further apart. Ours: a day's shifts see one thing. */
export const HOLD_MS = 86_400_000;

/** A span of alerts with what its detector says of itself. */
export interface Sign {
  detector: Pick<DetectorFacts, 'level' | 'shows'>;
  span: AlertSpan;
}

/** Whether a level is one on which an analyst acts at once. */
function isHigh(level: string): boolean {
  return level === 'high' || level === 'critical';
}

/** Whether a level is one that an analyst looks at: what is below medium is evidence in an incident, and opens none. */
export function isSeen(level: string): boolean {
  return level === 'medium' || isHigh(level);
}

/** Alerts of one asset that belong together. */
export interface Incident<One extends Sign = Sign> {
  /** When its first alert is visible and its last ends (epoch ms). */
  from: number;
  to: number;
  alerts: number;
  /** What it is made of, in the order of time. */
  signs: One[];
  /** The sign with whose first alert it became high; null where it did not. */
  high: One | null;
}

/**
 * The incidents that the signs of one asset make, in the order of time. One is high from the first alert at level high on, or from when
 * two kinds of sign agree: what was asked for and what became of it are hardly ever wrong together. `incidents/incident.yml` says the same in Sigma.
 */
export function incidentsOf<One extends Sign>(signs: readonly One[]): Incident<One>[] {
  const incidents: Incident<One>[] = [];
  // Kind of sign → when its last alert so far ends.
  const last = new Map<string, number>();
  for (const sign of [...signs].sort((a, b) => a.span.from - b.span.from)) {
    const { from, to, alerts } = sign.span;
    let incident = incidents.at(-1);
    if (incident && from - incident.to > HOLD_MS) incident = undefined;
    if (isSeen(sign.detector.level)) {
      if (!incident) incidents.push((incident = { from, to, alerts: 0, signs: [], high: null }));
      for (const kind of sign.detector.shows) last.set(kind, Math.max(to, last.get(kind) ?? to));
      const agreeing = [...last.values()].filter((end) => from - end <= HOLD_MS).length;
      if (isHigh(sign.detector.level) || agreeing > 1) incident.high ??= sign;
      incident.to = Math.max(incident.to, to);
    }
    if (!incident) continue;
    incident.alerts += alerts;
    incident.signs.push(sign);
  }
  return incidents;
}
