import type { Case, CaseEvent } from '../../evidence/replay/case-events';
import { settingFor, type EventChoice, type Kind } from './variants';

/** The name of the one base record of made cases. */
export const BASE = 'event';

/** Some events of a case: how many, from when on and how far apart (ms), and by what they differ. */
export interface Some {
  times?: number;
  at: number;
  every?: number;
  choice?: EventChoice;
}

/** A case of these events; null where the source's records can't differ as it asks. */
export function caseOf(kind: Kind, name: string, is: Case['kind'], alerts: number, some: Some[]): Case | null {
  const events: CaseEvent[] = [];
  for (const { times = 1, at, every, choice = {} } of some) {
    const set = settingFor(kind, choice);
    if (set === null) return null;
    const repeated = times > 1 ? { times, every: duration(every ?? 1000) } : {};
    const settings = Object.keys(set).length > 0 ? { set: times > 1 ? set : once(set) } : {};
    events.push({ use: BASE, at: duration(at), ...repeated, ...settings });
  }
  return { name, kind: is, alerts, events };
}

/** Of a single event the number of its repetition is 0. */
function once(set: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(set).replaceAll(/\{n(?::0(\d))?\}/g, (_, width?: string) =>
    '0'.padStart(Number(width ?? 1), '0'),
  );
  return JSON.parse(text) as Record<string, unknown>;
}

/** Milliseconds in the largest unit of which they are a whole number; as a fraction of seconds where they have more digits than a case may. */
export function duration(ms: number): string {
  if (ms === 0) return '0s';
  const [unit, size] = Object.entries(UNITS).find(([, one]) => ms % one === 0) ?? (ms < 1e9 ? ['ms', 1] : ['s', 1000]);
  return `${ms / size}${unit}`;
}

const UNITS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };
